// Clocks on the wall. A clock is read like a signal: minutes since 1970 began there, as if there were no zones.
// The visitor's clock is named 0; those of zones are signals of the table, named by numbers from 1.

/** The instant of this decision. */
$.time = () => new Date();

/** What a clock shows that UTC shows at the given time. */
$.wall_ = (time) => Math.floor(time / 6e4);

/** The visitor's own clock. */
$[0] = () => {
  const now = $.value_('time');
  return $.wall_(now - now.getTimezoneOffset() * 6e4);
};
