// The type of signals with listed values.
$.enum = (value, values) => (values.includes(value) ? value : null);
