// Source `storage:NAME`: an entry of the site's local storage.
$.storage = (name) => localStorage.getItem(name);
