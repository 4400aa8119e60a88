import { EditorView, basicSetup } from 'codemirror';
import { indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, Language, LanguageSupport, defineLanguageFacet, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { GFM, parser } from '@lezer/markdown';
import { csrfToken, element } from './dom.js';

const QUIET_MILLIS = 300;
const MAX_FILE_BYTES = 1024 * 1024;
const SEVERITIES = { error: 'red', warning: 'amber', info: 'blue', hint: 'grey' };

// The ready-made Markdown mode brings HTML, CSS and JavaScript along; the parser alone is a sixth of it.
const markdown = () => new LanguageSupport(new Language(defineLanguageFacet({}), parser.configure(GFM), [], 'markdown'));
const LANGUAGES = { json, yaml, markdown };

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: 'var(--t-small)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', minHeight: 'var(--editor-height, 20rem)', maxHeight: 'var(--editor-max, 70vh)' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '.5rem 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-faint)', border: 'none', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--ink)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: 'var(--radius)', boxShadow: 'var(--shadow-raised)', fontFamily: 'var(--sans)' },
  '.cm-diagnostic': { padding: '.5rem .75rem', whiteSpace: 'pre-line', maxWidth: '28rem' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--red)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--amber)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--blue)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--red) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--amber) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--blue) 1px', textUnderlineOffset: '3px' },
  '.cm-gutter-lint': { width: '1.1em' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 .2em', display: 'grid', placeItems: 'center' },
  '.cm-lint-marker': { content: 'normal', width: '.6em', height: '.6em', borderRadius: '50%', backgroundColor: 'var(--blue)' },
  '.cm-lint-marker-error': { content: 'normal', backgroundColor: 'var(--red)' },
  '.cm-lint-marker-warning': { content: 'normal', backgroundColor: 'var(--amber)', borderRadius: '1px', rotate: '45deg' },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--ink-faint)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--line-strong)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--amber-soft)' },
  '.cm-searchMatch': { backgroundColor: 'var(--amber-soft)', outline: '1px solid var(--amber)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--grey-soft)', color: 'var(--grey)', border: 'none', padding: '0 .4em' },
  '.cm-button, .cm-textfield': { backgroundImage: 'none', backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line-strong)', borderRadius: 'var(--radius-s)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--accent-strong)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--green)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--violet)' },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: 'var(--blue)' },
  { tag: [tags.comment, tags.meta], color: 'var(--ink-faint)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket, tags.processingInstruction], color: 'var(--ink-muted)' },
  { tag: tags.heading, color: 'var(--ink)', fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.link, tags.url], color: 'var(--accent)', textDecoration: 'underline' },
  { tag: tags.monospace, color: 'var(--amber)' },
  { tag: tags.invalid, color: 'var(--red)' },
]);

/**
 * <leat-editor language="yaml|json|markdown" diagnostics-url="…" diagnostics-list="id"> around a <textarea>: the textarea
 * is what the form sends, with or without this script.
 *
 * diagnostics-url takes the text as POST text/plain, 300 ms after the last key, and answers
 * [{severity, code, message, advice, line, column, endLine, endColumn}], counted from 1, the end exclusive; the first ones
 * may stand in a <script type="application/json"> child. diagnostics-list names the <ul> that shows them. Any
 * [data-goto-line] button with data-editor="id" (or none) moves here. Ctrl/Cmd-S sends the form; Tab indents, Escape then
 * Tab leaves. A text file up to 1 MiB dropped here replaces the text (undo brings it back).
 *
 * The editor lives in a shadow root, where its styles are adopted sheets: in the document itself they would be <style>
 * elements, which style-src 'self' forbids.
 */
class Editor extends HTMLElement {
  #view;
  #field;
  #timer;
  #request;

