// Differences between two lists of texts, and between two texts by their words.

/** More differences than this are not told apart: what is between the common ends is all different. */
const MOST = 600;

/**
 * Which items two lists have in common, in order: pairs of numbers, as many as possible (Myers 1986).
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 * @returns {[number, number][]}
 */
export const common = (a, b) => {
  let start = 0;
  while (start < a.length && start < b.length && a[start] == b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] == b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  /** @type {[number, number][]} */
  const pairs = Array.from({ length: start }, (_, i) => [i, i]);
  for (const [x, y] of middle(a.slice(start, endA), b.slice(start, endB))) pairs.push([start + x, start + y]);
  for (let i = 0; endA + i < a.length; i++) pairs.push([endA + i, endB + i]);
  return pairs;
};

/**
 * @param {string[]} a
 * @param {string[]} b
 * @returns {[number, number][]}
 */
const middle = (a, b) => {
  if (!a.length || !b.length) return [];
  const most = Math.min(a.length + b.length, MOST);
  const reached = new Map([[1, 0]]);
  /** @type {Map<number, number>[]} */
  const steps = [];
  for (let d = 0; d <= most; d++) {
    steps.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      const down = k == -d || (k != d && at(reached, k - 1) < at(reached, k + 1));
      let x = down ? at(reached, k + 1) : at(reached, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] == b[x - k]) x++;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return traced(steps, a.length, b.length);
    }
  }
  return [];
};

/** @param {Map<number, number>} reached @param {number} k */
const at = (reached, k) => reached.get(k) ?? -1;

/**
 * The way back through the steps.
 * @param {Map<number, number>[]} steps
 * @param {number} x
 * @param {number} y
 */
const traced = (steps, x, y) => {
  /** @type {[number, number][]} */
  const pairs = [];
  for (let d = steps.length - 1; d >= 0; d--) {
    const reached = steps[d];
    const k = x - y;
    const before = k == -d || (k != d && at(reached, k - 1) < at(reached, k + 1)) ? k + 1 : k - 1;
    const from = d ? at(reached, before) : 0;
    const fromY = d ? from - before : 0;
    while (x > from && y > fromY) pairs.push([--x, --y]);
    [x, y] = [from, fromY];
  }
  return pairs.reverse();
};

/**
 * How alike two lists of words are, from 0 to 1 (Dice's coefficient).
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 */
export const likeness = (a, b) => {
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count) shared++;
    left.set(word, count - 1 > 0 ? count - 1 : 0);
  }
  return (2 * shared) / (a.length + b.length || 1);
};

/**
 * Pair what is alike in two lists of lists of words, in order, so that the sum of likeness is as large as possible.
 * @param {readonly (readonly string[])[]} a
 * @param {readonly (readonly string[])[]} b
 * @param {number} least  likeness
 * @returns {[number, number][]}
 */
export const alike = (a, b, least = 0.4) => {
  if (a.length * b.length > 10000) return [];
  const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
  const scores = a.map((left) => b.map((right) => likeness(left, right)));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const score = scores[i][j];
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], score >= least ? best[i + 1][j + 1] + score : 0);
    }
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (best[i][j] == best[i + 1][j]) i++;
    else if (best[i][j] == best[i][j + 1]) j++;
    else pairs.push([i++, j++]);
  }
  return pairs;
};
