/**
 * Orders that differ by one event from one that leads to the target, and end somewhere else.
 */
import type { World } from '../host/world.ts';
import { type Search, type Target, walk } from './models/search.ts';
import { nodeLine, qemuOpens } from './node.ts';
import type { Words } from './words.ts';

export type NearMiss = Readonly<{
  events: readonly string[];
  /** In what it differs. */
  differs: Words;
  /** What /dev/kvm is then; null for none. */
  node: string | null;
  qemu: string | null;
}>;

type Variant = Readonly<{ events: readonly string[]; differs: Words }>;

const without = (events: readonly string[]): Variant[] =>
  events.map((event, i) => ({
    events: events.toSpliced(i, 1),
    differs: { en: `without ${event}`, zh: `没有 ${event}` },
  }));

const swapped = (events: readonly string[]): Variant[] =>
  events.slice(1).map((later, i) => ({
    events: events.toSpliced(i, 2, later, events[i] as string),
    differs: { en: `${later} before ${events[i]}`, zh: `${later} 先于 ${events[i]}` },
  }));

const added = (events: readonly string[], alphabet: readonly string[]): Variant[] =>
  alphabet.flatMap((event) =>
    [...events, ''].map((_, i) => ({
      events: events.toSpliced(i, 0, event),
      differs:
        i === events.length
          ? { en: `and then ${event}`, zh: `之后再 ${event}` }
          : { en: `with ${event} before ${events[i]}`, zh: `在 ${events[i]} 之前 ${event}` },
    })),
  );

/** The plainest for each way to end: fewer events first, an event less before a swap before an event more. */
export function nearMisses(search: Search, events: readonly string[], target: Target): NearMiss[] {
  const found = new Map<string, NearMiss>();
  const variants = [
    ...without(events),
    ...swapped(events),
    ...added(events, Object.keys(search.alphabet)),
  ];
  for (const { events: order, differs } of variants) {
    const world: World | null = order.length === 0 ? null : walk(search, order);
    if (world === null || target(world)) continue;
    const node = nodeLine(world);
    const qemu = qemuOpens(world);
    const key = `${node} ${qemu}`;
    if (!found.has(key)) found.set(key, { events: order, differs, node, qemu });
  }
  return [...found.values()];
}
