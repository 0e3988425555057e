// What the build has said: diagnostics with their place, which opens in the editor, or is copied.

import { announce, byId, counted, h } from './dom.js';
import { folded } from './filter.js';
import { pathOf, titleOf } from './states.js';

/** How many are put into the document at a time. */
const CHUNK = 100;

/** Whether the server was told of an editor. */
let editor = false;

/** @param {boolean} there */
export const hasEditor = (there) => (editor = there);

/**
 * Open a place in the editor, or copy it.
 * @param {{path: string, line: number, column: number}} place
 */
const open = async ({ path, line, column }) => {
  const name = `${path}:${line}:${column}`;
  try {
    if (editor) {
      const token = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name=ctxsite-token]')).content;
      const headers = { 'x-ctxsite-token': token };
      const { ok } = await fetch('/__ctxsite/open', { method: 'POST', headers, body: `${path}\n${line}\n${column}` });
      if (ok) return announce(`Opened ${name}`);
    }
    await navigator.clipboard.writeText(name);
    announce(`Copied ${name}`);
  } catch {
    announce(name);
  }
};

/**
 * A place in a file, as a button.
 * @param {{path: string, line: number, column: number}} place
 * @param {boolean} [whole]  the file, not a line of it
 */
export const placed = (place, whole) =>
  h(
    'button',
    { type: 'button', class: 'place', title: editor ? 'Open in the editor' : 'Copy', onclick: () => open(place) },
    whole ? place.path : `${place.path}:${place.line}:${place.column}`,
  );

/**
 * One problem.
 * @param {Problem} problem
 * @param {BoardData} [board]  to name the page that it is about
 */
export const problemItem = (problem, board) => {
  const { severity, code, message, location, help, related } = problem;
  const row = board && problem.page != null ? board.pages[problem.page] : undefined;
  const language = board?.languages[problem.language ?? 0].code;
  return h(
    'li',
    { class: `problem ${severity}` },
    h('p', { class: 'what' }, h('span', { class: 'severity' }, severity), h('code', {}, code), ' ', ...marked(message)),
    location && h('p', { class: 'where' }, placed(location), row && board && h('a', { href: `#/page/${pathOf(row.id)}?lang=${language}` }, titleOf(row, board))),
    location && frame(location),
    help && h('p', { class: 'help' }, ...lines(help)),
    ...related.map((other) => h('p', { class: 'where' }, `${other.message}: `, placed(other.location))),
  );
};

/** The line of a place with what is meant underlined. @param {Place} place */
const frame = ({ line, column, end_column: end, excerpt }) => {
  const text = [...excerpt];
  const cut = (/** @type {number} */ from, /** @type {number} */ to) => text.slice(from, to).join('');
  return h(
    'pre',
    { class: 'frame', tabindex: 0, 'aria-label': `Line ${line}` },
    h('span', { class: 'line' }, `${line} `),
    cut(0, column - 1), h('mark', {}, cut(column - 1, end - 1) || ' '), cut(end - 1, text.length),
  );
};

/** A message whose words in backquotes are code. @param {string} text */
const marked = (text) => text.split('`').map((part, number) => (number % 2 ? h('code', {}, part) : part));

/** Help of several lines keeps them. @param {string} text */
const lines = (text) => (text.includes('\n') ? [h('span', { class: 'trace' }, text)] : marked(text));

/**
 * Show all problems, as many as fit a screen or two first.
 * @param {BoardData} board
 * @param {URLSearchParams} query
 */
export const problemsView = (board, query) => {
  const text = query.get('q') ?? '';
  const words = folded(text).split(/\s+/).filter(Boolean);
  const wanted = query.get('severity') ?? '';
  const found = board.problems.filter((problem) => {
    const said = folded([problem.code, problem.message, problem.location?.path ?? ''].join('\n'));
    return (!wanted || problem.severity == wanted) && words.every((word) => said.includes(word));
  });
  const search = /** @type {HTMLInputElement} */ (byId('search-problems'));
  if (document.activeElement != search) search.value = text;
  byId('severities').replaceChildren(
    ...['error', 'warning', 'note'].map((severity) => {
      const count = board.problems.filter((problem) => problem.severity == severity).length;
      const pressed = String(wanted == severity);
      return h('button', { type: 'button', class: `chip ${severity}`, 'aria-pressed': pressed, 'data-severity': severity }, h('span', { class: 'dot' }), `${severity}s`, h('span', { class: 'number' }, count.toLocaleString('en')));
    }),
  );
  const list = h('ol', { class: 'problems' });
  const more = h('button', { type: 'button', class: 'more' });
  const add = () => {
    const from = list.children.length;
    list.append(...found.slice(from, from + CHUNK).map((problem) => problemItem(problem, board)));
    const left = found.length - list.children.length;
    more.textContent = `Show ${Math.min(left, CHUNK)} more of ${left.toLocaleString('en')}`;
    more.hidden = !left;
    /** @type {HTMLElement?} */ (from ? list.children[from]?.querySelector('button') : null)?.focus();
  };
  more.addEventListener('click', add);
  add();
  const none = board.problems.length ? 'No problem is like this.' : 'The build has nothing to complain about.';
  byId('problem-list').replaceChildren(h('p', { class: 'count' }, found.length ? counted(found.length, 'problem') : none), list, more);
};
