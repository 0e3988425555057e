// One page: its languages and variants, who sees what in the language chosen, and what the build says of it.

import { byId, h } from './dom.js';
import { placed, problemItem } from './problems.js';
import { STATES, addressOf, outcomeOf, pathOf, said, titleOf, variantsOf } from './states.js';

/** @type {Map<string, Promise<PageData>>} */
let asked = new Map();

/** Forget what was known of the last build's pages. */
export const forget = () => (asked = new Map());

/**
 * A page's decisions in one language.
 * @param {string} id
 * @param {string} language
 * @returns {Promise<PageData>}
 */
export const decisionsOf = (id, language) => {
  const query = String(new URLSearchParams({ id, language }));
  const known = asked.get(query);
  if (known) return known;
  const answer = fetch(`/__ctxsite/board.page.json?${query}`).then((response) => {
    if (!response.ok) throw new Error(`The server says ${response.status}.`);
    return response.json();
  });
  asked.set(query, answer);
  return answer;
};

/**
 * Show a page.
 * @param {BoardData} board
 * @param {string} id
 * @param {URLSearchParams} query
 */
export const pageView = async (board, id, query) => {
  const number = board.pages.findIndex((row) => row.id == id);
  const into = byId('page');
  if (number < 0) {
    return into.replaceChildren(h('p', { class: 'empty' }, 'There is no such page any more. ', h('a', { href: '#/' }, 'All pages')));
  }
  const row = board.pages[number];
  const there = board.languages.filter((_, at) => row.cells[at]);
  const language = there.find(({ code }) => code == query.get('lang')) ?? there.find(({ code }) => code == board.default) ?? there[0];
  const at = board.languages.indexOf(language);
  const cell = /** @type {Cell} */ (row.cells[at]);
  const decisions = h('section', { class: 'decisions', 'aria-busy': 'true' }, h('h2', {}, 'Who sees what'));
  const found = board.problems.filter((problem) => problem.page == number);
  const kept = into.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : undefined;
  const before = into.querySelector('.decisions');
  into.replaceChildren(
    h('p', { class: 'path' }, h('a', { href: '#/' }, 'Pages'), ' / ', id || 'home'),
    h('h1', { dir: 'auto', tabindex: -1 }, titleOf(row, board)),
    table(board, row),
    h(
      'nav',
      { class: 'tabs', 'aria-label': 'Language' },
      ...there.map(({ code, name }) =>
        h('a', { href: `#/page/${pathOf(id)}?lang=${code}`, 'data-key': code, 'aria-current': code == language.code && 'true' }, h('span', { lang: code, dir: 'auto' }, name)),
      ),
      cell.file && placed({ path: cell.file, line: 1, column: 1 }, true),
    ),
    decisions,
    ...(found.length ? [h('section', {}, h('h2', {}, 'Problems'), h('ol', { class: 'problems' }, ...found.map((one) => problemItem(one))))] : []),
  );
  /** @type {HTMLElement?} */ (kept && into.querySelector(`[data-key="${kept}"]`))?.focus();
  if (before && into.dataset.id == `${id} ${language.code}`) decisions.append(...[...before.children].slice(1)); // until the answer is there
  into.dataset.id = `${id} ${language.code}`;
  if (!cell.url || cell.shown) {
    decisions.replaceChildren(...decisions.children, h('p', {}, cell.shown ? `This page is shown in another language (${cell.shown}): look there.` : 'This page is not built, so nobody sees it.'));
    return decisions.removeAttribute('aria-busy');
  }
  try {
    const data = await decisionsOf(id, language.code);
    const made = data.decisions.map((decision) => decided(decision, board, cell, at));
    const none = h('p', {}, 'This page has no variants and no blocks: everybody gets the same.');
    decisions.replaceChildren(decisions.children[0], ...(made.length ? made : [none]));
  } catch (error) {
    decisions.replaceChildren(decisions.children[0], h('p', { class: 'empty' }, String(error)));
  }
  decisions.removeAttribute('aria-busy');
};

/**
 * The page's variants × languages, with a link that opens each, and one that compares it with the default.
 * @param {BoardData} board
 * @param {Row} row
 */
