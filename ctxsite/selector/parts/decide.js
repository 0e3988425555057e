// Decisions: the first branch whose condition holds, otherwise the default.

/**
 * Decide the page and its blocks. A table has `d`, `[block or "", [[branch, condition], …], page variants that
 * have this block]` (all of them without the third); the page's own decision comes first, if there is one.
 * The document's title follows, where titles differ: then the table has `t`, the titles of all variants.
 */
$.decide_ = () => {
  const root = document.documentElement.dataset;
  /** @type {Record<string, string>} */
  const blocks = {};
  /** @type {Record<string, Branch>} */
  const reasons = {};
  $.context = /** @type {any} */ ({ __proto__: null });
  for (const [name, branches, pages] of $.d) {
    if (pages?.includes(/** @type {string} */ (root.variant)) ?? true) {
      const [branch] = (reasons[name] = branches.find((candidate) => $.holds_(candidate[1])) ?? ['default']);
      if (name) blocks[name] = branch;
      else root.variant = branch;
    }
  }
  $.decisions = { page: /** @type {string} */ (root.variant), blocks, reasons };
  if ($.t) document.title = $.t[/** @type {string} */ (root.variant)];
};
