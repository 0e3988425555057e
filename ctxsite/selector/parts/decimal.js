// The type of decimal numbers (of at most 300 digits: longer ones would be infinite).
$.decimal = (value) => (/^[+-]?\d{1,300}(\.\d+)?$/.test(value) ? +value : null);
