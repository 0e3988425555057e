// The first script of every page under `ctxsite serve`. If the address, or the tab, has a context to preview, the
// page's own engine is to decide in it: what the engine reads of a visitor comes from there, and from nowhere else.
//
// The engine takes its table from `self.ctxsite` and puts it there parsed. That is noticed here, and in the table the
// sources of all signals are replaced by one that yields the text given in the context. Types, conditions, zones'
// tables, slots: everything else is the engine's own. The source's name is empty, so that nothing is remembered of it.

import { KEY, given, instant, offsetIn, query, read } from './context.js';

/** Built-in signals that the engine's table does not list, and what values they take. */
const BUILT_IN = {
  language: /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/,
  campaign: /[^]/,
  referrer: /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?$/,
  device: /^(phone|tablet|desktop)$/,
  visit: /^(new|returning)$/,
  scheme: /^(light|dark)$/,
};

const DIRECT = ['country', ...Object.keys(BUILT_IN)];
const RENAMED = ['now', 'zone', 'languages', 'segments'];

/**
 * What each signal is told, by the signal's name.
 * @param {Map<string, string>} values
 */
const told = (values) => {
  /** @type {Map<string, unknown>} */
  const texts = new Map();
  for (const [name, value] of values) {
    const own = name.replace(/^\./, '');
    const reserved = ['time', 'segment', ...DIRECT].includes(own);
    if (name == 'segments') texts.set('segment', value);
    else if (name == 'languages') texts.set('language', value.split(',')[0].trim());
    else if (name != 'language' && DIRECT.includes(name)) texts.set(name, value);
    else if (!reserved && !RENAMED.includes(name)) texts.set(own, value);
  }
  for (const [name, form] of Object.entries(BUILT_IN)) {
    const value = /** @type {string | undefined} */ (texts.get(name))?.toLowerCase();
    if (value == null || !form.test(value)) texts.delete(name);
    else texts.set(name, name == 'referrer' ? value.replace(/\.$/, '') : value);
  }
  const at = instant(values.get('now'));
  if (at) {
    const time = new Date(at.time);
    const offset = offsetIn(values.get('zone'), at.time) ?? at.offset;
    time.getTimezoneOffset = () => -offset;
    texts.set('time', time);
  }
  return texts;
};

/**
 * Replace the sources of all signals.
 * @param {any} table
 * @param {string} text
 */
const simulate = (table, text) => {
  const texts = told(read(text));
  table[''] = (/** @type {unknown} */ value) => value;
  table.s ??= {};
  for (const name of ['time', ...Object.keys(BUILT_IN)]) table.s[name] ??= ['text', 0];
  for (const name in table.s) {
    if (!/^\d/.test(name)) table.s[name] = [...table.s[name].slice(0, 2), ...(texts.has(name) ? [['', texts.get(name)]] : [])];
  }
};

let text = given();
// In a frame, as on the board, the address alone says it: frames side by side share the tab's storage.
if (self == top) {
  try {
    if (text == null) {
      text = sessionStorage.getItem(KEY);
      if (text != null) history.replaceState(history.state, '', location.pathname + query(location.search, text) + location.hash);
    }
    const keep = () => text != null && sessionStorage.setItem(KEY, text);
    keep();
    addEventListener('pageshow', keep);
  } catch {}
} else if (text != null) {
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element && target.closest('a');
    if (link && link.origin == location.origin) link.search = query(link.search, text);
  });
}

if (text != null) {
  const context = text;
  Object.defineProperty(self, 'ctxsite', {
    configurable: true,
    get: () => document.getElementById('ctxsite') ?? undefined,
    set: (table) => {
      Object.defineProperty(self, 'ctxsite', { value: table, configurable: true, enumerable: true, writable: true });
      simulate(table, context);
    },
  });
  document.addEventListener('DOMContentLoaded', () => {
    // No engine came: scripts of the site find nothing, as always.
    if (Object.getOwnPropertyDescriptor(self, 'ctxsite')?.get) delete (/** @type {any} */ (self).ctxsite);
  });
}
