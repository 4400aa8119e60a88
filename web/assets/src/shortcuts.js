import { element, isTyping } from './dom.js';

const PAUSE_MILLIS = 1200;
const OFF = 'leat.shortcuts';

/**
 * Keyboard shortcuts: data-shortcut="g m" on a link or button presses it; "/" goes to [data-search]; "?" lists them all
 * and can switch them off, for people whose speech software types single letters.
 */
export function shortcuts() {
  let typed = '';
  let timer;
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (off() || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    clearTimeout(timer);
    timer = setTimeout(() => { typed = ''; }, PAUSE_MILLIS);
    typed = `${typed} ${event.key}`.trim();
    const keys = typed;
    const search = document.querySelector('[data-search]');
    if (event.key === '?') list();
    else if (event.key === '/' && search) search.focus();
    else {
      const all = [...document.querySelectorAll('[data-shortcut]')];
      const hit = all.find(each => each.dataset.shortcut === keys) ?? all.find(each => each.dataset.shortcut === event.key);
      if (!hit) {
        if (!all.some(each => each.dataset.shortcut.startsWith(`${keys} `))) typed = '';
        return;
      }
      hit.click();
    }
    typed = '';
    event.preventDefault();
  });
  document.addEventListener('click', event => {
    if (event.target.closest('[data-shortcuts]')) list();
  });
}

function list() {
  const rows = new Map([['/', 'Search'], ['?', 'This list']]);
  if (!document.querySelector('[data-search]')) rows.delete('/');
  for (const each of document.querySelectorAll('[data-shortcut]'))
    rows.set(each.dataset.shortcut, each.dataset.shortcutLabel ?? each.getAttribute('aria-label') ?? each.textContent.trim());
  const toggle = element('input', { type: 'checkbox', role: 'switch' });
  toggle.checked = !off();
  toggle.addEventListener('change', () => {
    try {
      if (toggle.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, 'off');
    } catch { /* They stay as they are. */ }
  });
  const lines = [...rows].map(([keys, label]) => element('li', {}, label,
    element('span', { class: 'keys' }, ...keys.split(' ').map(key => element('kbd', {}, key)))));
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'shortcuts-title' },
    element('div', { class: 'dialog-head' }, element('h2', { id: 'shortcuts-title' }, 'Keyboard shortcuts'),
      element('button', { type: 'button', class: 'button button-quiet button-icon', 'data-close': '', 'aria-label': 'Close' }, '✕')),
    element('div', { class: 'dialog-body' }, element('ul', { class: 'shortcut-list' }, ...lines),
      element('label', { class: 'check switch' }, toggle, 'Use keyboard shortcuts')));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

function off() {
  try {
    return localStorage.getItem(OFF) === 'off';
  } catch {
    return false;
  }
}
