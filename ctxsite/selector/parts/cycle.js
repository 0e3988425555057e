// Operator `%`: the minute of the day or of the week (from Monday) is in a closed interval; the item's third number
// says how long a day or a week is. (1970 began on a Thursday; the 10,000 weeks are for clocks before it.)
$['%'] = (item, clock) => $['#'](item, (/** @type {number} */ (clock) + 100804320) % item[2]);
