// Ten rules over attributes; the rules are in the page, so nothing is fetched.
import { GrowthBook } from '@growthbook/growthbook';
import { RULES, VISIT } from './rules.mjs';

const rules = RULES.map(([name, signal, value]) => ({ condition: { [signal]: value }, force: name }));
const client = new GrowthBook({ attributes: VISIT });
client.initSync({ payload: { features: { hero: { defaultValue: 'default', rules } } } });

export const decide = () => client.getFeatureValue('hero', 'default');
