// Operator `#`: a number in a closed interval. Neither undefined nor NaN is in any.
$['#'] = ([low, high], value) => low <= /** @type {number} */ (value) && /** @type {number} */ (value) <= high;
