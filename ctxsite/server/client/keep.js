// What a person has done on a page, kept over a reload: scroll, focus, open <details>, and what was written into fields.

const KEY = 'ctxsite.keep';

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {{ value: string, checked: boolean, chosen: boolean[] }} Entry */

/**
 * Name elements by what they are rather than by where: the page may have changed around them.
 *
 * @template {Element} E
 * @param {string} selector
 * @param {(element: E) => string} naming
 * @returns {[string, E][]}
 */
const named = (selector, naming) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return [.../** @type {NodeListOf<E>} */ (document.querySelectorAll(selector))].map((element) => {
    const name = element.id ? `#${element.id}` : naming(element);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return [`${name} ${count}`, element];
  });
};

const details = () =>
  named('details', (/** @type {HTMLDetailsElement} */ one) => one.querySelector('summary')?.textContent?.trim() ?? '');

const fields = () =>
  named('input, textarea, select', (/** @type {Field} */ one) => `${one.form?.id ?? ''}/${one.name}/${one.type}`);

/** What may have the focus. */
const targets = () =>
  named('a[href], button, input, textarea, select, summary, [tabindex]', (/** @type {HTMLElement} */ one) =>
    [one.tagName, one.getAttribute('name') ?? one.getAttribute('href') ?? one.textContent?.trim()].join(' ')
  );

/** What scrolls beside the page itself. */
const scrollers = () =>
  named('body *', (one) => `${one.tagName}.${one.className}`).filter(([, one]) => one.scrollTop || one.scrollLeft);

/** @param {Field} field */
const entry = (field) => ({
  value: field.value,
  checked: 'checked' in field && field.checked,
  chosen: 'options' in field ? [...field.options].map((option) => option.selected) : [],
});

/** @param {Field} field  Passwords and files are never kept. */
const changed = (field) => {
  if (field.type == 'password' || field.type == 'file' || field.type == 'hidden') return false;
  if ('options' in field) return [...field.options].some((option) => option.selected != option.defaultSelected);
  if ('checked' in field && field.checked != field.defaultChecked) return true;
  return field.value != field.defaultValue;
};

/** @param {Element | null} one */
const selected = (one) =>
  one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? [one.selectionStart, one.selectionEnd] : null;

/** Remember it, for this tab and this address. */
export const save = () => {
  const focused = document.activeElement;
  const kept = {
    address: location.pathname + location.search,
    scroll: [scrollX, scrollY],
    scrollers: scrollers().map(([name, one]) => [name, one.scrollLeft, one.scrollTop]),
    details: details().map(([name, one]) => [name, one.open]),
    fields: fields()
      .filter(([, one]) => changed(one))
      .map(([name, one]) => [name, entry(one)]),
    focus: targets().find(([, one]) => one == focused)?.[0],
    selection: selected(focused),
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is blocked or full: then the browser's own memory has to do.
  }
};

/** Bring it back, once. */
export const restore = () => {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    sessionStorage.removeItem(KEY);
  } catch {
    return;
  }
  if (kept?.address != location.pathname + location.search) return;

  const open = new Map(kept.details);
  for (const [name, one] of details()) if (open.has(name)) one.open = open.get(name);

  /** @type {Map<string, Entry>} */
  const entries = new Map(kept.fields);
  for (const [name, field] of fields()) {
    const was = entries.get(name);
    if (!was) continue;
    if ('options' in field) [...field.options].forEach((option, i) => (option.selected = was.chosen[i] ?? false));
    else if ('checked' in field && /^(?:checkbox|radio)$/.test(field.type)) field.checked = was.checked;
    else field.value = was.value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  const focus = targets().find(([name]) => name == kept.focus)?.[1];
  if (focus && document.activeElement == document.body) {
    focus.focus({ preventScroll: true });
    if (kept.selection && 'setSelectionRange' in focus) {
      try {
        /** @type {HTMLInputElement} */ (focus).setSelectionRange(kept.selection[0], kept.selection[1]);
      } catch {
        // Not every kind of field has a selection.
      }
    }
  }

  const positions = new Map(kept.scrollers.map((/** @type {[string, number, number]} */ [name, ...at]) => [name, at]));
  const scroll = () => {
    scrollTo({ left: kept.scroll[0], top: kept.scroll[1], behavior: 'instant' });
    if (!positions.size) return;
    for (const [name, one] of named('body *', (one) => `${one.tagName}.${one.className}`)) {
      const at = positions.get(name);
      if (at) one.scrollTo({ left: at[0], top: at[1], behavior: 'instant' });
    }
  };
  let moved = false;
  for (const sign of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
    addEventListener(sign, () => (moved = true), { once: true, passive: true });
  }
  scroll();
  addEventListener('load', () => moved || scroll(), { once: true }); // images may have given the page its length
};
