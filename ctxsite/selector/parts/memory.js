// What is remembered from visit to visit, and whether it may be.
//
// The site's engine starts with `m`, for each remembered signal its type, values, key and days (0: for the session),
// and `c`, whether consent is required. A value stands in local storage under its key, as a site's own script would
// write it; beside it, under `ctxsite`, an index in JSON says until when which keys are kept. Storage that throws, is
// full or holds garbage changes nothing: every exception ends where the value is read, or here.

/** @returns {MemoryIndex} */
$.index_ = () => {
  const text = /** @type {string} */ (localStorage.getItem('ctxsite'));
  try {
    const { consent, visit, keys } = JSON.parse(text);
    return { consent, visit, keys: { __proto__: null, ...keys } };
  } catch {
    return { keys: /** @type {any} */ ({ __proto__: null }) };
  }
};

$.save_ = (index) => localStorage.setItem('ctxsite', JSON.stringify(index));

/** Whether anything may be remembered: never against Global Privacy Control; else as the visitor said, or the site. */
$.allowed_ = ({ consent }) => !navigator.globalPrivacyControl && !!(consent ?? !$.c);

/** Remember a signal's value, given as text, as its declaration and the visitor allow. */
$.remember_ = (name, text) => {
  try {
    const [, , key, days] = $.m[name];
    const index = $.index_();
    if (!$.allowed_(index)) return;
    if (days) {
      index.keys[key] = Date.now() + days * 864e5;
      $.save_(index);
      localStorage.setItem(key, text);
    } else sessionStorage.setItem(key, text);
  } catch {}
};

/** Source `memory:KEY`: an entry of local storage, unless it is one of ours that may be kept no longer. */
$.memory = (key) => {
  const index = $.index_();
  if (key in index.keys && !($.allowed_(index) && index.keys[key] > Date.now())) {
    delete index.keys[key];
    localStorage.removeItem(key);
    $.save_(index);
  }
  return localStorage.getItem(key);
};

/** Source `session:KEY`: an entry of the session's storage. */
$.session = (key) => sessionStorage.getItem(key);

{
  const read = $.read_;

  /** What a signal's other sources yield is remembered. */
  $.read_ = (name) => {
    const reading = read(name);
    if (name in $.m && reading.from && !/^(memory|session)$/.test(reading.from)) {
      $.remember_(String(name), '' + reading.value);
    }
    return reading;
  };
}
