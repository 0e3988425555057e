// Runs the script that offers languages, as it is shipped, in a browser made of plain values.
//
//   node offer.mjs SCRIPT VISITS     VISITS has a JSON line a visit; prints what each is offered, and what is left
//
// A visit: `lang` (the page's), `links` (hreflang to address), `languages` (the browser's), and optionally `referrer`,
// `type` (of the navigation), `local`, `session`, `blocked` (storage throws), `gpc`, `click` (the hreflang of a link),
// `engine` (has functions of its own for consent), `calls` (of `ctxsite` at the end, each a list of name and arguments).

import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';

const run = new Function('self', 'document', 'navigator', 'performance', 'localStorage', 'sessionStorage', 'location', readFileSync(argv[2], 'utf8'));

for (const line of readFileSync(argv[3], 'utf8').split('\n').filter(Boolean)) {
  const visit = JSON.parse(line);
  const left = { local: visit.local ?? {}, session: visit.session ?? {} };
  const answer = { offered: null, led: null, touched: 0, left };
  const called = [];
  const self = visit.engine ? { ctxsite: { consent: (yes) => called.push(yes), forget: () => called.push(null) } } : {};
  const storage = (entries) => {
    const touch = () => {
      answer.touched++;
      if (visit.blocked) throw new Error('blocked');
    };
    return {
      getItem: (key) => (touch(), entries[key] ?? null),
      setItem: (key, value) => (touch(), (entries[key] = value)),
      removeItem: (key) => (touch(), delete entries[key]),
    };
  };
  const links = Object.entries(visit.links).map(([hreflang, href]) => ({ hreflang, href }));
  const listeners = {};
  let close;
  const button = { addEventListener: (_, listener) => (close = listener) };
  const bar = {
    remove: () => (answer.offered = null),
    querySelector: (selector) => ({
      set hidden(hidden) {
        answer.offered = /lang="(.*)"/.exec(selector)[1];
      },
      querySelector: () => button,
    }),
  };
  const document = {
    documentElement: { lang: visit.lang },
    readyState: 'complete',
    referrer: visit.referrer ?? '',
    querySelectorAll: () => links,
    querySelector: () => bar,
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  const location = {
    origin: 'https://site.invalid',
    search: '?a=1',
    hash: '#b',
    replace: (url) => (answer.led = url),
  };
  run(
    self,
    document,
    { languages: visit.languages, globalPrivacyControl: visit.gpc },
    { getEntriesByType: () => [{ type: visit.type ?? 'navigate' }] },
    storage(left.local),
    storage(left.session),
    location,
  );
  if (visit.click == 'close') close();
  else if (visit.click) listeners.click({ target: { closest: () => ({ hreflang: visit.click, origin: visit.origin ?? location.origin }) } });
  for (const [name, ...given] of visit.calls ?? []) self.ctxsite[name](...given);
  if (visit.engine) answer.called = called;
  stdout.write(`${JSON.stringify(answer)}\n`);
}
