// How a journey finds things: by what a reader sees, not by how the page is built.
window.hands = (() => {
  const words = element => (element?.innerText ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const isVisible = element => !!element && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getClientRects().length > 0;
  // With a dialog open, nothing else can be reached.
  const scope = () => [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const all = selector => [...scope().querySelectorAll(selector)].filter(isVisible);
  const label = element => [...(element?.labels ?? [])].map(each => {
    const copy = each.cloneNode(true);
    copy.querySelectorAll('.label-optional, input, select, .hint').forEach(part => part.remove());
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  })[0];

  return {
    name: element => element?.getAttribute('aria-label') ?? label(element) ?? words(element),
    visible: selector => all(selector)[0],
    shows: (text, selector = 'body') => [...document.querySelectorAll(selector)].some(each => isVisible(each) && words(each).includes(text)),
    button: text => all('button, a, summary, [role=button]').find(each => (each.getAttribute('aria-label') ?? words(each)) === text || words(each) === text),
    field: text => all('input, select, textarea').find(each => (each.getAttribute('aria-label') ?? label(each)) === text),
    choose: (field, text) => {
      const option = [...field.options].find(each => words(each) === text || each.textContent.trim() === text);
      if (!option) throw new Error(`no option ${text}`);
      field.value = option.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    // The middle of an element, once it is in view, at rest, and nothing lies over it.
    reach: element => {
      if (!isVisible(element) || element.disabled) return null;
      element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const box = element.getBoundingClientRect();
      const point = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      const hit = document.elementFromPoint(point.x, point.y);
      return hit && (element.contains(hit) || hit.contains(element) || [...(element.labels ?? [])].some(each => each.contains(hit))) ? point : null;
    },
  };
})();
