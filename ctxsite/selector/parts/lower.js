// The type of text that is compared regardless of letter case.
$.lower = (value) => value?.toLowerCase();
