/**
 * Every minimal order of steps that leads to a target, or the proof that none does.
 *
 * An order is minimal if no proper subsequence of it can be walked and reaches the target too. Orders that
 * differ only by swapping adjacent independent steps are one.
 *
 * Length by length, each state collects the orders to *it* that have no proper subsequence leading to the
 * same state. Every beginning of a minimal order is such an order: could something be dropped from the
 * beginning, it could be dropped from the whole. So all others are cut as they appear, and where no order
 * can be drawn out any further the list is complete, without a bound on the length. Independent steps may
 * be swapped in a subsequence as in the whole, so of orders that are one, only the first need be drawn out.
 */
import { alikeClasses } from './alike.ts';
import { type Graph, graphOf, stepsOf, vectorOf } from './graph.ts';
import { witnessOf } from './replay.ts';
import { type Bounds, byLength, type Witness } from './report.ts';
import type { Space } from './space.ts';
import { endOf, type Independent, isFirstOfAlike, isShortened, type Word } from './word.ts';

export type OrderBounds = Pick<Bounds, 'states' | 'depth'> &
  Readonly<{
    /** Orders at most, those on the way included. */
    orders?: number;
  }>;

export type Order<State> = Witness &
  Readonly<{
    reaches: State;
    /** The minimal orders that were found to be one with this, which comes first. */
    alike: readonly (readonly string[])[];
  }>;

export type Orders<State> = Readonly<{
  model: string;
  states: number;
  transitions: number;
  bounds: OrderBounds;
  /** If empty, these are all minimal orders; and if there are none, the target is not reachable in this model. */
  hit: readonly (keyof OrderBounds)[];
  orders: readonly Order<State>[];
}>;

export type OrderOptions<Step> = Readonly<{
  bounds?: OrderBounds;
  /**
   * Are two steps independent: does neither ever make the other possible or impossible, and is it the same
   * either way round? For a system, `areIndependent`. Of orders that are one, the first in the alphabet is
   * then listed, alone. Without it, orders are compared where they stand (`alike.ts`).
   */
  independent?: Independent<Step>;
}>;

export function minimalOrders<State, Step>(
  space: Space<State, Step>,
  target: (state: State) => boolean,
  { bounds = {}, independent }: OrderOptions<Step> = {},
): Orders<State> {
  const graph = graphOf(space, bounds);
  const isTarget = Array.from({ length: graph.states.size() }, (_, number) =>
    target(space.state(vectorOf(space, graph, number))),
  );
  const { arrived, hit } = grow(space, graph, isTarget, bounds, independent);
  const minimal = arrived.filter(
    (word) => !arrived.some((other) => isShortened(other, word, independent ?? never)),
  );
  const classes = independent ? minimal.map((word) => [word]) : alikeClasses(space, graph, minimal);
  const orders = classes.map((words) => {
    const shown = words.map((word) => ({ word, witness: witnessOf(space, word) }));
    shown.sort((a, b) => byLengthThenName(a.witness, b.witness));
    const { word, witness } = shown[0] as (typeof shown)[number];
    const reaches = space.state(vectorOf(space, graph, endOf(word)));
    return { ...witness, reaches, alike: shown.map((one) => one.witness.steps) };
  });
  return {
    model: space.name,
    states: graph.states.size(),
    transitions: graph.to.size(),
    bounds,
    hit: graph.whole ? hit : ['states', ...hit],
    orders: orders.sort(byLengthThenName),
  };
}

const never = () => false;

const byLengthThenName = (a: Witness, b: Witness): number =>
  byLength(a, b) || (a.steps.join() < b.steps.join() ? -1 : 1);

/** The orders that arrive, each without a shorter self to the same state. */
function grow<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  isTarget: readonly boolean[],
  { depth = Number.POSITIVE_INFINITY, orders = Number.POSITIVE_INFINITY }: OrderBounds,
  independent: Independent<Step> = never,
): { arrived: Word<Step>[]; hit: (keyof OrderBounds)[] } {
  const leadsOn = canReach(graph, isTarget);
  const known = new Map<number, Word<Step>[]>();
  const arrived: Word<Step>[] = [];
  let kept = 0;
  let level: Word<Step>[] = graph.starts
    .map((number, start) => ({ start, steps: [], names: [], places: [], passes: [number] }))
    .filter((word) => leadsOn[endOf(word)]);
  for (let length = 0; level.length > 0; length++) {
    const open: Word<Step>[] = [];
    for (const word of level) {
      known.set(endOf(word), [...(known.get(endOf(word)) ?? []), word]);
      (isTarget[endOf(word)] ? arrived : open).push(word);
    }
    kept += level.length;
    if (open.length > 0 && kept >= orders) return { arrived, hit: ['orders'] };
    if (open.length > 0 && length >= depth) return { arrived, hit: ['depth'] };
    level = open
      .flatMap((word) => longer(space, graph, word, leadsOn))
      .filter((word) => isFirstOfAlike(word, independent))
      .filter(isNew(known, independent));
  }
  return { arrived, hit: [] };
}

function longer<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  word: Word<Step>,
  leadsOn: readonly boolean[],
): Word<Step>[] {
  const from = vectorOf(space, graph, endOf(word));
  return stepsOf(graph, endOf(word))
    .filter(({ to }) => leadsOn[to])
    .map(({ to, place }) => {
      const step = space.step(from, place);
      return {
        start: word.start,
        steps: [...word.steps, step],
        names: [...word.names, space.describe(step)],
        places: [...word.places, place],
        passes: [...word.passes, to],
      };
    });
}

/** Is this order the first of its kind: no shorter self is known, nor the same steps by another way? */
function isNew<Step>(
  known: ReadonlyMap<number, readonly Word<Step>[]>,
  independent: Independent<Step>,
): (word: Word<Step>) => boolean {
  const now = new Set<string>();
  return (word) => {
    if (known.get(endOf(word))?.some((shorter) => isShortened(shorter, word, independent)))
      return false;
    const key = JSON.stringify([word.start, endOf(word), word.names]);
    return now.size < now.add(key).size;
  };
}

/** From which states a target can still be reached. */
function canReach(graph: Graph, isTarget: readonly boolean[]): readonly boolean[] {
  const before: number[][] = isTarget.map(() => []);
  for (const number of isTarget.keys()) {
    for (const { to } of stepsOf(graph, number)) before[to]?.push(number);
  }
  const reaches = [...isTarget];
  const work = [...isTarget.keys()].filter((number) => isTarget[number]);
  for (const number of work) {
    for (const from of before[number] ?? []) {
      if (reaches[from]) continue;
      reaches[from] = true;
      work.push(from);
    }
  }
  return reaches;
}
