// Runs before the first paint, so that a chosen theme never flashes. Kept apart from app.js because it must block.
document.documentElement.classList.add('scripted');
try {
  const theme = localStorage.getItem('leat.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch { /* Storage is forbidden: the system's preference holds. */ }

// The server shows days and times of forms and calendars in the zone that it finds here.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `leat-zone=${zone}; Path=/; Max-Age=31536000; SameSite=Lax`;
