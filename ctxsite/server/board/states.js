// What states are called, which of them a cell is in, and what is wrong with it.

/** States by which the overview is filtered, in the order of its buttons: what they are called, and what they mean. */
export const STATES = /** @type {Record<string, {label: string, title: string, tone: string}>} */ ({
  missing: { label: 'Missing', title: 'Pages and variants without a translation', tone: 'missing' },
  outdated: { label: 'Outdated', title: 'The source has changed since the translation', tone: 'outdated' },
  unmarked: { label: 'Not marked', title: 'Translated, but nobody has said of which text (ctxsite i18n done)', tone: 'unmarked' },
  unreachable: { label: 'Never shown', title: 'No visitor can get this variant or branch', tone: 'fault' },
  over: { label: 'Over', title: 'The time of this variant or branch is over', tone: 'past' },
  clockless: { label: 'Without a clock', title: 'Only shown where the time is unknown', tone: 'fault' },
  undecided: { label: 'Undecided', title: 'The rules ask too much to be sure that it can be shown', tone: 'unmarked' },
  draft: { label: 'Draft', title: 'Not published: draft', tone: 'draft' },
  scheduled: { label: 'Scheduled', title: 'Not published yet', tone: 'scheduled' },
  expired: { label: 'Expired', title: 'No longer published', tone: 'past' },
  problems: { label: 'With problems', title: 'The build has something to say about this page', tone: 'fault' },
});

const WORDS = {
  source: 'original',
  generated: 'generated',
  current: 'translated',
  unmarked: 'translated',
  outdated: 'outdated',
  missing: 'missing',
};

const FAULTS = { unreachable: 'never shown', over: 'over', clockless: 'without a clock', undecided: 'undecided' };

/**
 * The outcome of a cell with a name; every cell has a default, also where nothing is said of it.
 * @param {Cell} cell
 * @param {string} name
 * @returns {Outcome | undefined}
 */
export const outcomeOf = (cell, name) =>
  cell.outcomes?.find((outcome) => outcome.name == name) ?? (name == 'default' ? { name } : undefined);

/**
 * The states that one cell of the overview is in: of a page, or of one of its variants.
 * @param {Cell | null} cell
 * @param {string} variant
 * @returns {string[]}
 */
export const statesOf = (cell, variant) => {
  const outcome = cell && outcomeOf(cell, variant);
  if (!cell || !outcome) return [];
  const own = variant == 'default' ? [cell.state, ...(cell.marks ?? []), ...(cell.blockFaults ?? [])] : [outcome.state ?? ''];
  return [...own, outcome.fault ?? ''].filter(Boolean);
};

/**
 * What a cell says, in a word or two, and its tone (a class).
 * @param {Cell} cell
 * @param {string} variant
 * @returns {{word: string, tone: string, title: string}}
 */
export const said = (cell, variant) => {
  const outcome = outcomeOf(cell, variant);
  const fault = outcome?.fault;
  if (fault) return { word: FAULTS[fault], tone: STATES[fault].tone, title: STATES[fault].title };
  const mark = variant == 'default' && cell.marks?.[0];
  if (mark) {
    const day = cell.date && mark != 'draft' ? ` ${cell.date.slice(0, 10)}` : '';
    const word = { draft: 'draft', scheduled: 'due', expired: 'ended' }[mark] + day;
    return { word, tone: STATES[mark].tone, title: STATES[mark].title };
  }
  const state = variant == 'default' ? cell.state : outcome?.state;
  if (!state) return { word: 'shown', tone: 'source', title: 'Without a text of its own' };
  const instead = state == 'missing' && cell.shown ? `, shown in ${cell.shown}` : '';
  return { word: WORDS[state], tone: state, title: (STATES[state]?.title ?? WORDS[state]) + instead };
};

/**
 * The names of a page's variants over all languages, in the order of the first language that has them.
 * @param {Row} row
 */
export const variantsOf = (row) => {
  const names = new Set(row.cells.flatMap((cell) => cell?.outcomes?.map((outcome) => outcome.name) ?? []));
  names.delete('default');
  return [...names];
};

/**
 * The title of a page: in the default language, or the first there is.
 * @param {Row} row
 * @param {BoardData} board
 */
export const titleOf = (row, board) => {
  const own = row.cells[board.languages.findIndex((language) => language.code == board.default)];
  return own?.title || row.cells.find((cell) => cell?.title)?.title || row.id || '/';
};

/**
 * The address that shows a cell in a context, or undefined where nothing is built.
 * @param {BoardData} board
 * @param {Cell} cell
 * @param {number} language
 * @param {string | undefined} text  of the context
 */
export const addressOf = (board, cell, language, text) => {
  if (!cell.url) return;
  const { host } = board.languages[language];
  const origin = host ? `//${host}${location.port && `:${location.port}`}` : '';
  return origin + cell.url + (text == null ? '' : `?ctx=${query(text)}`);
};

/** An id as a part of the board's own address. @param {string} id */
export const pathOf = (id) => id.split('/').map(encodeURIComponent).join('/');

/** @param {string} text */
const query = (text) => encodeURIComponent(text).replace(/%(3A|3B|2C|2F|40)/g, decodeURIComponent);
