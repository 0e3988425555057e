// Builds the browser selector: each part of `ctxsite/selector/parts/`, minified, into `ctxsite/selector/engine.json`.
//
// Scripts of their own, such as the offer of languages (`languages/offer.js`), become a `.min.js` beside their source.
//
//   npm install && npm run build      after a change of the source; commit what it writes
//   npm run check                     types, and that the built file is that of the source
//
// Parts are minified together, so that they name their variables alike (which compresses better), with a statement
// between them that survives minification, so that they can be cut apart again. `ctxsite build` puts those together
// that a site's rules need; it does not need Node for that.

import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { transformSync } from 'esbuild';

const FOLDER = new URL('../ctxsite/selector/', import.meta.url);
const BUILT = new URL('engine.json', FOLDER);

/** Scripts of their own: each a function, which the build of a site calls. */
const FUNCTIONS = ['languages/offer', 'fragments/load'];

/** The parts in the order in which they stand in an engine, each with the parts it cannot do without. */
const PARTS = {
  core: [],
  all: [],
  any: [],
  not: [],
  shared: [],
  known: [],
  equal: [],
  member: [],
  range: [],
  cycle: ['range'],
  yearly: ['range'],
  prefix: [],
  suffix: [],
  clock: [],
  zone: ['clock'],
  language: [],
  device: [],
  scheme: [],
  referrer: [],
  query: [],
  campaign: ['query'],
  cookie: [],
  storage: [],
  memory: [],
  visit: ['memory'],
  meta: [],
  media: [],
  path: [],
  below: [],
  lower: [],
  country: [],
  enum: [],
  list: [],
  boolean: [],
  decimal: [],
  decide: [],
  place: [],
  api: ['memory', 'place'],
  start: ['core', 'decide', 'place'],
};

/** Short names of the functions that parts share. Those that no other part may touch are not in this list. */
const SHARED = { holds_: 'h', value_: 'v', read_: 'r', wall_: 'w', decide_: 'e', index_: 'i', save_: 'o', allowed_: 'n', remember_: 'b' };

const CUT = 'debugger;';

const source = (name) => readFileSync(new URL(`parts/${name}.js`, FOLDER), 'utf8');

const names = Object.keys(PARTS);
const { code, mangleCache } = transformSync(names.map(source).join(`\n${CUT}\n`), {
  minify: true,
  target: 'es2021',
  charset: 'ascii',
  mangleProps: /_$/,
  mangleCache: SHARED,
});
const unnamed = Object.keys(mangleCache).filter((name) => !(name in SHARED));
if (unnamed.length) throw new Error(`no short name for ${unnamed}`);
const pieces = code.trim().split(CUT);
if (pieces.length != names.length) throw new Error('the parts did not come apart');
const parts = names.map((name, i) => ({ name, needs: PARTS[name], code: pieces[i] }));
const built = `${JSON.stringify(parts, null, 1)}\n`;

const EXPORT = 'export default';

/** @returns the text of a module's function, minified */
const compiled = (name) => {
  const { code: module } = transformSync(readFileSync(new URL(`${name}.js`, FOLDER), 'utf8'), {
    minify: true,
    target: 'es2021',
    charset: 'ascii',
  });
  if (!module.startsWith(EXPORT)) throw new Error(`${name} exports no function`);
  return `${module.slice(EXPORT.length).replace(/;\s*$/, '')}\n`;
};

const functions = FUNCTIONS.map((name) => [new URL(`${name}.min.js`, FOLDER), compiled(name)]);

for (const [file, text] of [[BUILT, built], ...functions]) {
  if (!argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') != text) {
    stderr.write(`${file.pathname} is not built from this source: run \`npm run build\` and commit it\n`);
    exit(1);
  }
}
