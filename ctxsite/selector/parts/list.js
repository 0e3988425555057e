// The type of sets: listed values with commas between. Members that are not listed are dropped; a set that has
// no other members is absent, an empty one is known.
$.list = (value, values, members = value?.split(/ *, */).filter((/** @type {string} */ member) => values.includes(member))) =>
  members?.[0] || !value ? members : null;
