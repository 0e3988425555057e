// Operator `@`: a condition that stands once in the table and is used several times.
$['@'] = (index) => $.holds_($.a[index]);
