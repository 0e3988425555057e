// Runs the text of an engine, as it is shipped, in a browser made of plain values, for many visits in one process.
//
//   node harness.mjs ENGINE VISITS             VISITS has a JSON line a visit, see `globals`; prints what each gets
//   node harness.mjs ENGINE VISITS --time N    how many nanoseconds the first visit's decisions take, the signals
//                                              being known, and read anew

import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';

/** Globals that an engine may read, each replaced by a parameter. */
const GLOBALS = [
  'ctxsite', 'self', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'matchMedia', 'innerWidth', 'Date',
];

class Clock extends Date {
  static instant;
  static offset;

  constructor(...given) {
    if (!given.length && Clock.instant == null) throw new Error('no clock');
    super(...(given.length ? given : [Clock.instant]));
  }

  static now() {
    return Clock.instant ?? 0; // for expiry only: rules ask `new Date()`
  }

  getTimezoneOffset() {
    return -Clock.offset;
  }
}

/** Storage of a visit; `error` makes every access throw, as blocked or full storage does. */
function storage(entries, error) {
  const fail = () => {
    if (error) throw new Error(error);
  };
  return {
    getItem: (key) => (fail(), Object.hasOwn(entries, key) ? entries[key] : null),
    setItem: (key, value) => (fail(), (entries[key] = String(value))),
    removeItem: (key) => (fail(), delete entries[key]),
  };
}

const unknown = {
  [Symbol.toPrimitive]() {
    throw new Error('unknown');
  },
};

/**
 * Make a visit's globals. All keys but `table` are optional: `now` (milliseconds), `offset` (minutes east of UTC),
 * `languages`, `search` (the address from `?` on), `path`, `host`, `referrer` (an address), `width`, `scheme`,
 * `cookie`, `meta`, `local`, `session`, `blocked` (storage throws), `gpc`.
 */
export function globals(visit) {
  Clock.instant = visit.now;
  Clock.offset = visit.offset ?? 0;
  const listeners = [];
  const root = { dataset: { variant: visit.variant ?? 'default' } };
  const document = {
    documentElement: root,
    readyState: 'loading',
    title: 'Default title',
    cookie: visit.cookie ?? '',
    referrer: visit.referrer ?? '',
    getElementsByName: (name) => (name in (visit.meta ?? {}) ? [{ content: visit.meta[name] }] : []),
    querySelectorAll: () => [],
    addEventListener: (name, listener) => listeners.push([name, listener]),
    dispatchEvent: () => true,
  };
  const matches = (query) => {
    if (visit.scheme == null) throw new Error('no media');
    return { matches: query.includes(visit.scheme) };
  };
  return {
    ctxsite: { text: visit.table },
    self: {},
    document,
    navigator: { languages: visit.languages ?? [], globalPrivacyControl: visit.gpc },
    location: { search: visit.search ?? '', pathname: visit.path ?? '/', hostname: visit.host ?? 'site.invalid' },
    localStorage: storage(visit.local ?? {}, visit.blocked),
    sessionStorage: storage(visit.session ?? {}, visit.blocked),
    matchMedia: matches,
    innerWidth: visit.width ?? unknown,
    Date: Clock,
  };
}

export function load(text) {
  const run = new Function(...GLOBALS, text);
  return (visit) => {
    const given = globals(visit);
    run(...GLOBALS.map((name) => given[name]));
    return { ctxsite: given.self.ctxsite, document: given.document };
  };
}

if (argv[1] === import.meta.filename) {
  const start = load(readFileSync(argv[2], 'utf8'));
  const visits = readFileSync(argv[3], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  if (argv[4] === '--time') {
    const { ctxsite } = start(visits[0]);
    const rounds = Number(argv[5]);
    const time = (decide) => {
      for (let i = 0; i < rounds; i++) decide();
      const begin = process.hrtime.bigint();
      for (let i = 0; i < rounds; i++) decide();
      return Number(process.hrtime.bigint() - begin) / rounds;
    };
    const signals_known = time(() => ctxsite.d.map(([, branches]) => branches.find((branch) => ctxsite.h(branch[1]))));
    const signals_read = time(() => ctxsite.e());
    stdout.write(`${JSON.stringify({ signals_known, signals_read })}\n`);
  } else {
    for (const visit of visits) {
      const { ctxsite, document } = start(visit);
      for (const [method, ...given] of visit.calls ?? []) ctxsite[method](...given);
      const { decisions, context } = ctxsite;
      const left = { local: visit.local ?? {}, session: visit.session ?? {} };
      stdout.write(`${JSON.stringify({ ...decisions, context, variant: document.documentElement.dataset.variant, title: document.title, left })}\n`);
    }
  }
}
