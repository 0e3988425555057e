// Signal `language`: the first of the visitor's languages, in lower case.
$.language = () => navigator.languages[0].toLowerCase();
