// Operator `&`: every part holds.
$['&'] = (parts) => parts.every($.holds_);
