// Two contexts of a page side by side: two frames that scroll together, and what differs between them.

import { blocksOf } from './blocks.js';
import { compared } from './compared.js';
import { byId, counted, h } from './dom.js';
import { mark, point } from './marks.js';
import { decisionsOf } from './page.js';
import { anchorsOf, together } from './scrolling.js';
import { addressOf, pathOf, titleOf } from './states.js';

const SIDES = /** @type {const} */ ([0, 1]);
const NAMES = /** @type {const} */ (['left', 'right']);
const CONTEXTS = /** @type {const} */ (['a', 'b']);

/** @type {import('./compared.js').Difference[]} */
let differences = [];
let current = -1;
/** @type {() => void} */
let stop = () => {};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
/** @type {MutationObserver[]} */
let watchers = [];

const frames = () => NAMES.map((name) => /** @type {HTMLIFrameElement} */ (byId(`frame-${name}`)));

/**
 * Show a comparison.
 * @param {BoardData} board
 * @param {string} id
 * @param {URLSearchParams} query
 */
export const compareView = async (board, id, query) => {
  const row = board.pages.find((page) => page.id == id);
  byId('compared').textContent = row ? titleOf(row, board) : 'There is no such page any more';
  byId('compared').setAttribute('href', `#/page/${pathOf(id)}`);
  if (!row) return;
  /** @type {HTMLSelectElement} */ (byId('width')).value = query.get('width') ?? '';
  fit();
  const built = board.languages.filter((_, number) => row.cells[number]?.url);
  const addresses = await Promise.all(SIDES.map((side) => choice(board, row, built, side, query)));
  for (const side of SIDES) {
    const frame = frames()[side];
    if (frame.dataset.address == addresses[side]) continue;
    frame.dataset.address = addresses[side] ?? '';
    frame.dataset.loading = 'true';
    differences = [];
    told('Comparing');
    // Replaced, so that "back" leads to the comparison before this one, and not a frame alone through its own.
    frame.contentWindow?.location.replace(addresses[side] ?? 'about:blank');
    allowed(addresses[side], side);
  }
};

/**
 * Fill one side's form, and return the address that it means.
 * @param {BoardData} board
 * @param {Row} row
 * @param {Language[]} built
 * @param {0 | 1} side
 * @param {URLSearchParams} query
 */
const choice = async (board, row, built, side, query) => {
  const wanted = query.get(NAMES[side]);
  const language = built.find(({ code }) => code == wanted) ?? built.find(({ code }) => code == board.default) ?? built[0];
  const languages = /** @type {HTMLSelectElement} */ (byId(`language-${NAMES[side]}`));
  languages.replaceChildren(...built.map(({ code, name }) => h('option', { value: code }, name)));
  if (!language) return;
  languages.value = language.code;
  const context = query.get(CONTEXTS[side]) ?? '';
  const { decisions } = await decisionsOf(row.id, language.code).catch(() => ({ decisions: [] }));
  const select = /** @type {HTMLSelectElement} */ (byId(`context-${NAMES[side]}`));
  const groups = decisions.map(({ name, branches }) => {
    const options = branches.filter((branch) => branch.context != null);
    return h('optgroup', { label: name ? `Block ${name}` : 'The page' }, ...options.map((branch) => h('option', { value: branch.context }, branch.name)));
  });
  const known = decisions.some(({ branches }) => branches.some((branch) => branch.context == context));
  select.replaceChildren(h('option', { value: '' }, 'As you are'), ...(known || !context ? [] : [h('option', { value: context }, context)]), ...groups);
  select.value = context;
  byId(`said-${NAMES[side]}`).textContent = context == '-' ? 'Nothing is known of this visitor' : context.replace(/;/g, ' · ') || 'The visitor that you are';
  const number = board.languages.indexOf(language);
  const cell = /** @type {Cell} */ (row.cells[number]);
  return addressOf(board, cell, number, context || undefined);
};

/** Show both pages as wide as somebody wants them, made smaller where there is less room. */
const fit = () => {
  const width = Number(/** @type {HTMLSelectElement} */ (byId('width')).value);
  for (const frame of frames()) {
    const { clientWidth, clientHeight } = /** @type {HTMLElement} */ (frame.parentElement);
    const scale = width > clientWidth ? clientWidth / width : 1;
    frame.style.width = width ? `${width}px` : '';
    frame.style.height = width ? `${clientHeight / scale}px` : '';
    frame.style.scale = width ? String(scale) : '';
  }
};

/** Return what the forms say, for the address. */
export const chosen = () => {
  const query = new URLSearchParams();
  for (const side of SIDES) {
    query.set(NAMES[side], /** @type {HTMLSelectElement} */ (byId(`language-${NAMES[side]}`)).value);
    query.set(CONTEXTS[side], /** @type {HTMLSelectElement} */ (byId(`context-${NAMES[side]}`)).value);
  }
  const { value } = /** @type {HTMLSelectElement} */ (byId('width'));
  if (value) query.set('width', value);
  return query;
};

/**
 * Say if the site itself forbids what is done here: to show its page in a frame.
 * @param {string | undefined} address
 * @param {0 | 1} side
 */
const allowed = async (address, side) => {
  const note = byId(`note-${NAMES[side]}`);
  note.textContent = '';
  if (!address || address.startsWith('//')) return;
  const { headers } = await fetch(address, { method: 'HEAD' }).catch(() => ({ headers: new Headers() }));
  const ancestors = /(?:^|;)\s*(frame-ancestors[^;]*)/i.exec(headers.get('content-security-policy') ?? '')?.[1].trim();
  const option = headers.get('x-frame-options');
  const named = ancestors ? (/'self'|\*/.test(ancestors) ? '' : ancestors) : option && !/^sameorigin$/i.test(option) ? `X-Frame-Options: ${option}` : '';
  if (named) note.textContent = `This page forbids frames (${named}); that is lifted here, for the board alone.`;
};

