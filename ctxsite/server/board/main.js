// The board: where it is (the address after `#`), what it shows there, and how it learns of the next build.

import { compareView, leaveCompare, prepareCompare } from './compare.js';
import { announce, byId, counted } from './dom.js';
import { readFilter, writeFilter } from './filter.js';
import { overview } from './overview.js';
import { forget, pageView } from './page.js';
import { hasEditor, problemsView } from './problems.js';
import { pathOf } from './states.js';

/** @type {BoardData | undefined} */
let board;
/** What the server's state was when `board` was asked for. */
let view = '';

/** @returns {Where} */
const where = () => {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name, ...rest] = path.split('/');
  return { view: name || 'pages', id: decoded(rest.join('/')), query: new URLSearchParams(query) };
};

/** @param {string} text */
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Show what the address says. */
const show = () => {
  if (!board) return;
  const at = where();
  const name = ['page', 'compare', 'problems'].includes(at.view) ? at.view : 'pages';
  for (const section of document.querySelectorAll('main > section')) {
    /** @type {HTMLElement} */ (section).hidden = section.id != `view-${name}`;
  }
  for (const link of document.querySelectorAll('header nav a')) {
    link.toggleAttribute('data-here', link.getAttribute('data-view') == name);
    if (link.getAttribute('data-view') == name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (view == 'compare' && name != 'compare') leaveCompare();
  if (name == 'pages') overview(board, at.query);
  else if (name == 'page') void pageView(board, at.id, at.query);
  else if (name == 'problems') problemsView(board, at.query);
  else void compareView(board, at.id, at.query);
  const titles = { pages: 'Board', page: 'Page', compare: 'Compare', problems: 'Problems' };
  document.title = `${titles[/** @type {'pages'} */ (name)]} · ${board.title || 'ctxsite'}`;
  if (view && view != name) byId('main').focus();
  view = name;
};

/** Ask for the board, and show it. */
const load = async () => {
  try {
    const response = await fetch('/__ctxsite/board.json');
    if (!response.ok) return;
    const first = !board;
    board = /** @type {BoardData} */ (await response.json());
    forget();
    byId('site').textContent = board.title || 'Untitled site';
    const { length } = board.problems;
    byId('problem-count').textContent = length ? length.toLocaleString('en') : '';
    byId('problem-count').className = board.problems.some(({ severity }) => severity == 'error') ? 'badge error' : 'badge';
    const time = new Date(board.now).toLocaleTimeString([], { timeStyle: 'short' });
    const errors = board.problems.filter(({ severity }) => severity == 'error').length;
    if (board.failure) state('broken', board.failure);
    else if (board.ok) state('ok', `Built at ${time}`);
    else if (board.now) state('broken', `${counted(errors, 'error')}: ${board.served ? 'the last good build is served' : 'nothing is served yet'}`);
    else state('away', 'Not built yet');
    document.body.classList.remove('loading');
    show();
    if (!first) announce('Brought up to date');
  } catch {
    state('away', 'The server does not answer');
  }
};

/**
 * @param {string} kind
 * @param {string} text
 */
const state = (kind, text) => {
  byId('state').className = kind;
  byId('state').textContent = text;
};

/** Replace the address by one with another filter; what is typed makes no history. @param {Partial<Filter>} change */
const refine = (change) => {
  const text = writeFilter({ ...readFilter(where().query), ...change });
  history.replaceState(null, '', `#/${text && `?${text}`}`);
  show();
};

const controls = () => {
  const search = /** @type {HTMLInputElement} */ (byId('search'));
  search.addEventListener('input', () => refine({ text: search.value }));
  byId('section').addEventListener('change', ({ target }) => refine({ section: /** @type {HTMLSelectElement} */ (target).value }));
  byId('states').addEventListener('click', ({ target }) => {
    const state = /** @type {HTMLElement?} */ (/** @type {Element} */ (target).closest('[data-state]'))?.dataset.state;
    if (!state) return;
    const { states } = readFilter(where().query);
    refine({ states: states.includes(state) ? states.filter((one) => one != state) : [...states, state] });
  });
  byId('clear').addEventListener('click', () => {
    search.value = '';
    refine({ text: '', states: [], language: '', section: '' });
    search.focus();
  });
  const problems = /** @type {HTMLInputElement} */ (byId('search-problems'));
  const ask = (/** @type {string} */ severity) => {
    const query = new URLSearchParams([['q', problems.value], ['severity', severity]].filter(([, value]) => value));
    history.replaceState(null, '', `#/problems?${query}`);
    show();
  };
  problems.addEventListener('input', () => ask(where().query.get('severity') ?? ''));
  byId('severities').addEventListener('click', ({ target }) => {
    const { severity = '' } = /** @type {HTMLElement?} */ (/** @type {Element} */ (target).closest('[data-severity]'))?.dataset ?? {};
    if (severity) ask(where().query.get('severity') == severity ? '' : severity);
    /** @type {HTMLElement?} */ (byId('severities').querySelector(`[data-severity="${severity}"]`))?.focus();
  });
  prepareCompare((query) => (location.hash = `#/compare/${pathOf(where().id)}?${query}`));
  addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input, select, textarea');
    if (event.key != '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = [search, problems].find((one) => one.offsetParent);
    if (field) event.preventDefault();
    field?.focus();
  });
};

controls();
addEventListener('hashchange', show);

// Each message of the stream means: something is not as it was. The first comes at once.
const events = new EventSource('/__ctxsite/events');
events.addEventListener('message', ({ data }) => {
  hasEditor(/** @type {News} */ (JSON.parse(data)).editor);
  void load();
});
events.addEventListener('error', () => state('away', 'The server does not answer'));
