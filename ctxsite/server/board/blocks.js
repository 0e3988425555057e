// A page as a person sees it: blocks of words, in order, each with the places where its words stand.

/**
 * A word, or something that is shown in place of one. `range` is where it is.
 * @typedef {{text: string, range: Range}} Word
 */

/**
 * A run of words without a block in between. `element` is what holds it, `region` the innermost slot or block of the
 * page (by its name) that it is in.
 * @typedef {{element: Element, region: Element | null, words: Word[]}} Block
 */

const SHOWN_AS_THEY_ARE = new Set(['IMG', 'SVG', 'VIDEO', 'AUDIO', 'CANVAS', 'IFRAME', 'INPUT', 'SELECT', 'TEXTAREA', 'METER', 'PROGRESS', 'HR']);
const NOT_SHOWN = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'HEAD', 'TITLE']);
const WORD = /\p{N}+(?:[.,:]\p{N}+)*|[\p{L}\p{N}\p{M}_]+(?:[-'’][\p{L}\p{N}\p{M}]+)*|\S/gu;

/**
 * What the development server puts into pages, and the bar that offers whoever sits here a language.
 * @param {HTMLElement} element
 */
const foreign = (element) => element.localName.startsWith('ctxsite-') || element.dataset?.languages != null;

/**
 * Return the blocks of a document.
 * @param {Document} page
 * @param {Element} root  what of it is looked at
 * @param {boolean} targets  whether links that lead elsewhere are differences
 * @returns {Block[]}
 */
export const blocksOf = (page, root, targets) => {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Block | null} */
  let open = null;

  /** @param {Element} element @param {Element | null} region */
  const current = (element, region) => (open ??= { element, region, words: [] });
  const close = () => {
    if (open?.words.length) blocks.push(open);
    open = null;
  };

  /** @param {string} text @param {Element} around @param {Element} element @param {Element | null} region */
  const put = (text, around, element, region) => {
    const range = page.createRange();
    range.selectNode(around);
    current(element, region).words.push({ text, range });
  };

  /** @param {Element} parent @param {Element} holder @param {Element | null} region */
  const walk = (parent, holder, region) => {
    for (const node of parent.childNodes) {
      if (node.nodeType == 3) {
        for (const match of (node.nodeValue ?? '').matchAll(WORD)) {
          const range = page.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + match[0].length);
          current(holder, region).words.push({ text: match[0], range });
        }
      }
      if (node.nodeType != 1) continue;
      const element = /** @type {HTMLElement} */ (node);
      if (NOT_SHOWN.has(element.tagName) || foreign(element)) continue;
      const { display } = /** @type {Window} */ (page.defaultView).getComputedStyle(element);
      if (display == 'none') continue;
      const within = element.dataset?.slot != null || element.dataset?.vary != null ? element : region;
      const flows = display == 'contents' || display.startsWith('inline');
      if (!flows || within != region) close();
      if (SHOWN_AS_THEY_ARE.has(element.tagName.toUpperCase())) put(pictured(element), element, flows ? holder : element, within);
      else {
        if (targets && element.tagName == 'A' && element.hasAttribute('href')) put(`→${leading(element)}`, element, flows ? holder : element, within);
        walk(element, flows ? holder : element, within);
      }
      if (!flows || within != region) close();
    }
  };

  walk(root, root, null);
  close();
  return blocks;
};

/** Where a link leads, without the context of the preview. @param {Element} element */
const leading = (element) => {
  const { pathname, search, hash } = /** @type {HTMLAnchorElement} */ (element);
  const query = search.replace(/^\?/, '').split('&').filter((part) => part && !part.startsWith('ctx=')).join('&');
  return pathname + (query && `?${query}`) + hash;
};

/** A picture or a control, as a text. @param {Element} element */
const pictured = (element) => {
  const named = ['src', 'alt', 'type', 'value', 'aria-label', 'poster'].map((name) => element.getAttribute(name) ?? '');
  return `‹${element.localName} ${named.join(' ').trim() || element.innerHTML.length}›`;
};

/** The words of a block as texts. @param {Block} block */
export const wordsOf = (block) => block.words.map(({ text }) => text);

/** The name of a region, as it is written in the page. @param {Element | null} region */
export const nameOf = (region) => {
  const { slot, vary } = /** @type {HTMLElement?} */ (region)?.dataset ?? {};
  return vary != null ? `block ${vary}` : slot != null ? `slot ${slot}` : '';
};

/** What a region shows at present. @param {Element | null} region */
export const shownIn = (region) => /** @type {HTMLElement?} */ (region)?.dataset.shown ?? '';
