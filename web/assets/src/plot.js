import uPlot from 'uplot';
import base from 'uplot/dist/uPlot.min.css';

const TONES = ['accent', 'violet', 'amber', 'slate', 'red'];
const EXTRA = ':host{display:block}.uplot{font-family:var(--sans);color:var(--ink)}.u-legend{font-size:var(--t-small);color:var(--ink-muted)}.u-legend .u-value{font-variant-numeric:tabular-nums;color:var(--ink)}.u-select{background:color-mix(in srgb,var(--accent) 15%,transparent)}';

/**
 * <leat-plot src="/…json" height="180" label="Latency" unit="ms">: lines over time. The data, from src or from a
 * <script type="application/json"> child, is { "x": [epoch seconds], "series": [{ "label", "tone", "y": [number|null] }] }.
 * Other children are what readers without the script (or without eyes) get: a table. Drawn in a shadow root with adopted
 * styles, so that no <style> is needed.
 */
class Plot extends HTMLElement {
  #plot;
  #data;
  #watch;
  #ground;

  async connectedCallback() {
    this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(base + EXTRA);
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.#ground = document.createElement('div');
    this.shadowRoot.replaceChildren(this.#ground);
    this.setAttribute('role', 'img');
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'Chart');
    document.addEventListener('leat:theme', this.#draw);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.#draw);
    this.#watch = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
    this.#watch.observe(this);
    const src = this.getAttribute('src');
    try {
      this.#data = src
        ? await fetch(src, { headers: { Accept: 'application/json' } }).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status))
        : JSON.parse(this.querySelector('script[type="application/json"]').textContent);
      this.#draw();
    } catch {
      this.shadowRoot.replaceChildren(document.createElement('slot'));
    }
  }

  disconnectedCallback() {
    document.removeEventListener('leat:theme', this.#draw);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.#draw);
    this.#watch?.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #size() {
    return { width: Math.max(this.clientWidth, 120), height: Number(this.getAttribute('height') ?? 180) };
  }

  #draw = () => {
    if (!this.#data || !this.isConnected) return;
    this.#plot?.destroy();
    const colour = name => this.#colour(name);
    const unit = this.getAttribute('unit') ?? '';
    const say = value => value == null ? '–' : `${Number(value.toPrecision(4)).toLocaleString()}${unit && ` ${unit}`}`;
    const axis = { stroke: colour('ink-muted'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
    this.#plot = new uPlot({
      ...this.#size(),
      cursor: { points: { size: 7 } },
      legend: { live: true },
      axes: [{ ...axis, values: (_, ticks) => whens(ticks) }, { ...axis, size: 56, values: (_, ticks) => ticks.map(tick => tick.toLocaleString()) }],
      series: [{ value: (_, at) => at == null ? '–' : new Date(at * 1000).toLocaleTimeString() },
        ...this.#data.series.map((each, index) => ({ label: each.label, stroke: colour(each.tone ?? TONES[index % TONES.length]), width: 1.75, value: (_, value) => say(value), points: { show: false } }))],
    }, [this.#data.x, ...this.#data.series.map(each => each.y)], this.#ground);
  };

  /** A canvas wants a colour and not a variable; the browser resolves light-dark() on a real element. */
  #colour(name) {
    this.style.setProperty('outline-color', `var(--${name})`);
    const resolved = getComputedStyle(this).outlineColor;
    this.style.removeProperty('outline-color');
    return resolved;
  }
}

/** Times of day, or dates where the axis spans days, as the reader writes them. */
function whens(ticks) {
  const isLong = ticks.at(-1) - ticks[0] > 36 * 3600;
  const words = new Intl.DateTimeFormat(undefined, isLong ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return ticks.map(tick => words.format(tick * 1000));
}

customElements.define('leat-plot', Plot);
