// Operator `|`: one of the parts holds.
$['|'] = (parts) => parts.some($.holds_);
