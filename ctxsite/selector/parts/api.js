// What a site's scripts may call: `set`, `consent`, `forget`. (Types and meaning: `ctxsite.d.ts`.)
{
  /**
   * Texts that scripts gave for signals of this page; null is none.
   * @type {Record<string, string | null>}
   */
  const given = /** @type {any} */ ({ __proto__: null });

  const { read_: read, place } = $;

  $.read_ = (name) => {
    if (!(name in given)) return read(name);
    const [type, values] = $.s[name] ?? $.m[name];
    return given[name] == null ? {} : { value: $[type](/** @type {string} */ (given[name]), values), from: 'set' };
  };

  $.set = (name, value, { now } = {}) => {
    const [type, values] = $.s[name] ?? $.m[name] ?? [];
    const text = value == null ? null : '' + value;
    if (!type || (text != null && ($[type](text, values) ?? '') === '')) return false;
    given[name] = text;
    if (text != null) $.remember_(name, text);
    else if ($.m[name]) erase($.m[name][2]);
    if (now) again();
    return true;
  };

  $.consent = (yes) => {
    if (!yes) $.forget();
    try {
      const index = $.index_();
      index.consent = yes ? 1 : 0;
      $.save_(index);
    } catch {}
    for (const name in yes ? $.m : {}) {
      const { value, from } = $.context?.[name] ?? {};
      if (given[name] != null) $.remember_(name, given[name]);
      else if (from && !/^(memory|session)$/.test(from)) $.remember_(name, '' + value);
    }
  };

  $.forget = () => {
    try {
      const keys = Object.values($.m).map((signal) => signal[2]);
      ['ctxsite', 'ctxsite.language', ...keys, ...Object.keys($.index_().keys)].forEach(erase);
    } catch {}
  };

  /** @param {string} key */
  const erase = (key) => {
    try {
      localStorage.removeItem(key);
      sessionStorage.removeItem(key);
    } catch {}
  };

  /** Decide anew, once the document is complete, and show what is decided. */
  const again = () => {
    if (document.readyState == 'loading') return document.addEventListener('DOMContentLoaded', again, { once: true });
    if (!$.decisions) return;
    $.decide_();
    document.querySelectorAll('[data-v]+script').forEach((line) => $.place(line));
    document.dispatchEvent(new CustomEvent('ctxsite:decided', { detail: $.decisions }));
  };

  /**
   * Here every branch can be shown again: what is not shown waits in a template, the default in one of its own.
   * So no `id` is there twice, and forms keep what was typed into them.
   */
  $.place = (line = /** @type {HTMLScriptElement} */ (document.currentScript)) => {
    if (document.readyState == 'loading' || !$.decisions) return place(line);
    const slot = /** @type {HTMLElement} */ (line.parentNode);
    const { shown, vary } = slot.dataset;
    const standard = slot.querySelector(':scope>[data-default]');
    const branch = $.decisions.reasons[vary ?? '']?.[0];
    const wanted = branch && template(slot, branch) ? branch : 'default';
    if (standard && shown != 'default') park(slot, 'default', [standard]);
    if (wanted == shown) return;
    const live = [];
    for (let node = line.nextSibling; node; node = node.nextSibling) live.push(node);
    park(slot, /** @type {string} */ (shown), live);
    line.after(/** @type {HTMLTemplateElement} */ (template(slot, wanted)).content);
    slot.dataset.shown = wanted;
    slot.querySelectorAll('[data-v]+script').forEach((inner) => inner != line && $.place(inner));
  };

  /**
   * @param {Element} slot
   * @param {string} branch
   * @returns {HTMLTemplateElement?}
   */
  const template = (slot, branch) => slot.querySelector(`:scope>[data-v~="${branch}"]`);

  /**
   * @param {Element} slot
   * @param {string} branch
   * @param {Node[]} nodes
   */
  const park = (slot, branch, nodes) => {
    let place = template(slot, branch);
    if (!place) {
      place = document.createElement('template');
      place.dataset.v = branch;
      slot.prepend(place);
    }
    place.content.append(...nodes);
  };
}
