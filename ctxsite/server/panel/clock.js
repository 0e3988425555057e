// Instants as a form shows them: a date and a minute of the day, on the clock of a zone.

import { instant, offsetIn } from './context.js';

/** @param {number} number */
const two = (number) => String(Math.floor(number)).padStart(2, '0');

/** @param {number} minute */
export const timeText = (minute) => `${two(minute / 60)}:${two(minute % 60)}`;

/** @param {string} text */
export const minuteOf = (text) => {
  const [hour, minute] = text.split(':').map(Number);
  return hour * 60 + minute;
};

/** The visitor's own zone. */
export const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Write an instant with the offset that its zone has then, or the one given.
 * @param {number} time  milliseconds since 1970
 * @param {string} zone  empty: unknown
 * @param {number} offset  minutes, for an unknown zone
 */
export const write = (time, zone, offset) => {
  const lag = offsetIn(zone, time) ?? offset;
  const whole = Number.isInteger(lag) ? lag : 0; // before clocks agreed on whole minutes
  const shown = new Date(time + whole * 6e4).toISOString();
  return `${shown.slice(0, shown.endsWith(':00.000Z') ? 16 : 19)}${whole < 0 ? '-' : '+'}${timeText(Math.abs(whole))}`;
};

/**
 * Write the instant at which a zone's clock shows a date and a minute; of two, the first, and where there is none, the
 * one that would have been.
 * @param {string} date  `2026-12-24`
 * @param {number} minute
 * @param {string} zone  empty: unknown
 * @param {number} offset  minutes, for an unknown zone
 */
export const writeLocal = (date, minute, zone, offset) => {
  const local = Date.parse(`${date}T${timeText(minute)}Z`);
  const before = offsetIn(zone, local - 864e5) ?? offset;
  const first = local - before * 6e4;
  const lag = offsetIn(zone, first) ?? offset;
  const second = local - lag * 6e4;
  return write((offsetIn(zone, second) ?? offset) == lag ? second : first, zone, offset);
};

/**
 * What a clock shows of an instant as it is written: the date and the minute; nothing if it is none.
 * @param {string | undefined} text
 * @param {string} zone
 */
export const show = (text, zone) => {
  const at = instant(text);
  if (!at) return;
  const offset = offsetIn(zone, at.time) ?? at.offset;
  const shown = new Date(at.time + offset * 6e4).toISOString();
  return { date: shown.slice(0, 10), minute: minuteOf(shown.slice(11, 16)), offset };
};
