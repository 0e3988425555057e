// The overview: how far each language is, what to look for, and pages × languages × variants.

import { byId, counted, h } from './dom.js';
import { columns, filtered, progress, readFilter, writeFilter } from './filter.js';
import { Grid } from './grid.js';
import { STATES, addressOf, outcomeOf, pathOf, said, titleOf } from './states.js';

/** Pixels; the style sheet makes lines fit. */
const PAGE_LINE = 46;
const VARIANT_LINE = 32;

/** @type {Grid<Line> | undefined} */
let grid;

/**
 * Show the overview.
 * @param {BoardData} board
 * @param {URLSearchParams} query
 */
export const overview = (board, query) => {
  const filter = readFilter(query);
  const { lines, pages, counts } = filtered(board, filter);
  byId('languages').replaceChildren(...board.languages.map((_, number) => card(board, filter, number)));
  form(board, filter, counts);
  const all = board.pages.length;
  byId('count').textContent = pages == all ? counted(all, 'page') : `${pages.toLocaleString('en')} of ${counted(all, 'page')}`;
  const content = contentOf(board, filter, lines);
  if (grid) return grid.show(content);
  grid = new Grid(content);
  byId('pages').append(grid.element);
};

/**
 * A language with its progress; a button that shows this language alone, or all again.
 * @param {BoardData} board
 * @param {Filter} filter
 * @param {number} number
 */
const card = (board, filter, number) => {
  const { code, name } = board.languages[number];
  const { there, outdated, missing, total } = progress(board)[number];
  const chosen = filter.language == code;
  const rest = [missing && `${missing.toLocaleString('en')} missing`, outdated && `${outdated.toLocaleString('en')} outdated`];
  const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
  for (const [tone, count] of /** @type {[string, number][]} */ ([['current', there], ['outdated', outdated], ['missing', missing]])) {
    const part = h('span', { class: tone });
    part.style.flexGrow = String(count);
    if (count) bar.append(part);
  }
  return h(
    'a',
    { class: 'card', href: `#/?${writeFilter({ ...filter, language: chosen ? '' : code })}`, 'aria-current': chosen && 'true' },
    h('span', { class: 'name' }, h('span', { lang: code, dir: 'auto' }, name), ' ', h('code', {}, code)),
    h('span', { class: 'share' }, code == board.default ? counted(total, 'page') : `${Math.floor((there / (total || 1)) * 100)} %`),
    bar,
    h('span', { class: 'rest' }, rest.filter(Boolean).join(', ') || (code == board.default ? 'default language' : 'all translated')),
  );
};

/**
 * Bring the form up to date without taking anything away from those who are typing in it.
 * @param {BoardData} board
 * @param {Filter} filter
 * @param {Record<string, number>} counts
 */
const form = (board, filter, counts) => {
  const search = /** @type {HTMLInputElement} */ (byId('search'));
  if (document.activeElement != search) search.value = filter.text;
  const sections = [...new Set(board.pages.map((row) => row.section))].filter(Boolean).sort();
  options('section', [['', 'All sections'], ...sections.map((name) => /** @type {[string, string]} */ ([name, name]))], filter.section);
  byId('section').hidden = !sections.length;
  const listed = Object.keys(STATES).filter((state) => counts[state] || filter.states.includes(state));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.state;
  byId('states').replaceChildren(
    ...listed.map((state) => {
      const pressed = filter.states.includes(state);
      const { label, title, tone } = STATES[state];
      return h(
        'button',
        { type: 'button', class: `chip ${tone}`, 'data-state': state, 'aria-pressed': String(pressed), title },
        h('span', { class: 'dot' }), label, h('span', { class: 'number' }, (counts[state] ?? 0).toLocaleString('en')),
      );
    }),
  );
  if (focused) /** @type {HTMLElement?} */ (byId('states').querySelector(`[data-state=${focused}]`))?.focus();
  byId('clear').hidden = !writeFilter(filter);
};

/**
 * Give a select its options, unless it has them already.
 * @param {string} id
 * @param {[string, string][]} pairs
 * @param {string} chosen
 */
const options = (id, pairs, chosen) => {
  const select = /** @type {HTMLSelectElement} */ (byId(id));
  if ([...select.options].map(({ value }) => value).join('\n') != pairs.map(([value]) => value).join('\n')) {
    select.replaceChildren(...pairs.map(([value, label]) => h('option', { value }, label)));
  }
  select.value = chosen;
};

