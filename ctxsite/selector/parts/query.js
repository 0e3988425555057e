// Source `query:NAME`: a parameter of the address.
$.query = (name) => new URLSearchParams(location.search).get(name);
