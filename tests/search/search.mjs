// Asks the default theme's search: `node search.mjs QUESTIONS` prints the answer to each line as a line of JSON.
//
// A question: `index` and `query` (answered by titles, best first), or `text`, `query` and `language` (by what is marked).

import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { find, places, words } from '../../themes/default/static/search.js';

for (const line of readFileSync(argv[2], 'utf8').split('\n').filter(Boolean)) {
  const { index, query, text, language, segmenter } = JSON.parse(line);
  const { Segmenter } = Intl;
  if (segmenter === false) delete Intl.Segmenter;
  const answer = index
    ? find(index, query).map(({ page }) => page.title)
    : places(text, words(query, language), language).map(([start, end]) => text.slice(start, end));
  Intl.Segmenter = Segmenter;
  stdout.write(`${JSON.stringify(answer)}\n`);
}
