// Operator `?`: the item is a member of the set.
$['?'] = (item, value) => value?.includes(item);
