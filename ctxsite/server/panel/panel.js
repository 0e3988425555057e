// The panel `Preview as…`, on every page under `ctxsite serve`. It shows what the page's engine decided and why, and
// changes the visitor by changing the address: the page is loaded again, and its engine decides anew.

import { KEY, given, query, write } from './context.js';
import { h } from './dom.js';
import { form } from './form.js';
import { outcomes, point } from './outcomes.js';
import { disagreements, visitor } from './visitor.js';
import css from './panel.css';

const STATE = 'ctxsite:panel';

/** @typedef {{ open?: boolean, focus?: string, top?: number, details?: string[] }} State */

/** What the panel looked like, from load to load, as long as the tab lives. */
const memory = {
  /** @returns {State} */
  read: () => {
    try {
      return JSON.parse(sessionStorage.getItem(STATE) ?? '{}') ?? {};
    } catch {
      return {};
    }
  },
  /** @param {State} state */
  write: (state) => {
    try {
      sessionStorage.setItem(STATE, JSON.stringify(state));
    } catch {}
  },
};

/** @param {string} path */
const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const start = () => {
  let state = memory.read();
  const host = document.createElement('ctxsite-preview');
  host.lang = 'en';
  host.dir = 'ltr';
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet(); // no style element: a strict policy would not allow it
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];

  const toggle = h('button', { type: 'button', class: 'toggle', 'data-key': 'toggle', 'aria-controls': 'panel', 'aria-expanded': 'false', click: () => open(!state.open) }, 'Preview as…');
  const status = h('p', { class: 'who' });
  const news = h('div', { role: 'alert' });
  const results = h('div', { class: 'results' });
  const fields = h('div', { class: 'visitor' });
  const said = h('span', { role: 'status', class: 'unseen' });
  const copy = h('button', { type: 'button', 'data-key': 'copy', title: 'Copy a link that shows this page in exactly this context', click: () => share() }, 'Copy link');
  const reset = h('button', { type: 'button', 'data-key': 'reset', title: 'See the page as yourself again', click: () => go(null) }, 'Reset');
  const panel = h('div', { id: 'panel', class: 'panel', hidden: true, tabindex: '-1' },
    h('header', {}, h('h2', {}, 'Preview as…'), copy, reset), status, news, results, fields); // prettier-ignore
  const root = h('section', { class: 'root', 'aria-label': 'Preview as…' }, panel, toggle, said);
  if (getComputedStyle(document.documentElement).direction == 'rtl') root.classList.add('left');
  shadow.append(root);
  document.documentElement.append(host);

  /** @param {boolean} wanted */
  const open = (wanted) => {
    state.open = wanted;
    panel.hidden = !wanted;
    toggle.setAttribute('aria-expanded', String(wanted));
  };

  const remember = () => {
    const focused = shadow.activeElement;
    state = {
      open: state.open,
      focus: focused?.getAttribute('data-key') ?? (focused && `${focused.getAttribute('name')} ${/** @type {HTMLInputElement} */ (focused).type == 'checkbox' ? focused.getAttribute('value') : ''}`) ?? undefined,
      top: panel.scrollTop,
      details: [.../** @type {NodeListOf<HTMLElement>} */ (shadow.querySelectorAll('details[open]'))].map((each) => each.dataset.fold ?? ''),
    };
    memory.write(state);
  };

  /**
   * Load the page in another context; null: in none. The browser keeps the scroll position, as at any reload.
   * @param {string?} context
   */
  const go = (context) => {
    remember();
    try {
      if (context == null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, context);
    } catch {}
    history.replaceState(history.state, '', location.pathname + query(location.search, context) + location.hash);
    location.reload();
  };

  /** The text of the context that is shown; also of one that is not in the address yet. */
  let current = '';

  const share = async () => {
    const link = location.origin + location.pathname + query(location.search, current) + location.hash;
    let done = 'Copied';
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      history.replaceState(history.state, '', link);
      done = 'In the address bar';
    }
    copy.textContent = said.textContent = done;
    setTimeout(() => (copy.textContent = 'Copy link'), 2000);
  };

  /**
   * What is special in what is shown.
   * @param {PageData} page
   */
  const name = ({ traces }) => {
    const chosen = traces.map(({ chosen }) => chosen);
    return [...new Set(chosen.filter((branch) => branch != 'default'))].join(', ') || chosen[0] || 'somebody';
  };

  /** @param {PageData} page */
  const render = (page) => {
    const simulated = given() != null;
    const faults = disagreements(page);
    current = page.context;
    toggle.textContent = simulated ? `Preview: ${name(page)}` : 'Preview as…';
    toggle.className = `toggle${simulated ? ' on' : ''}${faults.length ? ' bad' : ''}`;
    reset.disabled = !simulated;
    status.replaceChildren(...(page.fixed ? [`This address shows ${page.fixed} to everybody. `] : []), ...(simulated ? ['As ', h('code', {}, page.context == '-' ? 'somebody unknown' : page.context.replaceAll(';', '; '))] : ['As you are. Choose what to see, or change something below.']));
    news.className = faults.length ? 'bad-news' : '';
    news.replaceChildren(...(faults.length ? [h('p', {}, 'The page’s engine and the evaluator disagree: please report it.'), ...faults.map((fault) => h('p', {}, fault))] : []));
    results.replaceChildren(...outcomes(page, go, (block) => point(block, root)));
    fields.replaceChildren(form(page, visitor(page.signals), (values) => go(write(values))));
    for (const each of shadow.querySelectorAll('details')) each.open = state.details?.includes(each.dataset.fold ?? '') ?? false;
    if (simulated) said.textContent = `Shown: ${[page.variant, ...Object.entries(page.blocks).map((pair) => pair.join(' '))].join(', ')}`;
    root.dataset.ready = String(Number(root.dataset.ready ?? 0) + 1);
  };

  const restore = () => {
    panel.scrollTop = state.top ?? 0;
    const { focus } = state;
    if (!focus) return;
    const [field, value] = focus.split(' ');
    const controls = [...shadow.querySelectorAll('[data-key],[name]')];
    const found = controls.find((each) => each.getAttribute('data-key') == focus) ?? controls.find((each) => each.getAttribute('name') == field && (!value || each.getAttribute('value') == value));
    /** @type {HTMLElement | undefined} */ (found)?.focus({ preventScroll: true });
  };

  /** Ask what the rules say of this page: first what they ask for, then, once that is known, about this visitor. */
  const ask = async (/** @type {string} */ context) => {
    const answer = await fetch(`/__ctxsite/preview.json?path=${encodeURIComponent(decoded(location.pathname))}&ctx=${encodeURIComponent(context)}`);
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.problem);
    return /** @type {PageData} */ (data);
  };

  const refresh = async () => {
    try {
      const simulated = given();
      let page = await ask(simulated ?? '-');
      const wanted = write(visitor(page.signals));
      if (simulated == null || wanted != simulated) page = await ask(wanted);
      render(page);
    } catch (error) {
      status.textContent = `There is nothing to preview: ${/** @type {Error} */ (error).message}`;
      results.replaceChildren();
      fields.replaceChildren();
    }
  };

  panel.addEventListener('keydown', (event) => {
    if (event.key != 'Escape') return;
    open(false);
    toggle.focus();
  });
  addEventListener('pagehide', remember);
  document.addEventListener('ctxsite:decided', () => root.dataset.ready && refresh());
  if (state.open) open(true);
  refresh().then(restore);
};

// On the board, pages stand in frames: the board says what they are shown as.
if (self == top) start();
