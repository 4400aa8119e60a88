import htmx from 'htmx.org/dist/htmx.min.js';
import { csrfToken } from './dom.js';
import { copying } from './copying.js';
import { dialogs } from './dialogs.js';
import { live } from './live.js';
import { menus } from './menus.js';
import { morphing } from './swapping.js';
import { shortcuts } from './shortcuts.js';
import { themes } from './themes.js';
import { times } from './times.js';
import { toasts } from './toasts.js';

// No eval, no injected <style>, no scripts in fragments: the pages' Content-Security-Policy forbids all three.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  timeout: 30000,
  // A refused form comes back as 422 with its errors in place; every other failure becomes a toast.
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '...', swap: false, error: true },
  ],
});
htmx.defineExtension('morph', morphing);
document.addEventListener('htmx:configRequest', event => {
  event.detail.headers['X-CSRF-Token'] = csrfToken();
});

dialogs();
toasts();
themes();
menus();
copying();
shortcuts();
times();
live();
