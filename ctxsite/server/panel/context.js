// A context as text, in an address: `now:2026-12-24T20:15+01:00;zone:Europe/Vienna;segments:business`. What it means
// is told, and read in the same way, in `preview_context.py`.

export const PARAMETER = 'ctx';

/** Where the tab keeps the context between pages: session storage, of the development server's origin. */
export const KEY = 'ctxsite:preview';

/**
 * Read a text into values by name; the last one of a name counts, what is malformed does not.
 * @param {string} text
 * @returns {Map<string, string>}
 */
export const read = (text) => {
  const found = new Map();
  for (const item of text.split(';')) {
    const colon = item.indexOf(':');
    if (colon < 0) continue;
    const name = item.slice(0, colon);
    try {
      const value = decodeURIComponent(item.slice(colon + 1));
      found.set(name, name == 'now' || name == 'zone' ? value.replace(/ /g, '+') : value);
    } catch {}
  }
  return found;
};

/**
 * Write values as text.
 * @param {Map<string, string>} values
 */
export const write = (values) =>
  [...values]
    .map(([name, value]) =>
      name == 'now' || name == 'zone' ? `${name}:${value}` : `${name}:${value.replace(/[%;+\s\x00-\x1f\x7f]/g, encodeURIComponent)}`,
    )
    .join(';') || '-';

/** The text in the page's address, or null. */
export const given = () => new URLSearchParams(location.search).get(PARAMETER);

/**
 * The query of an address with this text in place of any other; null: without one.
 * @param {string} search
 * @param {string?} text
 */
export const query = (search, text) => {
  const others = search.replace(/^\?/, '').split('&').filter((part) => part && part.split('=')[0] != PARAMETER);
  if (text != null) others.push(`${PARAMETER}=${encodeURIComponent(text).replace(/%(3A|3B|2C|2F|2B|40)/g, decodeURIComponent)}`);
  return others.length ? `?${others.join('&')}` : '';
};

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:Z|([-+])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * Read an instant with an offset: milliseconds since 1970, and the offset in minutes; nothing if it is none.
 * @param {string | undefined} text
 */
export const instant = (text) => {
  const match = INSTANT.exec(text ?? '');
  if (!match) return;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  if (year < 2 || year > 9998) return;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() != month - 1 || date.getUTCDate() != day) return;
  date.setUTCHours(hour, minute, second || 0);
  const offset = match[7] ? (Number(match[8]) * 60 + Number(match[9])) * (match[7] == '-' ? -1 : 1) : 0;
  return { time: date.getTime() - offset * 6e4, offset };
};

/** @type {Intl.DateTimeFormatOptions} */
const PARTS = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' };

/**
 * The offset of a zone at an instant, in minutes; nothing if there is no such zone.
 * @param {string | undefined} zone
 * @param {number} time
 */
export const offsetIn = (zone, time) => {
  if (!/^[a-z]/i.test(zone ?? '')) return;
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', era: 'short', ...PARTS });
    const shown = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const date = new Date(0);
    date.setUTCFullYear(shown.era == 'AD' ? +shown.year : 1 - +shown.year, +shown.month - 1, +shown.day);
    date.setUTCHours(+shown.hour, +shown.minute, +shown.second);
    return (date.getTime() - Math.floor(time / 1e3) * 1e3) / 6e4;
  } catch {}
};
