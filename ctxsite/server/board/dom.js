// Elements from values. Nothing here takes markup, so nothing that a site says of itself can become some.

/**
 * Make an element: attributes (listeners where the name is that of an event handler), then children.
 * `null` and `false` are left out, `true` is an empty attribute.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export const h = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value == 'function') made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value != null && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child != null && child !== false).map((child) => /** @type {Node} */ (child)));
  return made;
};

/**
 * Return the element with an id that the board's own HTML has.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * A number with its noun: `1 page`, `2 pages`.
 * @param {number} count
 * @param {string} noun
 */
export const counted = (count, noun) => `${count.toLocaleString('en')} ${noun}${count == 1 ? '' : 's'}`;

/**
 * Say something to those who cannot see it, and show it for a moment to those who can.
 * @param {string} text
 */
export const announce = (text) => {
  const status = byId('said');
  status.textContent = text;
  status.classList.add('shown');
  clearTimeout(said);
  said = setTimeout(() => status.classList.remove('shown'), 2500);
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let said;
