import htmx from 'htmx.org/dist/htmx.min.js';
import { swap } from './swapping.js';
import { events } from './events.js';

const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 30000;
const HIDDEN_MILLIS = 60000;
const MAX_LINES = 500;
const WORDS = { connecting: 'Connecting…', live: 'Connected', reconnecting: 'Reconnecting…', stopped: 'Not connected', ended: 'Ended' };

/**
 * <leat-live src="/…/events">: follows a stream of server-sent events whose data is HTML. An event named "state" goes to
 * every [data-live="state"] inside; data-live-swap says how: morph (default), append, prepend, replace. Appended lists keep
 * data-live-limit children (500) and stay at their end while the reader is there. The event "end" closes for good.
 *
 * The stream is read with fetch and not with EventSource, which keeps its last id to itself: a lost connection resumes with
 * Last-Event-ID after a growing, jittered wait even where EventSource would give up (any 5xx), and a page that nobody sees
 * lets go of its connection until it is looked at again. [data-live-state] inside says honestly how things stand.
 */
class Live extends HTMLElement {
  #stop;
  #lastId = '';
  #tries = 0;
  #timer;
  #hidden;

  connectedCallback() {
    document.addEventListener('visibilitychange', this.#seen);
    this.#connect();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#hidden);
    this.#leave();
  }

  #seen = () => {
    clearTimeout(this.#hidden);
    if (document.hidden) this.#hidden = setTimeout(() => this.#leave(), HIDDEN_MILLIS);
    else if (!this.#stop && !['ended', 'stopped'].includes(this.dataset.state)) this.#connect();
  };

  #leave() {
    clearTimeout(this.#timer);
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #connect() {
    this.#leave();
    const stop = this.#stop = new AbortController();
    this.#show(this.#tries ? 'reconnecting' : 'connecting');
    try {
      const headers = { Accept: 'text/event-stream', ...(this.#lastId && { 'Last-Event-ID': this.#lastId }) };
      const response = await fetch(this.getAttribute('src'), { headers, signal: stop.signal, cache: 'no-store' });
      if (response.status === 204) return this.#show('ended');
      if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) return this.#show('stopped');
      if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) throw new Error(`answered ${response.status}`);
      this.#show('live');
      for await (const event of events(response.body)) {
        this.#tries = 0;
        if (event.id !== undefined) this.#lastId = event.id;
        if (event.name === 'end') {
          this.#leave();
          return this.#show('ended');
        }
        this.#take(event);
      }
    } catch {
      if (stop.signal.aborted) return;
    }
    if (this.#stop !== stop) return;
    this.#stop = undefined;
    const wait = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** this.#tries++) * (.5 + Math.random() / 2);
    this.#show('reconnecting');
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #take({ name, data }) {
    for (const target of this.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)) {
      const style = target.dataset.liveSwap ?? 'morph';
      const atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 40;
      swap(target, data, style);
      const limit = Number(target.dataset.liveLimit ?? MAX_LINES);
      if (style === 'append') {
        while (target.children.length > limit) target.firstElementChild.remove();
        if (atEnd) target.scrollTop = target.scrollHeight;
      } else if (style === 'prepend') {
        while (target.children.length > limit) target.lastElementChild.remove();
      }
      htmx.process(target);
      target.dispatchEvent(new CustomEvent('leat:swapped', { bubbles: true }));
    }
    this.dispatchEvent(new CustomEvent('leat:event', { detail: { name, data } }));
  }

  #show(state) {
    if (this.dataset.state === state) return;
    this.dataset.state = state;
    for (const each of this.querySelectorAll('[data-live-state]')) {
      each.dataset.state = state;
      each.textContent = WORDS[state];
    }
  }
}

export function live() {
  customElements.define('leat-live', Live);
}