/**
 * What the grid shows of a board.
 * @param {BoardData} board
 * @param {Filter} filter
 * @param {Line[]} lines
 * @returns {import('./grid.js').Content<Line>}
 */
const contentOf = (board, filter, lines) => {
  const languages = columns(board, filter);
  /** @type {Map<string, Problem[]>} */
  const problems = new Map();
  for (const problem of board.problems) {
    if (problem.page == null) continue;
    const key = `${problem.page}:${problem.language}`;
    problems.set(key, [...(problems.get(key) ?? []), problem]);
  }
  const head = (/** @type {Node | string} */ inside) => h('div', { role: 'columnheader' }, inside);
  return {
    label: 'Pages, their languages and variants',
    heads: [
      head('Page'),
      ...languages.map((number) => head(h('bdi', { lang: board.languages[number].code }, board.languages[number].name))),
    ],
    lines,
    keyOf: ({ row, variant }) => `${board.pages[row].id}\n${variant}`,
    heightOf: ({ variant }) => (variant == 'default' ? PAGE_LINE : VARIANT_LINE),
    classOf: ({ variant }) => (variant == 'default' ? 'page' : 'variant'),
    cells: (line) => [
      header(board, line),
      ...languages.map((number) => cellOf(board, line, number, problems.get(`${line.row}:${number}`) ?? [])),
    ],
  };
};

/**
 * The header of a line: the page's title, or a variant's name.
 * @param {BoardData} board
 * @param {Line} line
 */
const header = (board, { row, variant }) => {
  const page = board.pages[row];
  if (variant != 'default') return h('div', { role: 'rowheader' }, h('span', { class: 'twig', 'aria-hidden': 'true' }), variant);
  const href = `#/page/${pathOf(page.id)}`;
  return h(
    'div',
    { role: 'rowheader' },
    h('a', { href }, h('span', { class: 'title', dir: 'auto' }, titleOf(page, board)), h('span', { class: 'id' }, page.id || '/')),
  );
};

/**
 * One cell: a link that opens the page, in a context that gets the variant.
 * @param {BoardData} board
 * @param {Line} line
 * @param {number} number  of the language
 * @param {Problem[]} problems
 */
const cellOf = (board, { row, variant }, number, problems) => {
  const cell = board.pages[row].cells[number];
  const outcome = cell && outcomeOf(cell, variant);
  if (!cell || !outcome) return h('div', { role: 'gridcell', class: 'none' }, h('span', { class: 'flat' }, '–', h('span', { class: 'aside' }, ' not there')));
  const { word, tone, title } = said(cell, variant);
  const inside = [h('span', { class: 'dot' }), h('span', { class: 'word' }, word), ...extras(cell, variant, problems)];
  const text = outcome.context == null ? undefined : board.contexts[outcome.context];
  const shows = variant == 'default' ? !outcome.fault : text != null;
  const href = outcome.absent || !shows ? undefined : addressOf(board, cell, number, text);
  const spoken = `${titleOf(board.pages[row], board)}, ${board.languages[number].name}${variant == 'default' ? '' : `, ${variant}`}: `;
  return h(
    'div',
    { role: 'gridcell', class: tone, title: [title, text].filter(Boolean).join('\n') },
    href
      ? h('a', { href, target: 'ctxsite-page' }, h('span', { class: 'aside' }, spoken), ...inside)
      : h('span', { class: 'flat' }, ...inside),
  );
};

/**
 * What else there is to say of a page's own cell: its blocks, and problems.
 * @param {Cell} cell
 * @param {string} variant
 * @param {Problem[]} problems
 */
const extras = (cell, variant, problems) => {
  if (variant != 'default') return [];
  const made = [];
  const marks = cell.marks?.slice(1) ?? [];
  if (cell.state == 'missing' && cell.shown) made.push(h('span', { class: 'note' }, `→ ${cell.shown}`));
  for (const mark of marks) made.push(h('span', { class: 'note' }, mark));
  if (cell.blocks) {
    const fault = cell.blockFaults?.length ? ' fault' : '';
    made.push(h('span', { class: `note${fault}` }, counted(cell.blocks, 'block')));
  }
  if (problems.length) {
    const worst = problems.some(({ severity }) => severity == 'error') ? 'error' : problems[0].severity;
    made.push(h('span', { class: `badge ${worst}` }, String(problems.length), h('span', { class: 'aside' }, ` ${worst}${problems.length == 1 ? '' : 's'}`)));
  }
  return made;
};
