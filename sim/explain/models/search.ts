/**
 * The hosts and events that `why` searches, laid out once and asked for many targets.
 *
 * The model is the one that every answer prints: this host, these events, each running to its end before the next.
 * What follows an event is found once for each state and kept.
 */
import type { Model } from '../../explore/model.ts';
import { spaceOf } from '../../explore/objects.ts';
import { minimalOrders, type Orders } from '../../explore/orders.ts';
import type { Space } from '../../explore/space.ts';
import type { Choice } from '../../host/choice.ts';
import { newHost, type Setup } from '../../host/machine.ts';
import { profileNamed } from '../../host/profiles.ts';
import type { World } from '../../host/world.ts';
import { memo } from '../../kernel/memo.ts';
import { devOf } from '../node.ts';
import { type Alphabet, administrators, alphabetOf, inheritanceOf, rootLogin } from './events.ts';
import { fingerprint, hostModel } from './hostModel.ts';

export type Search = Readonly<{
  profile: string;
  setup: Setup;
  alphabet: Alphabet;
  model: Model<World, string>;
  space: Space<World, string>;
}>;

const start = (world: World): string =>
  `${fingerprint(world)} ${JSON.stringify(devOf(world)?.defaultAcl)}`;

/** The near misses walk where the search has walked: nothing is played twice. */
function remembering(model: Model<World, string>): Model<World, string> {
  const known = new Map<string, World>();
  const next = (world: World, event: string): World => {
    const key = `${event}|${start(world)}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const after = model.next(world, event);
    known.set(key, after);
    return after;
  };
  return { ...model, next, fingerprint: start };
}

/** Which events: people, packages, machine and administrators; or a default ACL on /dev with what it takes to matter. */
export type Events = 'people' | 'inheritance';

const made = memo((text): Search => {
  const [profile, setup, events] = JSON.parse(text) as [string, Setup, Events];
  const host = newHost(profileNamed(profile), setup);
  const alphabet =
    events === 'people'
      ? { ...alphabetOf(host.world), ...administrators }
      : inheritanceOf(host.world);
  const model = remembering(hostModel('a host and its people', host, alphabet));
  return { profile, setup, alphabet, model, space: spaceOf(model) };
}, 8);

export const searchOf = (profile: string, setup: Setup, events: Events): Search =>
  made(JSON.stringify([profile, setup, events]));

/** Far above what any of these models needs; a search that gets here says so. */
const BOUNDS = { states: 20_000, orders: 20_000 };

export type Target = (world: World) => boolean;

export type Bounds = Readonly<{ states?: number; depth?: number; orders?: number }>;

export const ordersTo = (
  { space }: Search,
  target: Target,
  bounds: Bounds = BOUNDS,
): Orders<World> => minimalOrders(space, target, { bounds });

/** The choices of an order, from the booted host on. */
export const choicesOf = ({ alphabet }: Search, events: readonly string[]): Choice[] => [
  rootLogin,
  ...events.flatMap((event) => alphabet[event]?.choices ?? []),
];

/** Walk an order of events; null when one of them is not possible where it stands. */
export function walk({ model }: Search, events: readonly string[]): World | null {
  const [first] = model.initial;
  let world = first ?? null;
  for (const event of events) {
    if (world === null || !model.enabled(world).includes(event)) return null;
    world = model.next(world, event);
  }
  return world;
}
