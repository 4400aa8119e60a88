import { csrfToken } from './dom.js';
import { discard, keep, keepAsNew, kept, namesOf } from './drafts.js';

const QUIET_MILLIS = 1500;
const LONGEST_MILLIS = 10000;
const FIRST_RETRY_MILLIS = 1000;
const LONGEST_RETRY_MILLIS = 30000;
const WORDS = {
  saved: 'Saved',
  typing: 'Not saved yet',
  saving: 'Saving…',
  offline: 'No connection. What you write is kept in this browser and saved when there is one.',
  waiting: 'The server is busy. It is tried again.',
  taken: 'This note is not yours to write any more. Your text is still here: copy it.',
  keepable: 'This note is not yours to write any more. Your text is still here: copy it, or keep it as a note of your own.',
  conflict: 'Somebody else changed the same lines. Both texts are here: keep what you want and take out the lines of signs.',
};
const CONFLICT = /^(<{7} .*|={7}|>{7} .*)$/m;

/**
 * <leat-draft version="7" key="…"> around the form of a note: saves it a moment after the last key, ten seconds after the
 * first at the latest, and never twice at a time.
 *
 * What is sent carries the version and the text that it was made from. The server answers with the note as it then stands;
 * when somebody else wrote meanwhile, their lines are in it, and here too. What both changed comes back as 409 with both
 * texts, and is not saved until a person has chosen. Each key is remembered in this browser until the server has it, so
 * nothing is lost with a connection or a tab. Inside <leat-live>, the event "version" brings what others write.
 *
 * When the note is no longer the writer's, the button data-draft-keep takes their text along to a new note: data-keep-at is
 * the address of that page, and data-keep-as the key of its form.
 *
 * A form without a version is of a note that is not there yet: it is only remembered.
 */
class Draft extends HTMLElement {
  #form;
  #version;
  #synced;
  #quiet;
  #latest;
  #retry;
  #tries = 0;
  #running;

