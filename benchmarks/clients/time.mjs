// Prints what a bundled client decides, and how many nanoseconds a decision takes, in the fastest of many runs.
import { argv, stdout } from 'node:process';

const { decide } = await import(argv[2]);
const ROUNDS = 5_000;
const runs = [];
for (let run = 0; run < 60; run++) {
  const begin = process.hrtime.bigint();
  for (let i = 0; i < ROUNDS; i++) decide();
  runs.push(Number(process.hrtime.bigint() - begin) / ROUNDS);
}
stdout.write(`${JSON.stringify({ decided: decide(), nanoseconds: Math.min(...runs) })}\n`);
process.exit();
