// Operator `~`: basic filtering of language tags (RFC 4647, 3.3.1). Items end with a hyphen. (An unknown language
// reads as `undefined-`, which no range can be: the parts of a language tag have eight letters at most.)
$['~'] = (item, value) => (value + '-').startsWith(item);
