// Source `media:QUERY`: whether a media query matches, as `true` or `false`.
$.media = (query) => '' + matchMedia(query).matches;
