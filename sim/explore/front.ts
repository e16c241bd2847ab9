/**
 * Where a search can be cut into parts: the states after so many steps, and how many ways lead to each.
 *
 * Every schedule passes exactly one of these states at the cut (or has ended before it, and then its end is
 * among them). So parts that set out from different ones share out the schedules without remainder.
 */
import type { Path } from './replay.ts';
import type { Space, Vector } from './space.ts';
import { vectorSet } from './vectors.ts';

export type Prefix = Readonly<{ path: Path; vector: Vector; ways: bigint; ended: boolean }>;

export type Front = Readonly<{ depth: number; prefixes: readonly Prefix[] }>;

/** A small space never gets so wide; then any cut is as good as another. */
export const DEEPEST = 24;

/** The first cut with so many states, or else the deepest one allowed. */
export function frontOf<State, Step>(
  space: Space<State, Step>,
  wanted: number,
  deepest = DEEPEST,
): Front {
  let prefixes: readonly Prefix[] = merged(
    space.width,
    space.starts.map((vector, start) => ({
      path: { places: [], start },
      vector,
      ways: 1n,
      ended: false,
    })),
  );
  let depth = 0;
  while (prefixes.length < wanted && depth < deepest && prefixes.some(({ ended }) => !ended)) {
    prefixes = merged(
      space.width,
      prefixes.flatMap((prefix) => onward(space, prefix)),
    );
    depth++;
  }
  return { depth, prefixes };
}

function onward<State, Step>(space: Space<State, Step>, prefix: Prefix): readonly Prefix[] {
  if (prefix.ended) return [prefix];
  const { path, vector, ways } = prefix;
  const next: Prefix[] = [];
  space.expand(vector, (successor, place) => {
    const places = [...path.places, place];
    next.push({ path: { ...path, places }, vector: successor.slice(), ways, ended: false });
  });
  return next.length > 0 ? next : [{ ...prefix, ended: true }];
}

/** One prefix for each state: the first path to it, and the ways of all. */
function merged(width: number, prefixes: readonly Prefix[]): readonly Prefix[] {
  const states = vectorSet(width);
  const kept: Prefix[] = [];
  for (const prefix of prefixes) {
    const number = states.add(prefix.vector);
    const known = kept[number];
    kept[number] = known ? { ...known, ways: known.ways + prefix.ways } : prefix;
  }
  return kept;
}
