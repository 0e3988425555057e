// The type of yes and no.
$.boolean = (value) => (/^(true|1)$/.test(value) ? true : /^(false|0)$/.test(value) ? false : null);
