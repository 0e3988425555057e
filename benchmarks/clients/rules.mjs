/** Ten rules, as simple as every client has them: a branch, a signal, a value. The ninth is the first that holds. */
export const RULES = [
  ['morning', 'daypart', 'morning'],
  ['evening', 'daypart', 'evening'],
  ['german', 'language', 'de'],
  ['business', 'segment', 'business'],
  ['press', 'segment', 'press'],
  ['winter', 'campaign', 'winter'],
  ['phone', 'device', 'phone'],
  ['sale', 'season', 'sale'],
  ['weekend', 'day', 'weekend'],
  ['office', 'office', 'open'],
];

export const VISIT = {
  daypart: 'noon', language: 'en', segment: 'private', campaign: 'none', device: 'desktop', season: 'none', day: 'weekend', office: 'shut',
};
