// Two frames that scroll together: what corresponds in the two pages is at the same height in both frames.

/** @typedef {[number, number]} Anchor  heights of one thing in both pages */

/**
 * The height in one page that corresponds to a height in the other, between the anchors in proportion.
 * @param {number} from
 * @param {Anchor[]} anchors  in ascending order on both sides, the pages' ends included
 * @param {0 | 1} side  of the height that is given
 */
export const corresponding = (from, anchors, side) => {
  const other = side ? 0 : 1;
  let before = anchors[0];
  for (const after of anchors.slice(1)) {
    if (from <= after[side]) {
      const share = after[side] > before[side] ? (from - before[side]) / (after[side] - before[side]) : 0;
      return before[other] + share * (after[other] - before[other]);
    }
    before = after;
  }
  return before[other];
};

/**
 * The anchors of two pages.
 * @param {[Window, Window]} views
 * @param {[import('./blocks.js').Block, import('./blocks.js').Block][]} pairs
 * @returns {Anchor[]}
 */
export const anchorsOf = (views, pairs) => {
  const end = /** @type {Anchor} */ (views.map((view) => room(view)));
  /** @type {Anchor[]} */
  const anchors = [[0, 0]];
  for (const pair of pairs) {
    const last = anchors[anchors.length - 1];
    const next = /** @type {Anchor} */ (pair.map((block, side) => block.words[0].range.getBoundingClientRect().top + views[side].scrollY));
    if (next[0] > last[0] && next[1] > last[1] && next[0] < end[0] && next[1] < end[1]) anchors.push(next);
  }
  return [...anchors, end];
};

/** How far a page can be scrolled. @param {Window} view */
const room = (view) => Math.max(0, view.document.documentElement.scrollHeight - view.innerHeight);

/**
 * Let two pages scroll together until the function that is returned is called.
 * @param {[Window, Window]} views
 * @param {() => Anchor[]} anchors
 */
export const together = (views, anchors) => {
  /** The height that a frame was put at, so that this is not taken for somebody's scrolling. @type {[number, number]} */
  const put = [-1, -1];
  const ends = views.map((view, number) => {
    const side = /** @type {0 | 1} */ (number);
    const other = side ? 0 : 1;
    const scrolled = () => {
      if (Math.abs(view.scrollY - put[side]) < 2) return;
      put[side] = -1;
      const known = anchors();
      if (!known.length) return;
      const top = Math.min(corresponding(view.scrollY, known, side), room(views[other]));
      if (Math.abs(views[other].scrollY - top) < 2) return;
      put[other] = top;
      views[other].scrollTo(0, top);
    };
    view.addEventListener('scroll', scrolled, { passive: true });
    return () => view.removeEventListener('scroll', scrolled);
  });
  return () => ends.forEach((end) => end());
};