const table = (board, row) => {
  const head = h('tr', {}, h('th', { scope: 'col' }, 'Variant'), ...board.languages.map(({ name, code }) => h('th', { scope: 'col' }, h('bdi', { lang: code }, name))));
  const lines = ['default', ...variantsOf(row)].map((variant) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, variant),
      ...row.cells.map((cell, number) => {
        const outcome = cell && outcomeOf(cell, variant);
        if (!cell || !outcome) return h('td', { class: 'none' }, '–', h('span', { class: 'aside' }, ' not there'));
        const { word, tone, title } = said(cell, variant);
        return h('td', { class: tone, title }, h('span', { class: 'dot' }), word, ' ', ...links(board, row, cell, outcome, number));
      }),
    ),
  );
  return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Variants and languages' }, h('table', { class: 'variants' }, h('thead', {}, head), h('tbody', {}, ...lines)));
};

/**
 * @param {BoardData} board
 * @param {Row} row
 * @param {Cell} cell
 * @param {Outcome} outcome
 * @param {number} number
 */
const links = (board, row, cell, outcome, number) => {
  const text = outcome.context == null ? undefined : board.contexts[outcome.context];
  const shows = outcome.name == 'default' ? !outcome.fault : text != null;
  const href = outcome.absent || !shows ? undefined : addressOf(board, cell, number, text);
  if (!href) return [];
  const { code, name } = board.languages[number];
  const spoken = `${outcome.name} in ${name}`;
  const [first, variants] = [board.languages.findIndex((language) => language.code == board.default), cell.outcomes ?? []];
  const other = outcome.name != 'default' ? [code, variants[0]] : number != first && row.cells[first]?.url ? [board.default, row.cells[first]?.outcomes?.[0]] : null;
  const against = other && /** @type {Outcome | undefined} */ (other[1])?.context;
  return [
    h('a', { href, target: 'ctxsite-page', 'aria-label': `Open ${spoken}` }, 'Open'),
    other && h('a', { href: compareLink(row.id, String(other[0]), against == null ? '' : board.contexts[against], code, text ?? ''), 'aria-label': `Compare ${spoken}` }, 'Compare'),
  ];
};

/**
 * The address of a comparison.
 * @param {string} id
 * @param {string} left  the language
 * @param {string} leftContext
 * @param {string} right
 * @param {string} rightContext
 */
export const compareLink = (id, left, leftContext, right, rightContext) =>
  `#/compare/${pathOf(id)}?${new URLSearchParams({ left, a: leftContext, right, b: rightContext })}`;

/**
 * A decision: its branches with their conditions, and its table.
 * @param {DecisionData} decision
 * @param {BoardData} board
 * @param {Cell} cell
 * @param {number} language
 */
const decided = ({ name, in: variants, branches, matrix }, board, cell, language) => {
  const only = name && !variants.includes('default') ? ` (only in ${variants.join(', ')})` : '';
  const title = name ? [`Block `, h('code', {}, name), only] : ['The page'];
  /** @param {string} branch */
  const opened = (branch) => {
    const context = branches.find((one) => one.name == branch)?.context;
    const href = context == null ? undefined : addressOf(board, cell, language, context);
    return href ? h('a', { href, target: 'ctxsite-page', 'data-block': name, 'data-branch': branch }, branch) : branch;
  };
  return h(
    'article',
    {},
    h('h3', {}, ...title),
    h(
      'dl',
      { class: 'branches' },
      ...branches.flatMap(({ name: branch, when, fault }) => [
        h('dt', {}, opened(branch), fault && h('span', { class: `pill ${STATES[fault].tone}`, title: STATES[fault].title }, STATES[fault].label)),
        h('dd', {}, when ? h('code', {}, when) : 'everybody else'),
      ]),
    ),
    h(
      'div',
      { class: 'wide', tabindex: 0, role: 'region', 'aria-label': `Who sees what: ${name || 'the page'}` },
      h(
        'table',
        { class: 'matrix' },
        h('thead', {}, h('tr', {}, ...[...matrix.columns, 'shown'].map((text) => h('th', { scope: 'col' }, text)))),
        h('tbody', {}, ...matrix.rows.map((row) => h('tr', {}, ...row.map((text, at) => h('td', { class: !text && 'any' }, at == row.length - 1 ? h('strong', {}, text) : text || 'any'))))),
      ),
    ),
    !matrix.complete && h('p', {}, 'There are more rows than are shown here.'),
  );
};
