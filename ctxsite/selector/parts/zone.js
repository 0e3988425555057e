// Clocks of named time zones, from offset tables made of the time-zone database.

/**
 * A table is `[length, lag, length, lag, …, "~", lag]` in minutes: for the first length of time since 1970 the first
 * lag behind UTC holds, then the next; the last has no end. Before and after the years of the table the zone's name
 * stands for a lag: `Intl` is asked, which costs milliseconds. (Swedish dates are written as in ISO 8601.)
 */
$.zone = (table) => {
  const now = $.value_('time');
  let left = now / 6e4;
  let i = 0;
  while ((left -= table[i]) >= 0) i += 2;
  const lag = table[i + 1];
  return $.wall_(lag.at ? new Date(now.toLocaleString('sv', { timeZone: lag }) + 'Z') : now - lag * 6e4);
};
