/** The theme switch: buttons with data-theme-choice = light, dark or system. theme.js applies the choice on the next page. */
export function themes() {
  document.addEventListener('click', event => {
    const choice = event.target.closest('[data-theme-choice]')?.dataset.themeChoice;
    if (!choice) return;
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    try {
      if (choice === 'system') localStorage.removeItem('leat.theme');
      else localStorage.setItem('leat.theme', choice);
    } catch { /* The choice lasts for this page. */ }
    show();
    document.dispatchEvent(new CustomEvent('leat:theme'));
  });
  show();
}

function show() {
  const now = document.documentElement.dataset.theme ?? 'system';
  for (const button of document.querySelectorAll('[data-theme-choice]'))
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === now));
}
