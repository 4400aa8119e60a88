const UNITS = [['year', 31536000], ['month', 2592000], ['week', 604800], ['day', 86400], ['hour', 3600], ['minute', 60]];
const REFRESH_MILLIS = 30000;

/** <time datetime data-relative>: "3 minutes ago" in place of the date that the server wrote, the full local time as title. */
export function times() {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, { numeric: 'auto' });
  const full = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: 'long', timeStyle: 'medium' });
  const refresh = (within = document) => {
    for (const each of within.querySelectorAll('time[data-relative]')) {
      const at = Date.parse(each.dateTime);
      if (Number.isNaN(at)) continue;
      each.title = full.format(at);
      each.textContent = since((at - Date.now()) / 1000, words);
    }
  };
  refresh();
  setInterval(refresh, REFRESH_MILLIS);
  document.addEventListener('htmx:afterSettle', event => refresh(event.target));
  document.addEventListener('leat:swapped', event => refresh(event.target));
}

function since(seconds, words) {
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return Math.abs(seconds) < 5 ? words.format(0, 'second') : words.format(Math.round(seconds), 'second');
}
