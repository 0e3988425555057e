// Ten variations, each for a value of a quirk (Uniform's name for what is known about a visitor).
import { Context } from '@uniformdev/context';
import { RULES, VISIT } from './rules.mjs';

const context = new Context({ manifest: { project: {} }, defaultConsent: true });
await context.update({ quirks: VISIT });
const variations = RULES.map(([id, signal, value]) => ({ id, pz: { crit: [{ t: 'q', l: signal, op: '=', r: value }] } }));
variations.push({ id: 'default' });

export const decide = () => context.personalize({ name: 'hero', variations }).variations[0].id;
