/** <details class="menu"> closes on Escape, on a click elsewhere and when another opens; without scripts it is a plain disclosure. */
export function menus() {
  const open = () => document.querySelectorAll('details.menu[open]');
  document.addEventListener('click', event => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', event => {
    const menu = event.target.closest?.('details.menu[open]');
    if (!menu) return;
    if (event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const items = [...menu.querySelectorAll('.menu-item')];
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const at = items.indexOf(document.activeElement);
    items.at((at + step) % items.length)?.focus();
    event.preventDefault();
  });
}
