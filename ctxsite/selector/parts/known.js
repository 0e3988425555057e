// Operator `*`: the signal is known; an empty set is.
$['*'] = (item, value) => value != null;
