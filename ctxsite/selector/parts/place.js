// Slots and blocks: `<div data-slot|data-vary=NAME data-shown=default>`, templates, the slot line, the default.

/**
 * Show the decided branch in the slot whose line this is: the template's content goes between the line and the
 * default, which then is hidden by the guard rule, and taken away once the document is complete, so that no `id`
 * is there twice. No template of that name: the default stays. May be called again; the slot line calls it first.
 */
$.place = (line = /** @type {HTMLScriptElement} */ (document.currentScript)) => {
  const slot = /** @type {HTMLElement} */ (line.parentNode);
  const branch = $.decisions?.reasons[slot.dataset.vary ?? '']?.[0];
  const template = /** @type {HTMLTemplateElement?} */ (slot.querySelector(`:scope>[data-v~="${branch}"]`));
  if (template) {
    line.after(template.content);
    slot.dataset.shown = branch;
    if (document.readyState != 'loading') slot.querySelector(':scope>[data-default]')?.remove();
  }
};
