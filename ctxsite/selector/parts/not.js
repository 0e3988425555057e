// Operator `!`: the part does not hold.
$['!'] = (part) => !$.holds_(part);
