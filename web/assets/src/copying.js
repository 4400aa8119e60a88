import { element } from './dom.js';
import { toast } from './toasts.js';

/** Copy buttons: data-copy="text", or data-copy-from="#id" for the text of an element. */
export function copying() {
  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy], [data-copy-from]');
    if (!button) return;
    const text = button.dataset.copy ?? document.querySelector(button.dataset.copyFrom)?.textContent ?? '';
    if (!await copy(text)) {
      toast('The browser does not allow copying here. Select the text and copy it by hand.', 'warn');
      return;
    }
    button.dataset.copied = '';
    toast('Copied.', 'good');
    setTimeout(() => delete button.dataset.copied, 1500);
  });
}

/** The clipboard needs a secure context; a plain-HTTP installation in a house network gets the old way. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const field = element('textarea', { class: 'visually-hidden', readonly: '' });
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
