/**
 * Every minimal order that leads to a target, on each host it may have begun on, grouped by mechanism.
 *
 * The search is complete in the models that it names: these hosts, these events, each running to its end before the
 * next. "Not reachable" means in these models, never in the world.
 */
import type { Choice } from '../host/choice.ts';
import type { Setup } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { familyOf, type Mechanism, mechanismOf, mechanismWords } from './chain/mechanism.ts';
import { continued, type History, historyOf, type Told } from './history.ts';
import { type Race, raceOn, raceTo } from './models/races.ts';
import {
  type Bounds,
  choicesOf,
  type Events,
  ordersTo,
  type Search,
  searchOf,
  type Target,
} from './models/search.ts';
import type { Words } from './words.ts';

export type Found = Readonly<{
  events: readonly string[];
  /** Orders that are the same but for neighbours that do not mind each other. */
  alike: readonly (readonly string[])[];
  told: Told;
}>;

export type Family = Readonly<{
  name: Words;
  tag: Mechanism['tag'];
  mechanism: Mechanism;
  /** The host that it begins on, and its place among those tried. */
  host: Words;
  begins: number;
  /** The shortest first. */
  orders: readonly Found[];
  key: string;
  history: History;
  search: Search | null;
}>;

export type Searched = Readonly<{
  host: Words;
  events: readonly string[];
  states: number;
  transitions: number;
  /** Bounds that were reached; none: everything was seen. */
  hit: readonly string[];
}>;

export type Families = Readonly<{
  families: readonly Family[];
  searched: readonly Searched[];
  races: readonly Readonly<{ host: Words; race: Race }>[];
  complete: boolean;
}>;

type Start = Readonly<{ host: Words; setup: Setup }>;

/** With the package still to come, or there since an earlier boot; a profile that has it has only the one. */
function startsOf(profile: string, setup: Setup): Start[] {
  const asIs = { host: { en: 'the rule still to come', zh: '规则尚未安装' }, setup };
  const { includes = [] } = profileNamed(profile);
  const there = includes.includes('qemu-kvm-ev') || setup.packages?.includes('qemu-kvm-ev');
  if (there) return [{ host: { en: 'the rule there from boot', zh: '开机即有规则' }, setup }];
  const earlier = { ...setup, packages: [...(setup.packages ?? []), 'qemu-kvm-ev'] };
  return [asIs, { host: { en: 'the rule there from boot', zh: '开机即有规则' }, setup: earlier }];
}

const isFault = ({ alphabet }: Search, events: readonly string[]) =>
  events.some((event) => alphabet[event]?.fault);

type Sorted = Readonly<{
  found: Found;
  mechanism: Mechanism;
  history: History;
  search: Search;
  host: Words;
}>;

/** Orders share their beginnings, and what has been played of one is not played again. */
const begun = new WeakMap<Search, Map<string, History>>();

function played(search: Search, setup: Setup, events: readonly string[]): History {
  const known = begun.get(search) ?? new Map<string, History>();
  begun.set(search, known);
  const key = events.join();
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const last = events.at(-1);
  const history =
    last === undefined
      ? historyOf({ profile: search.profile, setup, choices: choicesOf(search, []) })
      : continued(played(search, setup, events.slice(0, -1)), search.alphabet[last]?.choices ?? []);
  known.set(key, history);
  return history;
}

function sorted(search: Search, { host, setup }: Start, found: Found): Sorted[] {
  const history = played(search, setup, found.events);
  const mechanism = mechanismOf(history, isFault(search, found.events) ? 'fault' : 'atomic');
  return mechanism === null ? [] : [{ found, mechanism, history, search, host }];
}

