// Builds what `ctxsite serve` puts into pages for `Preview as…`: two scripts from `ctxsite/server/panel/`, bundled.
//
//   npm install && npm run build      after a change of the source; commit what it writes
//   npm run check                     types, and that the built files are those of the source

import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const FOLDER = new URL('../ctxsite/server/panel/', import.meta.url);

/** Each script with its form: the first runs before the page's engine, as a classic script. */
const SCRIPTS = { early: 'iife', panel: 'esm' };

for (const [name, format] of Object.entries(SCRIPTS)) {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`${name}.js`, FOLDER))],
    bundle: true,
    write: false,
    minify: true,
    format,
    target: 'es2022',
    charset: 'utf8',
    loader: { '.css': 'text' },
  });
  const built = outputFiles[0].text;
  const file = new URL(`${name}.min.js`, FOLDER);
  if (!argv.includes('--check')) {
    writeFileSync(file, built);
  } else if (readFileSync(file, 'utf8') != built) {
    stderr.write(`${file.pathname} is not built from this source: run \`npm run build\` and commit it\n`);
    exit(1);
  }
}
