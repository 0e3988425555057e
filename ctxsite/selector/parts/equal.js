// Operator `=`: the signal's value is the item.
$['='] = (item, value) => item === value;
