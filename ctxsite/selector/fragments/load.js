// Loads alternatives that are too large to be in the page: a script of its own, after the engine, in the head of pages
// that have such alternatives.

/**
 * A slot has an empty template for each of them: `<template data-v data-for="NAMES" data-fragment="URL">`. It becomes
 * one like the others (`data-v="NAMES"`) once it is filled. The engine by itself finds no name in it, and leaves the
 * default; so does a fragment that is lost, late, or not what was asked for.
 *
 * While the alternative is on its way, the default keeps its place, invisible (`data-waiting`, and a style rule that
 * ends by itself, should this script die). What has been shown already stays until the other one is here.
 *
 * @param {Engine} $
 * @param {number} limit  how long a fragment may take, in milliseconds
 */
export default ($, limit) => {
  const { place } = $;
  if (!place) return;

  /** Lines whose slot has been decided once. */
  const decided = new WeakSet();

  $.place = (line = /** @type {HTMLScriptElement} */ (document.currentScript)) => {
    const slot = /** @type {HTMLElement} */ (line.parentNode);
    const branch = $.decisions?.reasons[slot.dataset.vary ?? '']?.[0];
    const template = /** @type {HTMLTemplateElement?} */ (slot.querySelector(`:scope>[data-for~="${branch}"]`));
    if (template) {
      if (!decided.has(line)) slot.dataset.waiting = '';
      ask(line, template);
    } else {
      delete slot.dataset.waiting;
      place(line);
    }
    if (branch) decided.add(line);
  };

  /**
   * @param {Element} line
   * @param {HTMLTemplateElement} template
   */
  const ask = (line, template) => {
    const { fragment, for: names } = template.dataset;
    if (!fragment) return; // it has been asked for
    delete template.dataset.fragment;
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open('GET', fragment);
    request.responseType = 'document'; // parsed without a string that Trusted Types would guard
    request.timeout = limit;
    request.onloadend = () => {
      removeEventListener('pagehide', stop);
      const end = request.status == 200 && request.response?.querySelector('[data-fragment]+p');
      if (end) {
        template.content.append(end.previousElementSibling.content);
        template.dataset.v = names;
        delete template.dataset.for;
      } else template.remove();
      $.place(line);
      if (end) arrive(/** @type {Element} */ (line.parentNode));
    };
    addEventListener('pagehide', stop); // a page with a request under way is not kept for going back
    request.send();
  };

  /**
   * Go to the place that the address names, if it has come just now.
   * @param {Element} slot
   */
  const arrive = (slot) => {
    try {
      const { hash } = location;
      const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
      if (target && slot.contains(target)) location.replace(location.href);
    } catch {}
  };
};