/** Look again, as soon as both pages have come to rest. */
const look = () => {
  clearTimeout(soon);
  if (frames().every((frame) => !frame.dataset.loading)) soon = setTimeout(compare, 60);
};

/** Compare what the frames show at present. */
const compare = () => {
  const pages = frames().map(documentIn);
  stop();
  watchers.forEach((watcher) => watcher.disconnect());
  watchers = [];
  differences = [];
  if (pages.some((page) => page?.URL == 'about:blank')) return told('');
  if (!pages[0]?.body || !pages[1]?.body) return told('One of the pages is on another host, or shut off: its text cannot be compared.');
  const [left, right] = [pages[0], pages[1]];
  const languages = left.documentElement.lang != right.documentElement.lang;
  // Menus and switches differ between languages by themselves: there, the main part alone is looked at.
  const mains = [left, right].map((page) => page.querySelector('main, [role=main]'));
  const [one, other] = languages && mains[0] && mains[1] ? [mains[0], mains[1]] : [left.body, right.body];
  const found = compared(blocksOf(left, one, !languages), blocksOf(right, other, !languages), languages);
  differences = found.differences;
  mark(left, differences, 0);
  mark(right, differences, 1);
  const views = /** @type {[Window, Window]} */ ([left.defaultView, right.defaultView]);
  stop = together(views, () => anchorsOf(views, found.pairs));
  watchers = [left, right].map((page) => {
    const watcher = new MutationObserver(look);
    watcher.observe(page.documentElement, { childList: true, characterData: true, subtree: true });
    return watcher;
  });
  current = -1;
  const titles = [left.title, right.title];
  SIDES.forEach((side) => (byId(`title-${NAMES[side]}`).textContent = titles[side]));
  byId('titles').hidden = titles[0] == titles[1];
  const count = differences.length + (titles[0] != titles[1] && !languages ? 1 : 0);
  told(count ? counted(count, 'difference') : languages ? 'Nothing without a counterpart' : 'No difference', languages);
};

/** @param {HTMLIFrameElement} frame */
const documentIn = (frame) => {
  try {
    return frame.contentDocument;
  } catch {
    return null;
  }
};

/**
 * Say what was found.
 * @param {string} text
 * @param {boolean} [languages]
 */
const told = (text, languages) => {
  byId('differences').textContent = text;
  byId('hint').textContent = languages
    ? 'Two languages: marked is what has no counterpart, and what says the same in both.'
    : '';
  const list = byId('difference-list');
  list.replaceChildren(
    ...differences.map((difference, number) =>
      h('li', {}, h('button', { type: 'button', onclick: () => go(number) }, ...summary(difference))),
    ),
  );
  for (const id of ['previous', 'next']) /** @type {HTMLButtonElement} */ (byId(id)).disabled = !differences.length;
};

/** @param {import('./compared.js').Difference} difference */
const summary = ({ kind, region, shown: [a, b], ranges }) => {
  const quote = (/** @type {Range[]} */ from) => from.map(String).join(' … ').slice(0, 80);
  const [left, right] = ranges.map(quote);
  const which = region && a != b && a && b ? `${region}: ${a} | ${b}` : region;
  return [
    which && h('span', { class: 'region' }, which),
    kind == 'same' ? h('span', {}, 'the same in both: ', h('q', {}, left)) : null,
    kind != 'same' && left && h('del', { dir: 'auto' }, left),
    kind != 'same' && right && h('ins', { dir: 'auto' }, right),
    kind != 'same' && !left && !right && h('span', {}, 'a picture or a control'),
  ];
};

/** @param {number} number */
const go = (number) => {
  if (!differences.length) return;
  current = (number + differences.length) % differences.length;
  for (const side of SIDES) point(differences[current], side);
  const items = byId('difference-list').children;
  [...items].forEach((item, at) => item.toggleAttribute('data-current', at == current));
  items[current].scrollIntoView({ block: 'nearest' });
};

/**
 * Set up what the view has once and for all.
 * @param {(query: URLSearchParams) => void} choose  called when somebody has chosen something else
 */
export const prepareCompare = (choose) => {
  for (const frame of frames()) frame.addEventListener('load', () => {
    delete frame.dataset.loading;
    documentIn(frame)?.addEventListener('ctxsite:decided', look);
    look();
  });
  byId('view-compare').addEventListener('change', () => choose(chosen()));
  new ResizeObserver(fit).observe(byId('compare'));
  byId('previous').addEventListener('click', () => go(current < 0 ? -1 : current - 1));
  byId('next').addEventListener('click', () => go(current + 1));
  byId('swap').addEventListener('click', () => {
    const query = chosen();
    const [left, a, right, b] = ['left', 'a', 'right', 'b'].map((name) => query.get(name) ?? '');
    choose(new URLSearchParams({ ...Object.fromEntries(query), left: right, a: b, right: left, b: a }));
  });
};

/** Let go of the frames when another view is shown. */
export const leaveCompare = () => {
  stop();
  watchers.forEach((watcher) => watcher.disconnect());
  for (const frame of frames()) {
    if (frame.dataset.address) frame.contentWindow?.location.replace('about:blank');
    frame.dataset.address = '';
  }
};
