// Source `path:PREFIX`: the segment of the address that follows the prefix; `true` for booleans (part `below`).
$.path = (prefix) =>
  location.pathname.startsWith(prefix) ? decodeURIComponent(location.pathname.slice(prefix.length).split('/')[0]) : null;
