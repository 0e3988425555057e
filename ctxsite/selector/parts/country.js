// The type of a country: two letters.
$.country = (value) => (/^[a-z]{2}$/i.test(value) ? value.toLowerCase() : null);
