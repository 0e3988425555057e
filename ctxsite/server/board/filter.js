// Which lines the overview shows: pages by text, section, language and state, and how many are in each state.

import { statesOf, variantsOf } from './states.js';

/** Lower case, and without the accents that people leave out when they search. @param {string} text */
export const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @type {WeakMap<Row, string>} */
const texts = new WeakMap();

/**
 * Everything that a page can be found by.
 * @param {Row} row
 */
const textOf = (row) => {
  let text = texts.get(row);
  if (text == null) {
    const parts = row.cells.flatMap((cell) => (cell ? [cell.title ?? '', decoded(cell.url), cell.file ?? ''] : []));
    text = folded([row.id, ...new Set(parts), ...variantsOf(row)].join('\n'));
    texts.set(row, text);
  }
  return text;
};

/** @param {string | undefined} url */
const decoded = (url) => {
  try {
    return decodeURI(url ?? '');
  } catch {
    return url ?? '';
  }
};

/**
 * The languages that a filter asks about, by number.
 * @param {BoardData} board
 * @param {Filter} filter
 */
export const columns = (board, filter) => {
  const chosen = board.languages.findIndex((language) => language.code == filter.language);
  return chosen < 0 ? board.languages.map((_, number) => number) : [chosen];
};

/**
 * Which rows and languages have problems: a set of `row:language`.
 * @param {BoardData} board
 */
const troubled = (board) => new Set(board.problems.map((problem) => `${problem.page}:${problem.language}`));

/**
 * The states that a line is in, in one of some languages.
 * @param {Row} row
 * @param {number} number
 * @param {string} variant
 * @param {number[]} languages
 * @param {Set<string>} trouble
 */
const statesOn = (row, number, variant, languages, trouble) => {
  const found = new Set(languages.flatMap((language) => statesOf(row.cells[language], variant)));
  if (variant == 'default' && languages.some((language) => trouble.has(`${number}:${language}`))) found.add('problems');
  return found;
};

/**
 * Return the lines of a board that a filter leaves, and how many pages are in each state without that filter's states.
 * A page that is left comes with all lines of its variants that are in one of the states, or with all of them.
 *
 * @param {BoardData} board
 * @param {Filter} filter
 * @returns {{lines: Line[], pages: number, counts: Record<string, number>}}
 */
export const filtered = (board, filter) => {
  const words = folded(filter.text).split(/\s+/).filter(Boolean);
  const languages = columns(board, filter);
  const trouble = troubled(board);
  /** @type {Line[]} */
  const lines = [];
  /** @type {Record<string, number>} */
  const counts = {};
  let pages = 0;
  board.pages.forEach((row, number) => {
    if (filter.section && row.section != filter.section) return;
    if (words.length && !words.every((word) => textOf(row).includes(word))) return;
    const all = ['default', ...variantsOf(row)].map((variant) => ({
      line: { row: number, variant },
      states: statesOn(row, number, variant, languages, trouble),
    }));
    for (const state of new Set(all.flatMap(({ states }) => [...states]))) counts[state] = (counts[state] ?? 0) + 1;
    const wanted = all.filter(({ states }) => !filter.states.length || filter.states.some((state) => states.has(state)));
    if (!wanted.length) return;
    pages++;
    lines.push(...all.filter((one) => one.line.variant == 'default' || wanted.includes(one)).map(({ line }) => line));
  });
  return { lines, pages, counts };
};

/**
 * Read a filter from the address.
 * @param {URLSearchParams} query
 * @returns {Filter}
 */
export const readFilter = (query) => ({
  text: query.get('q') ?? '',
  states: (query.get('state') ?? '').split(',').filter(Boolean),
  language: query.get('lang') ?? '',
  section: query.get('section') ?? '',
});

/**
 * Write a filter for the address.
 * @param {Filter} filter
 */
export const writeFilter = ({ text, states, language, section }) => {
  const query = new URLSearchParams();
  for (const [name, value] of [['q', text], ['state', states.join(',')], ['lang', language], ['section', section]]) {
    if (value) query.set(name, value);
  }
  return String(query).replace(/%2C/g, ',').replace(/%2F/g, '/');
};

/**
 * How far each language is: its pages by what has become of them.
 * @param {BoardData} board
 * @returns {{there: number, outdated: number, missing: number, total: number}[]}
 */
export const progress = (board) =>
  board.languages.map((_, number) => {
    const cells = board.pages.map((row) => row.cells[number]).filter((cell) => cell && cell.state != 'generated');
    const count = (/** @type {(cell: Cell) => boolean} */ holds) => cells.filter((cell) => cell && holds(cell)).length;
    const missing = count(({ state }) => state == 'missing');
    const outdated = count(({ state }) => state == 'outdated');
    return { there: cells.length - missing - outdated, outdated, missing, total: cells.length };
  });
