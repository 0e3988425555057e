// The visitor as a form: a field for each signal, those that the page's rules ask for first.

import { fold, h } from './dom.js';
import { here, minuteOf, show, timeText, write, writeLocal } from './clock.js';

const UNKNOWN = 'unknown';
const TITLES = {
  zone: 'Time zone', languages: 'Languages', segments: 'Segments', country: 'Country', campaign: 'Campaign',
  referrer: 'Referrer', device: 'Device', visit: 'Visit', scheme: 'Colour scheme',
}; // prettier-ignore
const HINTS = { languages: 'de-AT, en', country: 'AT', referrer: 'news.example.org', number: '3.5' };
const FORMS = {
  number: '[+\\-]?\\d{1,300}(\\.\\d+)?',
  country: '[A-Za-z]{2}',
  language: ' *[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*( *, *[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)* *',
  host: '(?!-)[A-Za-z0-9_\\-]{1,63}(\\.[A-Za-z0-9_\\-]{1,63})*\\.?',
};

/** @param {Field} field */
const title = ({ key, name, own }) => (own ? name : /** @type {Record<string, string>} */ (TITLES)[key] ?? name);

/** @type {string[] | undefined} */
let zones;

/**
 * @param {string} id
 * @param {string[]} values
 */
const list = (id, values) => (values.length ? h('datalist', { id }, ...values.map((value) => h('option', { value }))) : null);

/**
 * A labelled field.
 * @param {string} id
 * @param {string} label
 * @param {(Node | null)[]} parts
 */
const labelled = (id, label, ...parts) => h('div', { class: 'field' }, h('label', { for: id }, label), ...parts);

/**
 * @param {Field} field
 * @param {string | undefined} value
 */
const select = (field, value) => {
  const values = field.type == 'boolean' ? ['true', 'false'] : field.values ?? [];
  const held = field.type == 'boolean' ? value?.replace(/^1$/, 'true').replace(/^0$/, 'false') : field.own ? value : value?.toLowerCase();
  const options = ['', ...values].map((each) => h('option', { value: each, selected: each == (held ?? '') }, each || UNKNOWN));
  const id = `field-${field.key}`;
  return labelled(id, title(field), h('select', { id, name: field.key }, ...options));
};

/**
 * @param {Field} field
 * @param {string | undefined} value
 */
const set = (field, value) => {
  const members = value?.split(/ *, */) ?? [];
  const boxes = (field.values ?? []).map((each) =>
    h('label', {}, h('input', { type: 'checkbox', name: field.key, value: each, checked: members.includes(each) }), ' ', each),
  );
  const none = h('label', {}, h('input', { type: 'checkbox', name: field.key, value: '', checked: value === '', 'data-none': true }), ' ', 'in none');
  return h('fieldset', { class: 'field set' }, h('legend', {}, title(field)), ...boxes, none);
};

/**
 * @param {Field} field
 * @param {string | undefined} value
 */
