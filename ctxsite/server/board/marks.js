// Differences shown in a frame: words by the Custom Highlight API, which changes nothing in the page, and outlines
// around what they are in. A style sheet that is adopted is allowed under any policy that the page may have.

const SIGN = 'data-ctxsite-differs';

const STYLE = `
::highlight(ctxsite-words) { background-color: #ffd54a; color: #1c1600; }
[${SIGN}] { outline: 2px dashed #c2410c !important; outline-offset: 4px !important; }
[${SIGN}=now] { outline-style: solid !important; outline-width: 3px !important; }
ctxsite-preview { display: none !important; }
html { scroll-behavior: auto !important; }
`;

/** @type {WeakMap<Document, boolean>} */
const styled = new WeakMap();

/**
 * Give a frame's document what marks need.
 * @param {Document} page
 */
const prepare = (page) => {
  if (styled.has(page)) return;
  const view = /** @type {HighlightWindow & Window} */ (/** @type {unknown} */ (page.defaultView));
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  styled.set(page, true);
};

/**
 * Mark differences in one of the two documents, and nothing else any more.
 * @param {Document} page
 * @param {import('./compared.js').Difference[]} differences
 * @param {0 | 1} side
 */
export const mark = (page, differences, side) => {
  prepare(page);
  for (const old of page.querySelectorAll(`[${SIGN}]`)) old.removeAttribute(SIGN);
  for (const { blocks } of differences) outlined(blocks[side])?.setAttribute(SIGN, '');
  const view = /** @type {HighlightWindow} */ (/** @type {unknown} */ (page.defaultView));
  const ranges = differences.flatMap((difference) => difference.ranges[side]);
  if (view.Highlight) view.CSS.highlights?.set('ctxsite-words', new view.Highlight(...ranges));
};

/**
 * What is outlined for a block: in a slot, or a block of the page, that part of it which the block is in.
 * @param {import('./blocks.js').Block | null} block
 */
const outlined = (block) => {
  if (!block?.region) return block?.element;
  /** @type {Element | null} */
  let element = block.element;
  while (element && element.parentElement != block.region && !element.parentElement?.hasAttribute('data-default')) {
    if (element == block.region) return;
    element = element.parentElement;
  }
  return element ?? undefined;
};

/**
 * Bring a difference into view.
 * @param {import('./compared.js').Difference} difference
 * @param {0 | 1} side
 */
export const point = ({ blocks }, side) => {
  const block = blocks[side];
  const page = block?.element.ownerDocument;
  for (const old of page?.querySelectorAll(`[${SIGN}=now]`) ?? []) old.setAttribute(SIGN, '');
  outlined(block)?.setAttribute(SIGN, 'now');
  block?.words[0].range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
};
