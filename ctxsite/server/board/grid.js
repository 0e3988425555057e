// A grid of any length that has only those rows in the document that can be seen, and the one with the focus.
//
// It follows the pattern of the ARIA Authoring Practices: one stop of the Tab key, arrows between cells, what is in a
// cell has the focus itself. Rows say their numbers, so that nothing depends on how many are there.

import { h } from './dom.js';

/** Pixels above and below what can be seen that are kept ready. */
const READY = 400;

/**
 * What a grid shows. `cells` makes a row's cells, the first of which is its header.
 *
 * @template T
 * @typedef {object} Content
 * @property {string} label
 * @property {HTMLElement[]} heads  the columns' headers
 * @property {T[]} lines
 * @property {(line: T) => string} keyOf  the same line has the same key, also after the next build
 * @property {(line: T) => number} heightOf  pixels
 * @property {(line: T) => string} classOf
 * @property {(line: T) => HTMLElement[]} cells
 */

/** @template T */
export class Grid {
  /** @type {Content<T>} */ #content;
  /** @type {Float64Array} */ #tops = new Float64Array(1);
  /** @type {Map<number, HTMLElement>} */ #rows = new Map();
  /** Where the focus is, or would be. */
  #line = 0;
  #column = 0;
  #head = h('div', { role: 'rowgroup', class: 'head' });
  #body = h('div', { role: 'rowgroup', class: 'body' });

  /** @param {Content<T>} content */
  constructor(content) {
    this.element = h('div', { class: 'grid', role: 'grid', 'aria-label': content.label }, this.#head, this.#body);
    this.element.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', (event) => this.#focused(/** @type {Element} */ (event.target)));
    new ResizeObserver(() => this.#draw()).observe(this.element);
    this.#content = content;
    this.show(content);
  }

  /**
   * Show something else. The focus stays with its line, if that is still there.
   * @param {Content<T>} content
   */
  show(content) {
    const held = this.element.contains(document.activeElement);
    const before = this.#content.lines[this.#line];
    const key = before && this.#content.keyOf(before);
    this.#content = content;
    const { lines, heads } = content;
    this.#tops = new Float64Array(lines.length + 1);
    lines.forEach((line, number) => (this.#tops[number + 1] = this.#tops[number] + content.heightOf(line)));
    this.#line = Math.max(0, lines.findIndex((line) => content.keyOf(line) == key));
    this.#column = Math.min(this.#column, heads.length - 1);
    this.element.style.setProperty('--columns', String(heads.length - 1));
    this.element.setAttribute('aria-colcount', String(heads.length));
    this.element.setAttribute('aria-rowcount', String(lines.length + 1));
    this.#head.replaceChildren(h('div', { role: 'row', 'aria-rowindex': 1 }, ...heads));
    this.#body.style.height = `${this.#tops[lines.length]}px`;
    this.#body.replaceChildren();
    this.#rows.clear();
    this.#draw();
    if (held) this.#focus();
  }

  /** Put the rows into the document that can be seen, in their order, and take out the others. */
  #draw() {
    const { lines, classOf, cells } = this.#content;
    const above = this.element.scrollTop - READY;
    const below = this.element.scrollTop + (this.element.clientHeight || 800) + READY;
    const wanted = new Set(lines.length ? [this.#line] : []);
    for (let number = this.#at(above); number < lines.length && this.#tops[number] < below; number++) wanted.add(number);
    for (const [number, row] of this.#rows) {
      if (!wanted.has(number)) {
        row.remove();
        this.#rows.delete(number);
      }
    }
    for (const number of [...wanted].sort((a, b) => a - b)) {
      if (this.#rows.has(number)) continue;
      const row = h('div', { role: 'row', 'aria-rowindex': number + 2, class: classOf(lines[number]) }, ...cells(lines[number]));
      row.style.top = `${this.#tops[number]}px`;
      row.style.height = `${this.#tops[number + 1] - this.#tops[number]}px`;
      for (const each of row.children) target(each).tabIndex = -1;
      const next = [...this.#rows.keys()].filter((other) => other > number).sort((a, b) => a - b)[0];
      this.#body.insertBefore(row, next == null ? null : /** @type {Node} */ (this.#rows.get(next)));
      this.#rows.set(number, row);
    }
    this.#stop();
  }

  /** The first line that ends below a height. @param {number} top */
  #at(top) {
    let [low, high] = [0, this.#content.lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tops[middle + 1] > top) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Let the Tab key stop at one cell only. */
  #stop() {
    for (const stop of this.#body.querySelectorAll('[tabindex="0"]')) /** @type {HTMLElement} */ (stop).tabIndex = -1;
    const cell = this.#rows.get(this.#line)?.children[this.#column];
    if (cell) target(cell).tabIndex = 0;
  }

  #focus() {
    const { lines } = this.#content;
    if (!lines.length) return;
    const [top, bottom] = [this.#tops[this.#line], this.#tops[this.#line + 1]];
    const room = this.element.clientHeight - this.#head.offsetHeight;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (bottom > this.element.scrollTop + room) this.element.scrollTop = bottom - room;
    this.#draw();
    const cell = this.#rows.get(this.#line)?.children[this.#column];
    if (cell) target(cell).focus({ preventScroll: this.#column == 0 });
  }

  /** @param {Element} element */
  #focused(element) {
    const cell = element.closest('[role=gridcell], [role=rowheader]');
    for (const [number, row] of this.#rows) {
      if (cell?.parentElement == row) {
        this.#line = number;
        this.#column = [...row.children].indexOf(cell);
      }
    }
    this.#stop();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#content.lines.length - 1;
    const page = Math.max(1, Math.floor(this.element.clientHeight / 45));
    const whole = event.ctrlKey || event.metaKey;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => (this.#line += 1),
      ArrowUp: () => (this.#line -= 1),
      ArrowRight: () => (this.#column += 1),
      ArrowLeft: () => (this.#column -= 1),
      PageDown: () => (this.#line += page),
      PageUp: () => (this.#line -= page),
      Home: () => (whole ? (this.#line = 0) : 0, (this.#column = 0)),
      End: () => (whole ? (this.#line = last) : 0, (this.#column = Infinity)),
    };
    if (event.altKey || event.shiftKey || !keys[event.key] || last < 0) return;
    event.preventDefault();
    keys[event.key]();
    this.#line = Math.min(Math.max(this.#line, 0), last);
    this.#column = Math.min(Math.max(this.#column, 0), this.#head.children[0].children.length - 1);
    this.#focus();
  }
}

/** What takes the focus in a cell: what is in it, or itself. @param {Element} cell */
const target = (cell) => /** @type {HTMLElement} */ (cell.querySelector('a, button') ?? cell);
