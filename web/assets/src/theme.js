// Runs before the first paint, so that a chosen theme never flashes. Kept apart from app.js because it must block.
document.documentElement.classList.add('scripted');
try {
  const theme = localStorage.getItem('leat.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch { /* Storage is forbidden: the system's preference holds. */ }
