import { Idiomorph } from 'idiomorph/dist/idiomorph.esm.js';

/** Puts server-made HTML into the page: morph keeps focus, selection and scroll where the content stays the same. */
export function swap(target, html, style) {
  if (style === 'morph') {
    Idiomorph.morph(target, html, { morphStyle: 'innerHTML', ignoreActiveValue: true });
    return;
  }
  const template = document.createElement('template');
  template.innerHTML = html;
  if (style === 'append') target.append(template.content);
  else if (style === 'prepend') target.prepend(template.content);
  else target.replaceChildren(template.content);
}

/** hx-swap="morph" (the element itself) and hx-swap="morph:inner" (its content). */
export const morphing = {
  isInlineSwap: style => style === 'morph',
  handleSwap(style, target, fragment) {
    if (style === 'morph') return Idiomorph.morph(target, fragment.children, { morphStyle: 'outerHTML', ignoreActiveValue: true });
    if (style === 'morph:inner') return Idiomorph.morph(target, fragment.children, { morphStyle: 'innerHTML', ignoreActiveValue: true });
    return undefined;
  },
};
