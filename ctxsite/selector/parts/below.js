// Source `path:PREFIX` of a boolean signal: whether the address starts with the prefix.
$.below = (prefix) => '' + location.pathname.startsWith(prefix);
