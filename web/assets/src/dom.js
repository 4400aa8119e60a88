/** Builds an element; children are nodes or text, never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}

/** True where typing is writing, so that letters are no shortcuts. */
export function isTyping(target) {
  return target.isContentEditable || target.closest?.('input, textarea, select, [contenteditable], leat-editor') !== null;
}
