// Runs the script that loads fragments, as it is shipped, on a slot made of plain values.
//
//   node load.mjs SCRIPT CASES     CASES has a JSON line a case; prints what was asked for, and what is left of the slot
//
// A case: `branch` (decided; absent: not yet), `stubs` (names of each alternative that is not here), `answer` (`status`,
// and whether the fragment is `whole`; absent: none comes), `again` (how often the slot's line is run).

import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';

const run = new Function('self', 'document', 'XMLHttpRequest', 'addEventListener', 'removeEventListener', 'location', readFileSync(argv[2], 'utf8'));

for (const line of readFileSync(argv[3], 'utf8').split('\n').filter(Boolean)) {
  const given = JSON.parse(line);
  const outcome = { asked: [], placed: 0, listeners: 0 };
  let templates = (given.stubs ?? []).map((names) => {
    const template = { dataset: { v: '', for: names, fragment: `/${names}/` }, content: { append: (text) => (template.text = text) } };
    template.remove = () => (templates = templates.filter((one) => one != template));
    return template;
  });
  const slot = {
    dataset: { shown: 'default' },
    contains: () => false,
    querySelector: (selector) => {
      const [, name] = /data-for~="(.*)"/.exec(selector);
      return templates.find((one) => one.dataset.for?.split(' ').includes(name)) ?? null;
    },
  };
  const pending = [];
  class Request {
    open(method, url) {
      outcome.asked.push([method, url]);
    }
    send() {
      pending.push(this);
    }
    abort() {
      this.status = 0;
      this.response = null;
      this.onloadend();
    }
  }
  const engine = given.engine === false ? { text: '{}' } : {
    decisions: given.branch ? { reasons: { '': [given.branch] } } : undefined,
    place: () => outcome.placed++,
  };
  const leave = [];
  run(
    { ctxsite: engine },
    {},
    Request,
    (_, listener) => leave.push(listener),
    () => leave.pop(),
    { hash: '' },
  );
  const slotLine = { parentNode: slot };
  for (let i = 0; i < (given.again ?? 1); i++) engine.place?.(slotLine);
  outcome.waiting = 'waiting' in slot.dataset;
  for (const request of pending) {
    if (given.answer == 'leave') leave.at(-1)();
    else if (given.answer) {
      request.status = given.answer.status;
      request.response = { querySelector: () => (given.answer.whole ? { previousElementSibling: { content: 'content' } } : null) };
      request.onloadend();
    }
  }
  outcome.waits = 'waiting' in slot.dataset;
  outcome.left = templates.map((one) => [one.dataset.v, one.text ?? null]);
  outcome.listeners = leave.length;
  stdout.write(`${JSON.stringify(outcome)}\n`);
}
