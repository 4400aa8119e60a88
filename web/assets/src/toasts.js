import { element } from './dom.js';

const TONES = { good: 'green', bad: 'red', warn: 'amber', info: 'accent' };
const LASTS_MILLIS = 6000;
const AT_ONCE = 4;

/** Shows a short message; bad news stays until it is closed, and a pointer or focus holds the rest. */
export function toast(text, tone = 'good') {
  const shelf = document.getElementById('toasts');
  if (!shelf) return;
  const close = element('button', { type: 'button', class: 'button button-quiet button-icon button-small', 'aria-label': 'Close' }, '✕');
  const made = element('div', { class: `toast tone-${TONES[tone] ?? 'accent'}` }, element('p', { class: 'toast-text' }, text), close);
  if (tone === 'bad') made.setAttribute('role', 'alert');
  close.addEventListener('click', () => made.remove());
  while (shelf.children.length >= AT_ONCE) shelf.firstElementChild.remove();
  shelf.append(made);
  if (tone === 'bad') return;
  let timer;
  const start = () => { timer = setTimeout(() => made.remove(), LASTS_MILLIS); };
  const hold = () => clearTimeout(timer);
  for (const name of ['pointerenter', 'focusin']) made.addEventListener(name, hold);
  for (const name of ['pointerleave', 'focusout']) made.addEventListener(name, start);
  start();
}

/** Toasts from the response header HX-Trigger: {"toast": {"text": "…", "tone": "good|bad|warn|info"}}, and from failed requests. */
export function toasts() {
  document.addEventListener('toast', event => toast(event.detail.text ?? event.detail.value ?? '', event.detail.tone));
  document.addEventListener('htmx:sendError', () => toast('The server cannot be reached. Check the connection and try again.', 'bad'));
  document.addEventListener('htmx:timeout', () => toast('The server took too long to answer. Try again.', 'bad'));
  document.addEventListener('htmx:responseError', event => toast(sentence(event.detail.xhr), 'bad'));
}

function sentence(response) {
  try {
    const problem = JSON.parse(response.responseText);
    const said = problem.detail ?? problem.title;
    if (said) return said;
  } catch { /* Not problem+json. */ }
  if (response.status === 401) return 'You are signed out. Reload the page to sign in again.';
  const id = response.getResponseHeader('X-Request-Id');
  return `That did not work (${response.status}). Try again${id ? `; if it fails again, report request ${id}` : ''}.`;
}
