// Signal `scheme`: whether the visitor prefers dark colours.
$.scheme = () => (matchMedia('(prefers-color-scheme:dark)').matches ? 'dark' : 'light');
