import { element } from './dom.js';

/**
 * Dialogs: data-dialog="id" opens <dialog id>, data-close closes the one it stands in. data-confirm="Question?" on a form,
 * a submit button or any button asks first; data-confirm-detail says what will be lost, data-confirm-action names the
 * deed, data-confirm-phrase must be typed. Without scripts the
 * server asks, by the form's _ask fields; an answer given here takes them out.
 */
export function dialogs() {
  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    const closer = event.target.closest('[data-close]');
    if (closer) closer.closest('dialog')?.close();
    if (event.target.matches?.('dialog[open]') && outside(event)) event.target.close();
  });

  const agreed = new WeakSet();
  document.addEventListener('submit', event => {
    const asks = [event.submitter, event.target].find(each => each?.dataset.confirm);
    if (!asks || agreed.delete(asks)) return;
    hold(event);
    ask(asks).then(yes => {
      if (!yes) return;
      agreed.add(asks);
      for (const field of event.target.querySelectorAll('[name^="_ask"]')) field.remove();
      event.target.requestSubmit(event.submitter ?? undefined);
    });
  }, true);
  document.addEventListener('click', event => {
    const asks = event.target.closest('[data-confirm]:not(form)');
    if (!asks || (asks.form && asks.type === 'submit') || agreed.delete(asks)) return;
    hold(event);
    ask(asks).then(yes => {
      if (!yes) return;
      agreed.add(asks);
      asks.click();
    });
  }, true);
}

function hold(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function ask({ dataset }) {
  return new Promise(resolve => {
    const phrase = dataset.confirmPhrase;
    const go = element('button', { type: 'submit', value: 'yes', class: 'button button-danger-solid' }, dataset.confirmAction ?? 'Continue');
    const typed = element('input', { class: 'input', 'aria-label': `Type ${phrase} to confirm`, autocomplete: 'off', autofocus: '' });
    const body = element('div', { class: 'dialog-body' }, element('p', {}, dataset.confirmDetail ?? 'This cannot be undone.'));
    if (phrase) {
      go.disabled = true;
      typed.addEventListener('input', () => { go.disabled = typed.value !== phrase; });
      body.append(element('p', {}, 'Type ', element('code', {}, phrase), ' to confirm.'), typed);
    }
    const stay = element('button', { type: 'submit', value: 'no', class: 'button' }, 'Cancel');
    stay.formNoValidate = true;
    const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'confirm-title' },
      element('form', { method: 'dialog' },
        element('div', { class: 'dialog-head' }, element('h2', { id: 'confirm-title' }, dataset.confirm)), body,
        element('div', { class: 'dialog-foot' }, stay, go)));
    document.body.append(dialog);
    dialog.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.target !== typed) return;
      event.preventDefault();
      if (!go.disabled) go.click();
    });
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      dialog.remove();
    });
    dialog.showModal();
    if (!phrase) stay.focus();
  });
}

function outside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
