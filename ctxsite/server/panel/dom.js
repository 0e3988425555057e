// Elements without markup in texts: nothing here needs what a strict policy, or Trusted Types, forbids.

/**
 * Make an element. Properties that are functions are listeners, `true` and `false` boolean attributes, others
 * attributes; null and undefined are left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} properties
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const h = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value == 'function') element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (typeof value == 'boolean') element.toggleAttribute(name, value);
    else if (value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child != null).map((child) => /** @type {Node | string} */ (child)));
  return element;
};

/**
 * A text that only screen readers read.
 * @param {string} text
 */
export const unseen = (text) => h('span', { class: 'unseen' }, text);

/**
 * Something folded away, with a name by which it is known again after the page was loaded anew.
 * @param {string} key
 * @param {(Node | string)[]} summary
 * @param {Node[]} content
 */
export const fold = (key, summary, ...content) =>
  h('details', { 'data-fold': key }, h('summary', { 'data-key': `fold ${key}` }, ...summary), ...content);