  connectedCallback() {
    this.#form = this.querySelector('form');
    this.#version = this.getAttribute('version');
    this.#synced = this.#fields();
    this.#remind();
    this.#form.addEventListener('input', this.#typed);
    this.#form.addEventListener('submit', this.#submitted);
    addEventListener('online', this.#now);
    document.addEventListener('visibilitychange', this.#hidden);
    this.closest('leat-live')?.addEventListener('leat:event', this.#heard);
    this.querySelector('[data-draft-keep]')?.addEventListener('click', this.#keep);
  }

  disconnectedCallback() {
    for (const timer of [this.#quiet, this.#latest, this.#retry]) clearTimeout(timer);
    removeEventListener('online', this.#now);
    document.removeEventListener('visibilitychange', this.#hidden);
    this.closest('leat-live')?.removeEventListener('leat:event', this.#heard);
  }

  #fields() {
    const fields = Object.fromEntries(new FormData(this.#form));
    delete fields._csrf;
    delete fields.version;
    fields.body = (fields.body ?? '').replaceAll('\r\n', '\n');
    return fields;
  }

  #set(name, value) {
    const field = this.#form.elements[name];
    if (!field || field.value === value) return;
    const editor = field.closest?.('leat-editor');
    if (editor && 'value' in editor) editor.value = value;
    field.value = value;
  }

  #typed = () => {
    const fields = this.#fields();
    this.#remember(fields);
    if (!this.#version || same(fields, this.#synced)) return;
    if (this.#undecided(fields)) return;
    this.#show('typing');
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(this.#now, QUIET_MILLIS);
    this.#latest ??= setTimeout(this.#now, LONGEST_MILLIS);
  };

  #now = () => {
    clearTimeout(this.#quiet);
    clearTimeout(this.#latest);
    this.#latest = undefined;
    if (this.#version && !this.#undecided(this.#fields())) this.#save();
  };

  #hidden = () => {
    if (document.hidden) this.#now();
  };

  #submitted = event => {
    if (!this.#version) return this.#forget();
    event.preventDefault();
    const leave = event.submitter?.hasAttribute('data-leave');
    if (this.#undecided(this.#fields())) return this.#show('conflict');
    this.#save().then(done => {
      if (done && leave) location.assign(this.#form.dataset.after ?? this.#form.action);
    });
  };

  #heard = event => {
    if (event.detail.name !== 'version' || Number(event.detail.data) <= Number(this.#version) || this.#running) return;
    if (same(this.#fields(), this.#synced)) this.#load();
    else this.#now();
  };

  async #load() {
    const before = this.#fields();
    try {
      const response = await fetch(this.#form.dataset.source, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (response.ok) this.#take(await response.json(), before);
    } catch { /* The stream will say it again. */ }
  }

  /** Whether lines that two wrote still stand side by side. */
  #undecided(fields) {
    return this.dataset.state === 'conflict' && CONFLICT.test(fields.body);
  }

  /** True when all that is in the form is saved. */
  async #save() {
    while (this.#running) await this.#running;
    this.#running = this.#send();
    try {
      return await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  async #send() {
    clearTimeout(this.#retry);
    const sent = this.#fields();
    if (same(sent, this.#synced)) {
      this.#forget();
      return this.#show('saved');
    }
    this.#show('saving');
    try {
      const body = new URLSearchParams({ ...sent, version: this.#version, base: this.#synced.body });
      const headers = { Accept: 'application/json', 'X-CSRF-Token': csrfToken() };
      const response = await fetch(this.#form.action, { method: 'POST', headers, body });
      const answer = await response.json().catch(() => ({}));
      this.#tries = 0;
      if (response.ok) return this.#take(answer, sent);
      if (response.status === 409 && answer.fields) return this.#choose(answer, sent);
      if (response.status === 404 || answer.code === 'forbidden') return this.#show('taken', this.querySelector('[data-draft-keep]') ? WORDS.keepable : WORDS.taken);
      if (response.status >= 500 || response.status === 429) return this.#later('waiting');
      return this.#show('refused', answer.violations?.map(each => each.message).join(' ') || answer.detail || `It was not saved (${response.status}).`);
    } catch {
      return this.#later('offline');
    }
  }

  /** The note as it stands; what was typed since it was sent stays, and is saved upon it. */
  #take(note, sent) {
    const now = this.#fields();
    this.#version = String(note.version);
    for (const [name, value] of Object.entries(note.fields)) {
      if (now[name] === sent[name]) {
        this.#set(name, value);
        this.#synced[name] = value;
      } else {
        this.#synced[name] = sent[name];
      }
    }
    this.dispatchEvent(new CustomEvent('input', { bubbles: true }));
    if (!same(this.#fields(), this.#synced)) {
      this.#typed();
      return false;
    }
    this.#forget();
    return this.#show('saved');
  }

  /** Both texts, for a person to choose from. */
  #choose(note, sent) {
    if (!same(this.#fields(), sent)) {
      this.#later('waiting');
      return false;
    }
    this.#version = String(note.version);
    this.#synced = { ...this.#synced, ...note.fields };
    this.#set('body', note.both);
    return this.#show('conflict', note.message);
  }

  #keep = () => {
    try {
      keepAsNew(this.dataset.keepAs, this.#fields());
    } catch {
      return this.#show('taken', 'This browser keeps nothing for this site. Select your text and copy it by hand.');
    }
    this.#forget();
    location.assign(this.dataset.keepAt);
  };

  #later(state) {
    const wait = Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** this.#tries++) * (.5 + Math.random() / 2);
    this.#retry = setTimeout(this.#now, wait);
    this.#show(state);
    return false;
  }

  #show(state, words = WORDS[state]) {
    this.dataset.state = state;
    for (const each of this.querySelectorAll('[data-draft-state]')) {
      each.dataset.state = state;
      each.textContent = words;
    }
    const keep = this.querySelector('[data-draft-keep]');
    if (keep) keep.hidden = state !== 'taken';
    return state === 'saved';
  }

  get #key() {
    return this.getAttribute('key');
  }

  #remember(fields) {
    try {
      keep(this.#key, { version: this.#version, base: this.#synced, fields });
    } catch { /* Full or forbidden: the server has all but the last second. */ }
  }

  #forget() {
    discard(this.#key);
  }

  /** Brings back what this browser could not save, unless the page shows a refused form, which is newer. */
  #remind() {
    const before = kept(this.#key);
    if (!before || this.#form.querySelector('[aria-invalid]')) return;
    requestAnimationFrame(() => {
      if (this.#version && before.version) {
        this.#version = before.version;
        this.#synced = { ...this.#synced, ...before.base };
      }
      for (const [name, value] of Object.entries(before.fields)) this.#set(name, value);
      if (this.#version) this.#now();
    });
  }
}

function same(one, other) {
  return Object.keys(one).every(name => one[name] === (other[name] ?? ''));
}

/**
 * <leat-kept of="a person"> shows what this browser keeps of their texts, a copy of its template in its list for each: a
 * link to go on writing, data-keep for a note that is theirs to write no more, and data-discard, which is pressed twice.
 */
class KeptTexts extends HTMLElement {
  connectedCallback() {
    const person = this.getAttribute('of');
    for (const name of namesOf(person)) {
      const note = name.slice(person.length + 1);
      const { title = '', body = '' } = kept(name)?.fields ?? {};
      if (!title.trim() && !body.trim()) continue;
      if (name === this.dataset.keepAs) this.#list(name, title, this.dataset.keepAt, 'A new note');
      else if (!note.startsWith('new.')) this.#list(name, title, `/notes/${note}/edit`, '');
    }
  }

  #list(name, title, address, words) {
    const copy = this.querySelector('template').content.cloneNode(true);
    const item = copy.querySelector('li');
    const link = item.querySelector('a');
    const about = item.querySelector('.muted');
    link.textContent = title.trim() || 'Without a title';
    link.href = address;
    about.textContent = words;
    const discarding = item.querySelector('[data-discard]');
    discarding.addEventListener('click', () => {
      if (discarding.dataset.asked === undefined) {
        discarding.dataset.asked = '';
        discarding.textContent = 'Discard it for good';
        return;
      }
      discard(name);
      item.remove();
      this.hidden = !this.querySelector('li');
    });
    this.querySelector('ul').append(copy);
    this.hidden = false;
    if (!words) this.#look(name, address, item, link, about);
  }

  /** Whether the note can still be written. */
  async #look(name, address, item, link, about) {
    const response = await fetch(address, { headers: { Accept: 'application/json' }, cache: 'no-store' }).catch(() => null);
    if (response?.status !== 404 && response?.status !== 403) return;
    link.removeAttribute('href');
    about.textContent = 'This note is not yours to write any more.';
    const keeping = item.querySelector('[data-keep]');
    if (!keeping) return;
    keeping.hidden = false;
    keeping.addEventListener('click', () => {
      try {
        keepAsNew(this.dataset.keepAs, kept(name).fields);
      } catch {
        about.textContent = 'This browser keeps nothing more for this site.';
        return;
      }
      discard(name);
      location.assign(this.dataset.keepAt);
    });
  }
}

/**
 * <leat-board>: [data-card] elements can be dragged between [data-column]s; dropping one sends its form [data-move] with
 * the column's status. The same forms have buttons for the keyboard, which stay focused while their card moves.
 */
class Board extends HTMLElement {
  connectedCallback() {
    this.addEventListener('dragstart', event => {
      const card = event.target.closest?.('[data-card]');
      if (!card) return;
      event.dataTransfer.setData('text/plain', card.id);
      event.dataTransfer.effectAllowed = 'move';
      card.dataset.dragging = '';
    });
    this.addEventListener('dragend', () => this.#clear());
    this.addEventListener('dragover', event => {
      const column = event.target.closest?.('[data-column]');
      if (!column || !this.querySelector('[data-dragging]')) return;
      event.preventDefault();
      for (const each of this.querySelectorAll('[data-over]')) if (each !== column) delete each.dataset.over;
      column.dataset.over = '';
    });
    this.addEventListener('drop', event => {
      const column = event.target.closest?.('[data-column]');
      const card = this.querySelector('[data-dragging]');
      this.#clear();
      if (!column || !card) return;
      event.preventDefault();
      if (!column.contains(card)) this.#move(card, column.dataset.column);
    });
    this.addEventListener('submit', event => {
      const card = event.target.closest('[data-card]');
      if (!card || !event.submitter?.value) return;
      event.preventDefault();
      this.#move(card, event.submitter.value, event.submitter.dataset.way);
    });
  }

  #clear() {
    for (const each of this.querySelectorAll('[data-over], [data-dragging]')) {
      delete each.dataset.over;
      delete each.dataset.dragging;
    }
  }

  async #move(card, status, way) {
    card.setAttribute('aria-busy', 'true');
    const form = card.querySelector('[data-move]');
    const headers = { Accept: 'text/html', 'HX-Request': 'true', 'X-CSRF-Token': csrfToken() };
    try {
      const response = await fetch(form.action, { method: 'POST', headers, body: new URLSearchParams({ _method: 'PUT', status }) });
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const fresh = document.createElement('template');
      fresh.innerHTML = await response.text();
      const columns = this.querySelector('[data-live="board"]');
      columns.replaceChildren(fresh.content);
      const moved = document.getElementById(card.id);
      (moved?.querySelector(`[data-way="${way}"]`) ?? moved?.querySelector('a'))?.focus();
    } catch {
      card.removeAttribute('aria-busy');
      this.dispatchEvent(new CustomEvent('toast', { bubbles: true, detail: { text: 'It was not moved. Check the connection and try again.', tone: 'bad' } }));
    }
  }
}

customElements.define('leat-draft', Draft);
customElements.define('leat-kept', KeptTexts);
customElements.define('leat-board', Board);
