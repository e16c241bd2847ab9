/**
 * Where the reader is, as the part of the address behind `#`: what a link shares.
 *
 *   #/acl-group-empty/why?at=9&profile=centos7&edits=...&hash=...      a host, a panel, a moment
 *   #/lessons   #/lessons/03-the-mask?seed=7                          the lessons
 */
export const panels = [
  'open',
  'step',
  'why',
  'fixes',
  'terminal',
  'explore',
  'charts',
  'compare',
  'paste',
  'handout',
] as const;
export type Panel = (typeof panels)[number];

export type Place =
  | Readonly<{
      view: 'host';
      scenario: string;
      panel: Panel;
      /** From 1, as the steps are numbered; 0 for where the page itself would begin. */
      at: number;
      profile: string | null;
      edits: string | null;
      hash: string | null;
      version: string | null;
    }>
  | Readonly<{ view: 'lessons' }>
  | Readonly<{ view: 'lesson'; lesson: string; seed: number }>
  | Readonly<{ view: 'scenarios' }>;

export type HostPlace = Extract<Place, { view: 'host' }>;

/** The first screen of a scenario, played as it is told. */
export const hostPlace = (scenario: string): HostPlace => ({
  view: 'host',
  scenario,
  panel: 'open',
  at: 0,
  profile: null,
  edits: null,
  hash: null,
  version: null,
});

/** A link longer than this is no link of ours. */
export const LONGEST = 16_000;

const NAME = /^[a-z0-9][a-z0-9.-]{0,63}$/;

const text = (query: URLSearchParams, key: string): string | null => {
  const value = query.get(key);
  return value === null || value === '' ? null : value;
};

function hostIn(words: readonly string[], query: URLSearchParams): Place | null {
  const [scenario = '', panel = 'open'] = words;
  const known = panels.find((name) => name === panel);
  if (!NAME.test(scenario) || known === undefined || words.length > 2) return null;
  const at = Number(query.get('at') ?? '0');
  return {
    view: 'host',
    scenario,
    panel: known,
    at: Number.isInteger(at) && at >= 0 && at <= 1_000_000 ? at : 0,
    profile: text(query, 'profile'),
    edits: text(query, 'edits'),
    hash: text(query, 'hash'),
    version: text(query, 'v'),
  };
}

/** null for an address that names no place; the empty one is for the caller to fill. */
export function placeOf(hash: string): Place | null {
  if (hash.length > LONGEST) return null;
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const words = path.split('/').filter((word) => word !== '');
  const query = new URLSearchParams(search);
  if (words[0] === 'scenarios') return { view: 'scenarios' };
  if (words[0] !== 'lessons') return hostIn(words, query);
  const [, lesson] = words;
  if (lesson === undefined) return { view: 'lessons' };
  const seed = Number(query.get('seed') ?? '1');
  return NAME.test(lesson)
    ? { view: 'lesson', lesson, seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 1 }
    : null;
}

export function hashOf(place: Place): string {
  if (place.view === 'lessons') return '#/lessons';
  if (place.view === 'scenarios') return '#/scenarios';
  if (place.view === 'lesson') return `#/lessons/${place.lesson}?seed=${place.seed}`;
  const query = new URLSearchParams();
  if (place.at > 0) query.set('at', String(place.at));
  if (place.profile !== null) query.set('profile', place.profile);
  if (place.edits !== null) query.set('edits', place.edits);
  if (place.version !== null) query.set('v', place.version);
  if (place.hash !== null) query.set('hash', place.hash);
  const search = query.toString();
  return `#/${place.scenario}/${place.panel}${search === '' ? '' : `?${search}`}`;
}
