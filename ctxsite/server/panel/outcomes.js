// What is shown, and why: for the page and each of its blocks, every branch as a button that shows it, and the reasons.

import { fold, h, unseen } from './dom.js';

/**
 * @param {PageData} page
 * @param {(context: string) => void} choose
 * @param {(block: string) => void} point
 */
export const outcomes = (page, choose, point) => {
  const decisions = new Map(page.presets.map(({ block }) => [block, branches(page.presets.filter((preset) => preset.block == block))]));
  if (!decisions.size) {
    return [h('p', {}, 'Everybody sees the same here: this page has no variants and no blocks.')];
  }
  return [...decisions].map(([block, presets]) => {
    const trace = page.traces.find(({ decision }) => decision == block);
    const absent = block && !trace ? ` (not part of ${page.variant})` : '';
    const name = block || 'This page';
    const heading = h('h3', {}, block && trace ? h('button', { type: 'button', class: 'link', 'data-key': `point ${block}`, title: 'Show where it is', click: () => point(block) }, name) : name, absent);
    const chips = presets.map(({ branch, when, context }) => {
      const shown = trace?.chosen == branch;
      return h('button', {
        type: 'button',
        class: 'chip',
        'data-key': `preset ${block} ${branch}`,
        'data-block': block,
        'data-branch': branch,
        'aria-pressed': String(shown),
        disabled: context == null,
        title: context == null ? 'No context shows this here.' : when || 'What is shown if no condition holds',
        click: () => context != null && choose(context),
      }, branch, /^when-\d+$/.test(branch) ? h('code', {}, ` ${when}`) : null);
    });
    return h('section', { class: 'decision', 'aria-label': name }, heading, h('div', { class: 'chips' }, ...chips), trace ? reasons(trace) : null);
  });
};

/**
 * Variants may have blocks of the same name, with rules of their own: each branch is there once.
 * @param {Preset[]} presets
 */
const branches = (presets) => [...new Map([...presets].sort((a, b) => Number(a.context != null) - Number(b.context != null)).map((preset) => [preset.branch, preset])).values()]
  .sort((a, b) => presets.findIndex(({ branch }) => branch == a.branch) - presets.findIndex(({ branch }) => branch == b.branch));

/** @param {Trace} trace */
const reasons = ({ decision, chosen, branches: tried }) => {
  const held = tried.find(({ name }) => name == chosen);
  const summary = held ? [`${chosen}, because `, h('code', {}, held.when)] : [`${chosen}: no condition holds`];
  return fold(`why ${decision}`, summary, h('ol', { class: 'branches' },
    ...tried.map(({ name, when, answer }) => h('li', {},
      answer ? mark(answer.holds) : h('span', { class: 'mark' }, '·'),
      h('b', {}, name), ' ',
      answer ? h('ul', {}, tree(answer)) : h('span', {}, h('code', {}, when), ` not asked: ${chosen} came first`)))));
};

/** @param {boolean} holds */
const mark = (holds) => h('span', { class: `mark ${holds ? 'yes' : 'no'}` }, h('span', { 'aria-hidden': 'true' }, holds ? '✓' : '✗'), unseen(holds ? 'holds: ' : 'does not hold: '));

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
const tree = ({ question, holds, saw, parts }) => {
  const item = h('li', {}, mark(holds));
  if (parts) item.append(h('span', {}, question), h('ul', {}, ...parts.map(tree)));
  else item.append(h('code', {}, question), h('span', { class: 'saw' }, ` ← ${saw ?? 'unknown'}`));
  return item;
};

/**
 * Show for a moment where a block is.
 * @param {string} block
 * @param {ParentNode} layer  where the frame is drawn
 */
export const point = (block, layer) => {
  const place = document.querySelector(`[data-vary="${CSS.escape(block)}"]`);
  if (!place) return;
  const range = document.createRange();
  range.selectNodeContents(place); // the element itself has no box
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) scrollBy({ top: top - innerHeight / 4, behavior: 'instant' });
  const box = range.getBoundingClientRect();
  const frame = h('div', { class: 'frame', 'aria-hidden': 'true' });
  Object.assign(frame.style, { top: `${box.top - 4}px`, left: `${box.left - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px` });
  layer.append(frame);
  setTimeout(() => frame.remove(), 1500);
};
