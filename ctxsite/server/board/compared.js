// What differs between two pages that are shown. Between two contexts: every word. Between two languages words differ
// anyway: there, what has no counterpart differs, and what is the same in both is perhaps not translated.

import { nameOf, shownIn, wordsOf } from './blocks.js';
import { alike, common } from './diff.js';

/** @typedef {import('./blocks.js').Block} Block */

/**
 * One difference. Where a side has no block, it has nothing that would be the counterpart.
 * @typedef {{kind: 'changed' | 'only' | 'same', region: string, shown: [string, string],
 *   blocks: [Block | null, Block | null], ranges: [Range[], Range[]]}} Difference
 */

/** As many words have to be the same in two languages before that is worth telling. */
const SAME_WORDS = 4;

/**
 * Return the differences, and which blocks correspond (for scrolling).
 * @param {Block[]} left
 * @param {Block[]} right
 * @param {boolean} languages  whether the two are in different languages
 * @returns {{differences: Difference[], pairs: [Block, Block][]}}
 */
export const compared = (left, right, languages) => (languages ? byShape(left, right) : byWords(left, right));

/** @param {Block[]} left @param {Block[]} right */
const byWords = (left, right) => {
  const keys = (/** @type {Block[]} */ blocks) => blocks.map((block) => `${block.element.tagName} ${wordsOf(block).join(' ')}`);
  /** @type {Difference[]} */
  const differences = [];
  /** @type {[Block, Block][]} */
  const pairs = [];
  walkGaps(common(keys(left), keys(right)), left, right, {
    pair: (a, b) => pairs.push([a, b]),
    gap: (one, two) => {
      const matched = alike(one.map(wordsOf), two.map(wordsOf));
      walkGaps(matched, one, two, {
        pair: (a, b) => {
          pairs.push([a, b]);
          differences.push(changed(a, b));
        },
        gap: (ones, twos) => differences.push(...ones.map((a) => only(a, null)), ...twos.map((b) => only(null, b))),
      });
    },
  });
  return { differences, pairs };
};

/** @param {Block[]} left @param {Block[]} right */
const byShape = (left, right) => {
  const keys = (/** @type {Block[]} */ blocks) => blocks.map(({ element }) => element.tagName);
  /** @type {Difference[]} */
  const differences = [];
  /** @type {[Block, Block][]} */
  const pairs = [];
  walkGaps(common(keys(left), keys(right)), left, right, {
    pair: (a, b) => {
      pairs.push([a, b]);
      const words = wordsOf(a).filter((word) => /\p{L}{2}/u.test(word));
      if (words.length >= SAME_WORDS && wordsOf(a).join(' ') == wordsOf(b).join(' ')) {
        differences.push(difference('same', a, b, [joined(a.words), joined(b.words)]));
      }
    },
    gap: (ones, twos) => differences.push(...ones.map((a) => only(a, null)), ...twos.map((b) => only(null, b))),
  });
  return { differences, pairs };
};

/**
 * Go through two lists with the pairs that they have in common, and what lies between.
 * @template T
 * @param {[number, number][]} pairs
 * @param {T[]} left
 * @param {T[]} right
 * @param {{pair: (a: T, b: T) => void, gap: (a: T[], b: T[]) => void}} to
 */
const walkGaps = (pairs, left, right, to) => {
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, /** @type {[number, number]} */ ([left.length, right.length])]) {
    if (x > i || y > j) to.gap(left.slice(i, x), right.slice(j, y));
    if (x < left.length && y < right.length) to.pair(left[x], right[y]);
    [i, j] = [x + 1, y + 1];
  }
};

/**
 * @param {Difference['kind']} kind
 * @param {Block | null} a
 * @param {Block | null} b
 * @param {[Range[], Range[]]} ranges
 * @returns {Difference}
 */
const difference = (kind, a, b, ranges) => ({
  kind,
  region: nameOf(a?.region ?? null) || nameOf(b?.region ?? null),
  shown: [shownIn(a?.region ?? null), shownIn(b?.region ?? null)],
  blocks: [a, b],
  ranges,
});

/** @param {Block | null} a @param {Block | null} b */
const only = (a, b) => difference('only', a, b, [a ? joined(a.words) : [], b ? joined(b.words) : []]);

/** @param {Block} a @param {Block} b */
const changed = (a, b) => {
  const pairs = common(wordsOf(a), wordsOf(b));
  const [mine, theirs] = [new Set(pairs.map(([x]) => x)), new Set(pairs.map(([, y]) => y))];
  return difference('changed', a, b, [joined(a.words, mine), joined(b.words, theirs)]);
};

/**
 * The places of words, neighbours in one.
 * @param {import('./blocks.js').Word[]} words
 * @param {Set<number>} [left_out]
 */
const joined = (words, left_out = new Set()) => {
  /** @type {Range[]} */
  const ranges = [];
  let last = -2;
  words.forEach(({ range }, number) => {
    if (left_out.has(number)) return;
    if (number == last + 1) {
      const end = ranges[ranges.length - 1];
      if (end.compareBoundaryPoints(Range.END_TO_END, range) < 0) end.setEnd(range.endContainer, range.endOffset);
    } else {
      ranges.push(range.cloneRange());
    }
    last = number;
  });
  return ranges;
};
