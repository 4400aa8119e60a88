/**
 * What this browser keeps of texts that the server does not have yet, as {fields, version?, base?} under the names of a
 * person and a note, or of a person, "new" and an organization.
 */
const PREFIX = 'leat.note.';

export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Throws when this browser keeps nothing for this site, or no more. */
export function keep(name, text) {
  localStorage.setItem(PREFIX + name, JSON.stringify(text));
}

export function discard(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch { /* Then there was none. */ }
}

export function namesOf(person) {
  try {
    const all = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i));
    return all.filter(key => key.startsWith(`${PREFIX}${person}.`)).map(key => key.slice(PREFIX.length)).sort();
  } catch {
    return [];
  }
}

/**
 * Makes text that cannot be saved any more the text of a new note, behind whatever is kept of one. Its title is another:
 * two notes of a day do not share one.
 */
export function keepAsNew(name, { title, body, tags, status, due, start, end, url, color }) {
  const older = kept(name)?.fields.body;
  const text = older ? `${older}\n\n${body}` : body;
  keep(name, { fields: { title: `${[...title].slice(0, 240).join('')} (kept)`, body: text, tags, status, due, start, end, url, color } });
}
