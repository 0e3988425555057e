// The development client: hears that something has changed, asks what that means for this page, and shows it.

import { news } from './channel.js';
import { restore, save } from './keep.js';
import { swap } from './swap.js';

/** @typedef {{ state: string, problems: import('./overlay.js').Problem[], editor: boolean }} News */
/** @typedef {{ state: string, page: boolean, files: [string, string][] | null }} Changes */

const script = /** @type {HTMLScriptElement} */ (document.getElementById('ctxsite-client'));
const token = script.dataset.token ?? '';
const shape = script.dataset.shape ?? '';
let state = script.dataset.state ?? '';
let leaving = false;

/** @type {News | undefined} */
let latest;
let asking = false;

const reload = () => {
  leaving = true;
  save();
  location.reload();
};

/** Ask until this page is what the latest news say. */
const follow = async () => {
  if (asking) return;
  asking = true;
  try {
    while (latest && latest.state != state && !leaving) {
      const asked = new URLSearchParams({ path: decoded(location.pathname), state, shape });
      /** @type {Changes} */
      const changes = await (await fetch(`/__ctxsite/changes?${asked}`, { cache: 'no-store' })).json();
      if (changes.page || !swap(changes.files)) reload();
      state = changes.state;
    }
  } catch {
    // The server has gone in between: there will be news when it is back.
  } finally {
    asking = false;
  }
};

/** @param {string} path */
const decoded = (path) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

let shown = false;

/** @param {News} told */
const hear = async (told) => {
  latest = told;
  if (told.problems.length || shown) {
    shown = true;
    const { show } = await import('./overlay.js');
    show(latest.problems, latest.editor, token, latest.state != '');
  }
  await follow();
};

performance.setResourceTimingBufferSize(5000);
restore();
news((told) => void hear(told));
addEventListener('pageshow', (event) => {
  if (event.persisted) void follow();
});