  connectedCallback() {
    if (this.#view) return;
    this.#field = this.querySelector('textarea');
    if (!this.#field) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.replaceChildren(document.createElement('slot'));
    const language = LANGUAGES[this.getAttribute('language')];
    const described = this.#field.getAttribute('aria-describedby');
    const label = this.#field.labels?.[0]?.textContent.trim() ?? this.#field.getAttribute('aria-label') ?? 'Text';
    const hints = (described?.split(' ') ?? []).map(id => document.getElementById(id)?.textContent.trim()).filter(Boolean);
    const readOnly = this.#field.readOnly;
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: this.#field.value,
        extensions: [
          Prec.highest(keymap.of([{ key: 'Mod-s', preventDefault: true, run: () => this.#send() }])),
          basicSetup,
          keymap.of([indentWithTab]),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          EditorState.readOnly.of(readOnly),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': [label, ...hints, readOnly ? '' : 'Escape then Tab leaves the editor.'].join(' ').trim(),
            ...(this.#field.getAttribute('aria-invalid') && { 'aria-invalid': 'true' }),
          }),
          ...(language ? [language()] : []),
          ...(this.getAttribute('diagnostics-url') || this.querySelector('script') ? [lintGutter()] : []),
          look,
          syntaxHighlighting(colours),
          EditorView.updateListener.of(update => { if (update.docChanged) this.#changed(); }),
          EditorView.domEventHandlers({ drop: event => this.#drop(event) }),
        ],
      }),
    });
    this.dataset.ready = '';
    for (const each of this.#field.labels ?? []) each.addEventListener('click', () => this.#view.focus());
    this.#field.form?.addEventListener('reset', () => requestAnimationFrame(() => this.value = this.#field.value));
    document.addEventListener('click', this.#goto);
    this.addEventListener('dragover', event => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      this.dataset.dropping = '';
    });
    for (const name of ['dragleave', 'drop']) this.addEventListener(name, () => delete this.dataset.dropping);
    const first = this.querySelector('script[type="application/json"]');
    if (first) this.#show(JSON.parse(first.textContent));
    else if (this.#field.value) this.#check();
  }

  disconnectedCallback() {
    document.removeEventListener('click', this.#goto);
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#view?.destroy();
    this.#view = undefined;
    delete this.dataset.ready;
  }

  get value() {
    return this.#view?.state.doc.toString() ?? this.querySelector('textarea')?.value ?? '';
  }

  set value(text) {
    // Only what differs is replaced, so that the cursor stays in its words.
    const old = this.value;
    const shorter = Math.min(old.length, text.length);
    let start = 0;
    while (start < shorter && old[start] === text[start]) start++;
    let end = 0;
    while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
    this.#view?.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) } });
  }

  /** Writes at the cursor, in the place of what is selected. */
  insert(text) {
    this.#view?.dispatch(this.#view.state.replaceSelection(text), { scrollIntoView: true });
  }

  #changed() {
    this.#field.value = this.value;
    this.#field.dispatchEvent(new Event('input', { bubbles: true }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), QUIET_MILLIS);
  }

  async #check() {
    const url = this.getAttribute('diagnostics-url');
    if (!url) return;
    this.#request?.abort();
    const request = this.#request = new AbortController();
    try {
      const headers = { 'Content-Type': 'text/plain;charset=utf-8', Accept: 'application/json', 'X-CSRF-Token': csrfToken() };
      const response = await fetch(url, { method: 'POST', headers, body: this.value, signal: request.signal });
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const found = await response.json();
      if (!request.signal.aborted) this.#show(found);
    } catch {
      if (!request.signal.aborted) this.dispatchEvent(new CustomEvent('leat:unchecked', { bubbles: true }));
    }
  }

  #show(found) {
    if (!this.#view) return;
    const { doc } = this.#view.state;
    const at = (line, column) => {
      const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return Math.min(row.from + Math.max((column ?? 1) - 1, 0), row.to);
    };
    const marks = found.map(each => {
      const from = at(each.line ?? 1, each.column);
      const end = each.endLine ? at(each.endLine, each.endColumn) : doc.lineAt(from).to;
      return {
        from,
        to: Math.max(from, end),
        severity: each.severity in SEVERITIES ? each.severity : 'info',
        message: [each.message, each.advice].filter(Boolean).join('\n'),
      };
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
    this.#list(found);
    this.dispatchEvent(new CustomEvent('leat:diagnostics', { bubbles: true, detail: found }));
  }

  #list(found) {
    const list = document.getElementById(this.getAttribute('diagnostics-list') ?? '');
    if (!list) return;
    list.replaceChildren(...found.map(each => {
      const button = element('button', { type: 'button', class: `diagnostic tone-${SEVERITIES[each.severity] ?? 'blue'}`, 'data-goto-line': each.line ?? 1, 'data-goto-column': each.column ?? 1 },
        element('span', { class: 'pill' }, each.severity ?? 'info'), element('span', {}, each.message),
        element('span', { class: 'diagnostic-place' }, `${each.line ?? 1}:${each.column ?? 1}`));
      if (each.advice) button.append(element('span', { class: 'diagnostic-advice' }, each.advice));
      if (this.id) button.dataset.editor = this.id;
      return element('li', {}, button);
    }));
  }

  #goto = event => {
    const link = event.target.closest?.('[data-goto-line]');
    if (!link || (link.dataset.editor && link.dataset.editor !== this.id)) return;
    const { doc } = this.#view.state;
    const row = doc.line(Math.min(Math.max(Number(link.dataset.gotoLine) || 1, 1), doc.lines));
    const anchor = Math.min(row.from + Math.max((Number(link.dataset.gotoColumn) || 1) - 1, 0), row.to);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
    this.scrollIntoView({ block: 'nearest' });
  };

  #send() {
    this.#field.form?.requestSubmit();
    return true;
  }

  #drop(event) {
    const file = event.dataTransfer?.files[0];
    if (!file || this.#field.readOnly) return false;
    event.preventDefault();
    const toast = (text, tone) => this.dispatchEvent(new CustomEvent('toast', { bubbles: true, detail: { text, tone } }));
    if (file.size > MAX_FILE_BYTES) {
      toast(`${file.name} is larger than 1 MiB.`, 'bad');
      return true;
    }
    file.text().then(text => {
      if (text.includes('\0')) toast(`${file.name} is not a text file.`, 'bad');
      else {
        this.value = text;
        toast(`The text is now that of ${file.name}. Undo brings the old one back.`, 'info');
      }
    }, () => toast(`${file.name} cannot be read.`, 'bad'));
    return true;
  }
}

customElements.define('leat-editor', Editor);
