// Source `cookie:NAME`. A value that is not percent-encoded as it should be counts as absent.
$.cookie = (name) => decodeURIComponent(('; ' + document.cookie).split('; ' + name + '=')[1].split(';')[0]);