const input = (field, value) => {
  const id = `field-${field.key}`;
  zones ??= Intl.supportedValuesOf('timeZone');
  const values = field.type == 'zone' ? zones : field.suggested;
  const hint = /** @type {Record<string, string>} */ (HINTS)[field.own ? field.type : field.key];
  const control = h('input', {
    id,
    name: field.key,
    value: value ?? '',
    placeholder: hint ? `${UNKNOWN}, or ${hint}` : UNKNOWN,
    list: values.length ? `${id}-list` : null,
    pattern: /** @type {Record<string, string>} */ (FORMS)[field.type],
    inputmode: field.type == 'number' ? 'decimal' : null,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  return labelled(id, title(field), control, list(`${id}-list`, values));
};

/**
 * When something else is shown on that day, as buttons that lead there.
 * @param {PageData['changes']} changes
 */
const moments = (changes) => {
  const buttons = changes.map(({ time, clock, shown }) => {
    const told = Object.entries(shown).map(([block, branch]) => (block ? `${block}: ${branch}` : branch)).join(', ');
    return h('button', { type: 'button', name: 'moment', class: 'link', value: time, 'data-key': `moment ${clock}`, title: told, 'aria-label': `${clock}, ${told}` }, clock);
  });
  return buttons.length ? h('p', { class: 'clock' }, 'Changes at', ...buttons.flatMap((each) => [' ', each])) : null;
};

/**
 * Date, time of day with a slider, and what the clocks show that rules look at.
 * @param {Map<string, string>} values
 * @param {PageData} page
 */
const time = (values, { clocks, changes }) => {
  const at = show(values.get('now'), values.get('zone') ?? '');
  const minute = at ? String(at.minute) : '720';
  const others = Object.entries(clocks).filter(([zone]) => zone != 'visitor');
  return h('fieldset', { class: 'field time', 'data-offset': at?.offset ?? 0 },
    h('legend', {}, at ? 'Date and time' : `Date and time: ${UNKNOWN}`),
    h('input', { type: 'date', name: 'date', 'aria-label': 'Date', value: at?.date, min: '1800-01-01', max: '9998-12-31' }),
    h('input', { type: 'time', name: 'time', 'aria-label': 'Time', value: at && timeText(at.minute) }),
    h('input', { type: 'range', name: 'slider', 'aria-label': 'Time of day', min: 0, max: 1439, step: 1, value: minute, 'aria-valuetext': at ? timeText(at.minute) : UNKNOWN }),
    h('div', { class: 'scale', 'aria-hidden': 'true' }, ...['0', '6', '12', '18', '24'].map((hour) => h('span', {}, hour))),
    moments(changes),
    ...others.map(([zone, shown]) => h('p', { class: 'clock' }, `${zone}: ${shown}`)),
    h('button', { type: 'button', name: 'present', class: 'link', 'data-key': 'present' }, 'Now'),
    h('button', { type: 'button', name: 'clockless', class: 'link', 'data-key': 'clockless', disabled: !at, 'aria-label': 'Make the time unknown' }, 'Unknown'),
  ); // prettier-ignore
};

/**
 * The form; `changed` is called with the visitor's values once a change is complete.
 * @param {PageData} page
 * @param {Map<string, string>} values
 * @param {(values: Map<string, string>) => void} changed
 */
export const form = (page, values, changed) => {
  /** @param {Field} field */
  const made = (field) => {
    const value = values.get(field.key);
    if (field.type == 'instant') return time(values, page);
    if (field.type == 'set') return set(field, value);
    return field.type == 'boolean' || field.values ? select(field, value) : input(field, value);
  };
  const used = page.signals.filter((field) => field.used);
  const others = page.signals.filter((field) => !field.used);
  const element = h('form', { autocomplete: 'off' }, ...used.map(made));
  if (others.length) element.append(fold('others', [used.length ? 'Not asked on this page' : 'Signals'], ...others.map(made)));
  listen(element, page, values, changed);
  return element;
};

/**
 * @param {HTMLFormElement} element
 * @param {PageData} page
 * @param {Map<string, string>} values
 * @param {(values: Map<string, string>) => void} changed
 */
const listen = (element, page, values, changed) => {
  /** @param {string} name */
  const control = (name) => /** @type {HTMLInputElement} */ (element.elements.namedItem(name));

  /** What the fields say now. */
  const collected = () => {
    const data = new FormData(element);
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const { key, type } of page.signals) {
      const all = data.getAll(key).map(String);
      const value = type == 'instant' ? instant() : type == 'set' ? all.filter(Boolean).join(',') : all[0]?.trim();
      if (value || (type == 'set' && all.length)) found.set(key, value ?? '');
    }
    return found;
  };

  const instant = () => {
    const date = control('date').value;
    if (!date || !timed) return date && values.get('now');
    const offset = Number(element.querySelector('.time')?.getAttribute('data-offset'));
    return writeLocal(date, minuteOf(control('time').value || '00:00'), control('zone').value.trim(), offset);
  };

  /** Whether the clock was touched; otherwise the instant stays as it is, to the second. */
  let timed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const flush = () => {
    clearTimeout(waiting);
    waiting = undefined;
    if (element.checkValidity()) changed(collected());
    else element.reportValidity();
  };

  element.addEventListener('input', ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name != 'slider') return;
    control('time').value = timeText(Number(value));
    control('slider').setAttribute('aria-valuetext', timeText(Number(value)));
  });
  element.addEventListener('change', ({ target }) => {
    const { name, value, checked, dataset } = /** @type {HTMLInputElement} */ (target);
    timed ||= ['date', 'time', 'slider', 'zone'].includes(name);
    if (checked) {
      const boxes = element.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`);
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (boxes)) {
        if (box != target && 'none' in (dataset.none != null ? dataset : box.dataset)) box.checked = false;
      }
    }
    if (name == 'slider') control('time').value = timeText(Number(value));
    if (['slider', 'time'].includes(name) && !control('date').value) control('date').value = new Date().toISOString().slice(0, 10);
    clearTimeout(waiting);
    // A slider moved by keys, and a date or time typed digit by digit, are waited for.
    waiting = setTimeout(flush, name == 'slider' ? 250 : ['date', 'time'].includes(name) ? 900 : 0);
  });
  element.addEventListener('focusout', () => waiting && flush());
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    flush();
  });
  element.addEventListener('click', ({ target }) => {
    const { name, value } = /** @type {HTMLButtonElement} */ (target);
    if (!['present', 'clockless', 'moment'].includes(name)) return;
    if (name == 'present') control('zone').value ||= here();
    const found = collected();
    const offset = Number(element.querySelector('.time')?.getAttribute('data-offset'));
    const at = name == 'moment' ? Number(value) : Math.floor(Date.now() / 6e4) * 6e4;
    found.delete('now');
    changed(name == 'clockless' ? found : new Map([['now', write(at, found.get('zone') ?? '', offset)], ...found]));
  });
};
