// The search: asks for `search.json` of the page's language once, and finds pages in it while somebody types.
//
// Everything happens in the browser; nothing that is typed is sent anywhere. Letters are compared without case and
// marks (`Grüße` is found by `grusse`, آلة by الة); words of languages that write no blanks are told apart by
// Intl.Segmenter. All words of a query must occur on a page: whole, as a beginning, or within another word.

/** @typedef {{url: string, title: string, section?: string, tags?: string[], description?: string, text?: string}} Page */
/** @typedef {{language: string, pages: Page[]}} Index */
/** @typedef {{page: Page, score: number}} Hit */

const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
/** @type {Record<string, string>} */
const SPELT = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ",
  ى: "ي", ی: "ي", ک: "ك", ة: "ه",
};
const SPELLING = new RegExp(`[${Object.keys(SPELT).join("")}]`, "g");
const KATAKANA = /[\u30a1-\u30f6]/g;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** @type {["title" | "tags" | "section" | "description" | "text", number][]} */
const FIELDS = [["title", 12], ["tags", 6], ["section", 3], ["description", 3], ["text", 1]];
const MOST = 30;
const BEFORE = 60;
const LENGTH = 180;

/**
 * Returns a text as it is compared.
 * @param {string} text @param {string} language
 */
export const fold = (text, language) =>
  text
    .normalize("NFKD")
    .toLocaleLowerCase(language)
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(SPELLING, (letter) => SPELT[letter])
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/**
 * Returns the words of a query as they are compared, each once.
 * @param {string} text @param {string} language
 */
export const words = (text, language) => {
  const found =
    "Segmenter" in Intl
      ? [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)]
          .filter((part) => part.isWordLike)
          .map((part) => part.segment)
      : text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return [...new Set(found.map((word) => fold(word, language)))].filter(Boolean);
};

/**
 * Tells how well a word is found in a text: 4 as a whole word, 2 as a beginning, 1 within, 0 not at all.
 * @param {string} text @param {string} word
 */
const found = (text, word) => {
  let best = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const begins = at === 0 || !LETTER.test(text[at - 1]);
    const ends = !LETTER.test(text[at + word.length] ?? " ");
    best = Math.max(best, begins && ends ? 4 : begins ? 2 : word.length > 2 || UNSPACED.test(word) ? 1 : 0);
    if (best === 4) break;
  }
  return best;
};

/** @type {WeakMap<Page, Record<string, string>>} */
const folded = new WeakMap();

/** @param {Page} page @param {string} language */
const compared = (page, language) => {
  let texts = folded.get(page);
  if (!texts) {
    texts = Object.fromEntries(FIELDS.map(([name]) => [name, fold([page[name] ?? ""].flat().join(" \n "), language)]));
    folded.set(page, texts);
  }
  return texts;
};

/**
 * Returns the pages that have all words of a query, the best first.
 * @param {Index} index @param {string} query
 * @returns {Hit[]}
 */
export const find = ({ pages, language }, query) => {
  const wanted = words(query, language);
  /** @type {Hit[]} */
  const hits = [];
  for (const page of wanted.length ? pages : []) {
    const texts = compared(page, language);
    let score = 0;
    for (const word of wanted) {
      const here = FIELDS.reduce((sum, [name, weight]) => sum + weight * found(texts[name], word), 0);
      score = here && score >= 0 ? score + here : -1;
    }
    if (score > 0) hits.push({ page, score });
  }
  return hits.sort((one, other) => other.score - one.score);
};

/**
 * Returns the places of words in a text as it is written: pairs of start and end, in order, none within another.
 * @param {string} text @param {string[]} wanted @param {string} language
 */
export const places = (text, wanted, language) => {
  let plain = "";
  /** @type {number[]} */
  const origin = [];
  let at = 0;
  for (const char of text) {
    const letters = fold(char, language);
    plain += letters;
    for (let count = letters.length; count; count--) origin.push(at);
    at += char.length;
  }
  origin.push(at);
  /** @type {[number, number][]} */
  const pairs = [];
  for (const word of wanted) {
    for (let from = plain.indexOf(word); from >= 0; from = plain.indexOf(word, from + word.length)) {
      const stop = from + word.length;
      let end = stop;
      while (end < plain.length && origin[end] === origin[stop - 1]) end++; // `ß` is two letters here, and one there
      pairs.push([origin[from], origin[end]]);
    }
  }
  pairs.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  let last = 0;
  return pairs.filter(([start, end]) => start >= last && (last = end));
};

/**
 * Returns a text as nodes, with its words marked; of a long one the part around the first.
 * @param {string} text @param {string[]} wanted @param {string} language @param {boolean} cut
 */
const nodes = (text, wanted, language, cut) => {
  let pairs = places(text, wanted, language);
  const first = cut && pairs.length ? Math.max(0, pairs[0][0] - BEFORE) : 0;
  const from = first ? text.indexOf(" ", first) + 1 || first : 0;
  const start = from <= (pairs[0]?.[0] ?? 0) ? from : first;
  const end = cut ? text.lastIndexOf(" ", start + LENGTH) : 0;
  const stop = !cut || text.length <= start + LENGTH ? text.length : end > start + BEFORE ? end : start + LENGTH;
  pairs = pairs.filter(([begin, until]) => begin >= start && until <= stop);
  /** @type {(string | Node)[]} */
  const parts = start ? ["… "] : [];
  let last = start;
  for (const [begin, until] of pairs) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(begin, until);
    parts.push(text.slice(last, begin), mark);
    last = until;
  }
  return [...parts, text.slice(last, stop), stop < text.length ? " …" : ""];
};

/** @type {Promise<Index> | undefined} */
let loading;

/** @param {string} url @returns {Promise<Index>} */
const load = (url) =>
  (loading ??= fetch(url)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))))
    .catch((error) => {
      loading = undefined; // the next letter tries again
      throw error;
    }));

/**
 * Opens the search that belongs to a button; its `data-search` is the URL of the index.
 * @param {HTMLElement} button
 */
export const open = (button) => {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("search"));
  const input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const status = /** @type {HTMLElement} */ (dialog.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("ol"));
  const url = button.dataset.search ?? "";

  const show = async () => {
    const query = input.value;
    try {
      const index = await load(url);
      if (query !== input.value) return; // something newer has been typed
      const wanted = words(query, index.language);
      const hits = find(index, query);
      const number = new Intl.NumberFormat(index.language).format(hits.length);
      const { results = "", none = "" } = status.dataset;
      status.textContent = wanted.length ? (hits.length ? results.replace("{}", number) : none) : "";
      list.replaceChildren(...hits.slice(0, MOST).map(({ page }) => entry(page, wanted, index.language)));
    } catch {
      status.textContent = status.dataset.failed ?? "";
    }
  };

  if (!dialog.dataset.ready) {
    dialog.dataset.ready = "";
    input.addEventListener("input", show);
    dialog.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target === dialog || target.closest("[data-close]")) dialog.close();
    });
    dialog.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.focus();
    });
  }
  dialog.showModal();
  input.select();
  show();
};

/** @param {Page} page @param {string[]} wanted @param {string} language */
const entry = (page, wanted, language) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.url;
  link.append(...nodes(page.title, wanted, language, false));
  item.append(link);
  if (page.section) {
    const section = document.createElement("small");
    section.textContent = page.section;
    item.append(" ", section);
  }
  const { description = "", text = "" } = page;
  const shown = !places(description, wanted, language).length && text ? text : description;
  if (shown) {
    const excerpt = document.createElement("p");
    excerpt.append(...nodes(shown, wanted, language, true));
    item.append(excerpt);
  }
  return item;
};
