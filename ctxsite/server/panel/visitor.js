// The visitor whose eyes the page is seen through: the one of the address, or whoever is really here.

import { given, read } from './context.js';
import { here, write } from './clock.js';

/** @returns {EngineView | undefined} */
export const engine = () => {
  const found = /** @type {any} */ (self).ctxsite;
  return found?.decisions ? found : undefined;
};

/** @param {unknown} value */
const text = (value) => (Array.isArray(value) ? value.join(',') : String(value));

/**
 * What the engine knows of a signal; what it had no reason to read yet, it would read like this.
 * @param {EngineView} $
 * @param {string} name
 * @returns {Reading}
 */
const reading = ($, name) => {
  if ($.context?.[name]) return $.context[name];
  const [type, values, ...sources] = $.s?.[name] ?? [];
  for (const [from, argument] of sources) {
    try {
      const value = $[type]($[from](argument), values);
      if (value != null && value !== '') return { value, from };
    } catch {}
  }
  return {};
};

/** @param {number} time */
const minute = (time) => write(Math.floor(time / 6e4) * 6e4, here(), 0);

/**
 * The real visitor, as far as the page's engine and the browser know.
 * @param {Field[]} fields
 */
const present = (fields) => {
  const $ = engine() ?? {};
  const width = innerWidth;
  /** @type {Map<string, string>} */
  const values = new Map([
    ['now', minute(Date.now())],
    ['zone', here()],
    ['languages', navigator.languages.join(',')],
    ['device', width < 640 ? 'phone' : width < 1024 ? 'tablet' : 'desktop'],
    ['scheme', matchMedia('(prefers-color-scheme:dark)').matches ? 'dark' : 'light'],
  ]);
  const time = $.context?.time?.value;
  if (time instanceof Date) values.set('now', minute(+time));
  for (const { key, name } of fields) {
    const { value } = reading($, name);
    if (value != null && !['time', 'language'].includes(name)) values.set(key, text(value));
  }
  return values;
};

/**
 * Values by their names in the text of a context. What a script of the page has said to the engine meanwhile
 * (`ctxsite.set`) is among them.
 * @param {Field[]} fields
 */
export const visitor = (fields) => {
  const simulated = given();
  const values = simulated == null ? present(fields) : read(simulated);
  for (const { key, name } of fields) {
    const { value, from } = engine()?.context?.[name] ?? {};
    if (from == 'set') values.set(key, text(value));
  }
  return values;
};

/**
 * What the page's engine decided otherwise than the definition of the rules, in words.
 * @param {PageData} page
 */
export const disagreements = (page) => {
  const decisions = engine()?.decisions;
  if (!page.traces.length) return [];
  if (!decisions) return ['The page’s engine did not run: the default is shown.'];
  const found = [];
  if (decisions.page != page.variant) found.push(`The page: the engine chose ${decisions.page}, the rules say ${page.variant}.`);
  for (const [block, branch] of Object.entries(decisions.blocks)) {
    const right = page.blocks[block];
    if (branch != right) found.push(`Block ${block}: the engine chose ${branch}, the rules say ${right ?? 'that it is not there'}.`);
  }
  return found;
};
