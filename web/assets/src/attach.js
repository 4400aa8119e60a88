import { csrfToken } from './dom.js';

/**
 * <leat-attach to="/notes/…/attachments"> around the editor of a note: files that are pasted, dropped or chosen by an
 * [data-attach] input are sent there, one after the other, and what the server answers is written where the cursor is. The
 * [data-attach-state] inside tells how far it is. Without `to` the note is not there yet, and says so.
 */
class Attach extends HTMLElement {
  #queue = Promise.resolve();
  #waiting = 0;

  connectedCallback() {
    // Capturing, so that the editor does not take a dropped text file for a new text.
    this.addEventListener('paste', event => this.#taken(event, event.clipboardData), true);
    this.addEventListener('drop', event => this.#taken(event, event.dataTransfer), true);
    this.addEventListener('change', event => {
      const input = event.target.closest?.('[data-attach]');
      if (!input) return;
      event.stopPropagation();
      this.#send([...input.files]);
      input.value = '';
    }, true);
  }

  #taken(event, data) {
    const files = [...(data?.files ?? [])];
    // What a word processor copies is text and a picture of it: the text is meant.
    if (!files.length || (event.type === 'paste' && data.types.includes('text/plain'))) return;
    event.preventDefault();
    event.stopPropagation();
    for (const editor of this.querySelectorAll('leat-editor')) delete editor.dataset.dropping;
    this.#send(files);
  }

  #send(files) {
    if (!this.getAttribute('to')) return this.#say('Create the note first; then files can be attached to it.', 'refused');
    this.#waiting += files.length;
    for (const file of files) this.#queue = this.#queue.then(() => this.#sent(file)).catch(() => {}).then(() => { this.#waiting--; });
  }

  async #sent(file) {
    try {
      const more = this.#waiting > 1 ? `, ${this.#waiting - 1} more waiting` : '';
      const answer = await this.#upload(file, part => this.#say(`Sending ${file.name}: ${Math.floor(part * 100)} %${more}`, 'sending'));
      for (const each of answer.items) this.#write(each.markdown);
      this.#say(`${answer.items.map(each => each.name).join(', ')} is attached.`, 'done');
    } catch (failure) {
      this.#say(`${file.name} was not attached. ${failure.message}`, 'refused');
    }
  }

  /** XMLHttpRequest, for fetch does not tell how much of a body has left. */
  #upload(file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', this.getAttribute('to'));
      request.setRequestHeader('Accept', 'application/json');
      request.setRequestHeader('X-CSRF-Token', csrfToken());
      request.responseType = 'json';
      request.upload.onprogress = event => { if (event.lengthComputable) progress(event.loaded / event.total); };
      request.onload = () => request.status === 200 ? resolve(request.response) : reject(new Error(request.response?.detail ?? `The server answered ${request.status}.`));
      request.onerror = () => reject(new Error('There is no connection.'));
      const form = new FormData();
      form.append('file', file, file.name || 'file');
      request.send(form);
    });
  }

  #write(markdown) {
    const editor = this.querySelector('leat-editor');
    if (editor?.insert) editor.insert(markdown);
    else {
      const field = this.querySelector('textarea');
      field?.setRangeText(markdown, field.selectionStart, field.selectionEnd, 'end');
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  #say(text, state) {
    for (const each of this.querySelectorAll('[data-attach-state]')) {
      each.dataset.state = state;
      each.textContent = text;
    }
  }
}

customElements.define('leat-attach', Attach);