/** The searches of one start; an order that both alphabets give is the first's. */
function searchStart(profile: string, start: Start, target: Target, bounds?: Bounds) {
  const seen = new Set<string>();
  const all: Sorted[] = [];
  const searched: Searched[] = [];
  for (const events of ['people', 'inheritance'] satisfies Events[]) {
    const search = searchOf(profile, start.setup, events);
    const { states, transitions, hit, orders } = ordersTo(search, target, bounds);
    searched.push({
      host: start.host,
      events: Object.keys(search.alphabet),
      states,
      transitions,
      hit,
    });
    for (const { steps, alike } of orders) {
      if (seen.has(steps.join())) continue;
      seen.add(steps.join());
      const choices: readonly Choice[] = choicesOf(search, steps);
      const found = { events: steps, alike, told: { profile, setup: start.setup, choices } };
      all.push(...sorted(search, start, found));
    }
  }
  return { all, searched };
}

function grouped(all: readonly Sorted[], begins: number): Family[] {
  const groups = new Map<string, Sorted[]>();
  for (const one of all) {
    const key = `${one.host.en}|${familyOf(one.mechanism)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Sorted];
    return {
      name: mechanismWords(first.mechanism),
      tag: first.mechanism.tag,
      mechanism: first.mechanism,
      host: first.host,
      begins,
      orders: group.map(({ found }) => found),
      key: familyOf(first.mechanism),
      history: first.history,
      search: first.search,
    };
  });
}

const RELOAD = 'a module reload with a seat switch';

/** The one the race has found, as a family of its own. */
function raceFamily(race: Race, host: Words, begins: number): Family[] {
  if (race.trace === null || race.steps === null) return [];
  const { profile, setup, choices } = race.trace;
  const told = { profile, setup, choices };
  const history = historyOf(told);
  const mechanism = mechanismOf(history, 'race');
  if (mechanism === null) return [];
  return [
    {
      name: { en: 'a module reload with a seat switch', zh: '重新加载模块时座位易手' },
      tag: 'race',
      mechanism,
      host,
      begins,
      orders: [{ events: race.steps, alike: [race.steps], told }],
      key: 'race',
      history,
      search: null,
    },
  ];
}

const tags = { atomic: 0, fault: 1, race: 2 } as const;
/** What people do every day comes before what an administrator does by hand once in a year. */
const origins = { login: 0, none: 0, administrator: 1, 'default ACL': 2 } as const;

/** The plainest first: on the host as it is, without faults, by everyday events, in few of them. */
const plainness = ({ tag, mechanism, begins, orders }: Family): readonly number[] => [
  tags[tag],
  begins,
  origins[mechanism.origin],
  orders[0]?.events.length ?? 0,
];

function byPlainness(a: Family, b: Family): number {
  const [mine, other] = [plainness(a), plainness(b)];
  const at = mine.findIndex((n, i) => n !== other[i]);
  return at < 0 ? 0 : (mine[at] ?? 0) - (other[at] ?? 0);
}

export type HowFar = Readonly<{
  bounds?: Bounds | undefined;
  /** Call by call takes longer: where whole events lead there anyway, only whoever wants everything waits for it. */
  races: 'always' | 'if nothing else' | 'never';
}>;

export function familiesTo(
  profile: string,
  setup: Setup,
  target: Target,
  { bounds, races: wanted }: HowFar,
): Families {
  const families: Family[] = [];
  const searched: Searched[] = [];
  const races: { host: Words; race: Race }[] = [];
  for (const [begins, start] of startsOf(profile, setup).entries()) {
    const { all, searched: models } = searchStart(profile, start, target, bounds);
    const mine = grouped(all, begins);
    families.push(...mine);
    searched.push(...models);
    const isThere = start.host.en === 'the rule there from boot';
    const callByCall = wanted === 'always' || (wanted !== 'never' && families.length === 0);
    if (isThere && callByCall) {
      const race = raceTo(raceOn(RELOAD, profile, start.setup), target);
      races.push({ host: start.host, race });
      families.push(...raceFamily(race, start.host, begins));
    }
  }
  return {
    families: families.sort(byPlainness),
    searched,
    races,
    complete:
      searched.every(({ hit }) => hit.length === 0) && races.every(({ race }) => race.complete),
  };
}
