// What is wrong with the site, over the last good page, in the words of the terminal.

/** @typedef {{ severity: string, text: string }} Problem */

const AT_MOST = 50;
const PLACE = /^( {2}(?:-->|note: .*:) )(.+):(\d+):(\d+)$/;

const STYLE = `
:host {
  all: initial !important; position: fixed !important; inset: auto 0 0 0 !important; z-index: 2147483646 !important;
  display: block !important; width: auto !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  background: none !important; overflow: visible !important; color-scheme: dark !important;
}
.sheet {
  box-sizing: border-box; max-width: 62rem; max-height: 78vh; margin: 0 auto; display: flex; flex-direction: column;
  background: #16181d; color: #e6e8ee; border: 1px solid #3a3f4b; border-bottom: 0; border-top: 3px solid #ff5c57;
  border-radius: 12px 12px 0 0; box-shadow: 0 -12px 48px rgb(0 0 0 / .45);
  font: 14px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
}
header { display: flex; align-items: center; gap: .75rem; padding: .7rem 1rem .6rem 1.25rem; }
h2 { flex: 1; margin: 0; font-size: 15px; font-weight: 650; }
h2 small { font-size: 13px; font-weight: 400; color: #a8afbf; margin-inline-start: .5rem; }
button { font: inherit; color: inherit; cursor: pointer; }
.close { background: none; border: 1px solid #3a3f4b; border-radius: 7px; padding: .1rem .6rem; color: #c9cedb; }
.close:hover { background: #262a33; }
ol { list-style: none; margin: 0; padding: 0 1.25rem 1rem; overflow: auto; overscroll-behavior: contain; }
li { border-top: 1px solid #2b303a; padding: .8rem 0; }
.text {
  margin: 0; white-space: pre; overflow-x: auto; tab-size: 4;
  font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
.head { color: #fff; font-weight: 650; white-space: pre-wrap; }
.head b { color: #ff7b72; }
.gutter { color: #7d8597; }
.caret { color: #ff7b72; font-weight: 700; }
.help { white-space: pre-wrap; }
.help b { color: #7ee787; }
.place {
  background: none; border: 0; padding: 0; font: inherit; color: #79c0ff; text-decoration: underline;
  text-decoration-color: #79c0ff66; text-underline-offset: 3px;
}
.place:hover { text-decoration-color: currentColor; }
:is(.close, .place, .badge):focus-visible { outline: 2px solid #79c0ff; outline-offset: 2px; border-radius: 4px; }
.said { color: #7ee787; margin-inline-start: 1ch; }
.more { color: #a8afbf; }
.badge {
  position: fixed; bottom: 1rem; left: 1rem; padding: .4rem .85rem; border-radius: 999px; border: 1px solid #ff5c57;
  background: #16181d; color: #ff9d97; font: 600 13px/1.4 system-ui, sans-serif;
}
`;

/** @type {ShadowRoot | undefined} */
let root;
let hidden = '';

/** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const shadow = () => {
  const host = document.createElement('ctxsite-overlay');
  const made = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  made.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  return made;
};

/** @param {string} text */
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = /** @type {HTMLTextAreaElement} */ (make('textarea'));
    field.value = text;
    root?.append(field);
    field.select();
    document.execCommand('copy'); // without HTTPS there is no other way
    field.remove();
  }
};

/**
 * A place that can be clicked: it opens in the editor, or is copied.
 *
 * @param {string[]} place  path, line, column
 * @param {boolean} editor
 * @param {string} token
 */
const link = (place, editor, token) => {
  const text = place.join(':');
  const button = make('button', { class: 'place', type: 'button', title: editor ? 'Open in the editor' : 'Copy' }, text);
  const said = make('span', { class: 'said', role: 'status' });
  button.addEventListener('click', async () => {
    let word = 'copied';
    if (editor) {
      const headers = { 'x-ctxsite-token': token };
      const answer = await fetch('/__ctxsite/open', { method: 'POST', headers, body: place.join('\n') });
      word = answer.ok ? 'opened' : await answer.text();
    } else await copy(text);
    said.textContent = word.trim();
    setTimeout(() => (said.textContent = ''), 2000);
  });
  return [button, said];
};

/** @param {string} line @param {number} number @param {boolean} editor @param {string} token */
const shownLine = (line, number, editor, token) => {
  const place = PLACE.exec(line);
  if (place) return make('div', {}, make('span', { class: 'gutter' }, place[1]), ...link(place.slice(2), editor, token));
  if (!number) {
    const [kind, ...message] = line.split(': ');
    return make('div', { class: 'head' }, make('b', {}, `${kind}: `), message.join(': '));
  }
  if (line.startsWith('  help: ')) {
    return make('div', { class: 'help' }, '  ', make('b', {}, 'help'), line.slice('  help'.length));
  }
  const code = /^( +\d* \| ?)(.*)$/.exec(line);
  if (!code) return make('div', {}, line);
  const caret = /^ *\^+$/.test(code[2]);
  return make('div', {}, make('span', { class: 'gutter' }, code[1]), make('span', caret ? { class: 'caret' } : {}, code[2]));
};

/**
 * Show the problems, or nothing if there are none. Problems that somebody has put aside stay aside until they change.
 *
 * @param {Problem[]} problems
 * @param {boolean} editor  whether a click opens an editor
 * @param {string} token
 * @param {boolean} good  whether there is a good page below
 */
export const show = (problems, editor, token, good) => {
  if (!problems.length && !root) return;
  root ??= shadow();
  const key = JSON.stringify(problems);
  const count = `${problems.length} problem${problems.length == 1 ? '' : 's'}`;
  const again = () => show(problems, editor, token, good);
  if (!problems.length) {
    hidden = '';
    root.replaceChildren();
    return;
  }
  if (hidden == key) {
    const badge = make('button', { class: 'badge', type: 'button' }, count);
    badge.addEventListener('click', () => {
      hidden = '';
      again();
    });
    root.replaceChildren(badge);
    return;
  }
  const put = () => {
    hidden = key;
    again();
  };
  const close = make('button', { class: 'close', type: 'button', title: 'Escape' }, 'Hide');
  close.addEventListener('click', put);
  const stays = make('small', {}, good ? 'what you see is the last good page' : 'there is no good page yet');
  const items = problems.slice(0, AT_MOST).map(({ text }) => {
    const lines = text.split('\n').map((line, number) => shownLine(line, number, editor, token));
    return make('li', {}, make('div', { class: 'text' }, ...lines));
  });
  if (problems.length > AT_MOST) {
    items.push(make('li', { class: 'more' }, `… and ${problems.length - AT_MOST} more, on the terminal`));
  }
  const sheet = make(
    'section',
    { class: 'sheet', role: 'alert', 'aria-label': 'Problems of the site' },
    make('header', {}, make('h2', {}, count, stays), close),
    make('ol', { tabindex: '0' }, ...items)
  );
  root.replaceChildren(sheet);
};

addEventListener('keydown', (event) => {
  if (event.key == 'Escape') /** @type {HTMLElement | null | undefined} */ (root?.querySelector('.close'))?.click();
});
