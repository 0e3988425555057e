// Builds the board's script: the modules of `ctxsite/server/board/`, bundled and minified, into `board.min.js`.
// `npm run build` writes it, `npm run check` compares it.

import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const FOLDER = new URL('../ctxsite/server/board/', import.meta.url);
const BUILT = new URL('board.min.js', FOLDER);

const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL('main.js', FOLDER))],
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
});
const built = outputFiles[0].text;

if (!argv.includes('--check')) {
  writeFileSync(BUILT, built);
} else if (readFileSync(BUILT, 'utf8') != built) {
  stderr.write(`${BUILT.pathname} is not built from this source: run \`npm run build\` and commit it\n`);
  exit(1);
}
