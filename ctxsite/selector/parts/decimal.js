// The type of decimal numbers.
$.decimal = (value) => (/^[+-]?\d+(\.\d+)?$/.test(value) ? +value : null);
