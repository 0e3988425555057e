// Operator `^`: a host or its subdomains. Items start with a dot.
$['^'] = (item, value) => value != null && ('.' + value).endsWith(item);
