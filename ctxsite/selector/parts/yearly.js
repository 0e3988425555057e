// Operator `y`: the day of the year, as 100 × month + day, is in a closed interval.
$.y = (item, clock) => clock != null && $['#'](item, +new Date(clock * 6e4).toISOString().slice(5, 10).replace('-', ''));
