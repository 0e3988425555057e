// Clocks on the wall. A clock is read like a signal: minutes since 1970 began there, as if there were no zones.
// The visitor's clock is named 0; those of zones are signals of the table, named by numbers from 1.

/** The instant of this decision. */
$.time = () => new Date();

/** A clock that lags behind UTC by so many minutes. */
$.wall_ = (lag) => Math.floor($.value_('time') / 6e4 - lag);

/** The visitor's own clock. */
$[0] = () => $.wall_($.value_('time').getTimezoneOffset());
