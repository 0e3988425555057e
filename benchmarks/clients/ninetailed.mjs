// Ten experiences, each for an audience; which audiences a visitor is in is asked of a server, and is given here.
import { Ninetailed, selectExperience } from '@ninetailed/experience.js';
import { RULES, VISIT } from './rules.mjs';

export const client = new Ninetailed({ clientId: 'x' });
const audiences = RULES.filter(([, signal, value]) => VISIT[signal] == value).map(([name]) => name);
const profile = { id: 'x', stableId: 'x', random: 0.5, audiences, traits: {}, location: {}, session: {} };
const experiences = RULES.map(([name]) => ({
  id: name,
  name,
  type: 'nt_personalization',
  audience: { id: name },
  trafficAllocation: 1,
  distribution: [{ index: 0, start: 0, end: 1 }],
  components: [],
}));

export const decide = () => selectExperience({ experiences, profile })?.id ?? 'default';
