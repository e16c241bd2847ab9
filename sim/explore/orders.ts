/**
 * Every minimal order of steps that leads to a target, or the proof that none does.
 *
 * An order is minimal if no proper subsequence of it can be walked and reaches the target too. Orders that
 * differ only by swapping adjacent independent steps are one (`alike.ts`).
 *
 * Length by length, each state collects the orders to *it* that have no proper subsequence leading to the
 * same state. Every beginning of a minimal order is such an order: could something be dropped from the
 * beginning, it could be dropped from the whole. So all others are cut as they appear, and where no order
 * can be drawn out any further the list is complete, without a bound on the length.
 */
import { alikeClasses } from './alike.ts';
import { type Graph, graphOf, stepsOf, vectorOf } from './graph.ts';
import { witnessOf } from './replay.ts';
import { type Bound, type Bounds, byLength, type Witness } from './report.ts';
import type { Space } from './space.ts';

/** An order as it grows: the names of its steps, their places, and the states it passes. */
export type Word = Readonly<{
  start: number;
  names: readonly string[];
  places: readonly number[];
  passes: readonly number[];
}>;

export type Order<State> = Witness &
  Readonly<{
    reaches: State;
    /** The orders that are one with this, by swapping adjacent independent steps; this one comes first. */
    alike: readonly (readonly string[])[];
  }>;

export type Orders<State> = Readonly<{
  model: string;
  states: number;
  transitions: number;
  bounds: Bounds;
  /** If empty, these are all minimal orders; if there are none besides, the target is not reachable. */
  hit: readonly Bound[];
  orders: readonly Order<State>[];
}>;

export type OrderOptions<Step> = Readonly<{
  bounds?: Pick<Bounds, 'states' | 'depth'>;
  /** Whether two adjacent steps may be swapped. Without it: if here and now the other way round leads to the same state. */
  independent?: (a: Step, b: Step) => boolean;
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
  const { arrived, cut } = grow(space, graph, isTarget, bounds.depth ?? Number.POSITIVE_INFINITY);
  const minimal = arrived.filter((word) => !arrived.some((other) => isShortened(other, word)));
  const hit: Bound[] = [
    ...(graph.whole ? [] : ['states' as const]),
    ...(cut ? ['depth' as const] : []),
  ];
  const orders = alikeClasses(space, graph, minimal, independent).map((words) => {
    const shown = words.map((word) => ({ word, ...witnessOf(space, word) })).sort(byLengthThenName);
    const { word, ...witness } = shown[0] as (typeof shown)[number];
    return {
      ...witness,
      places: word.places,
      reaches: space.state(vectorOf(space, graph, endOf(word))),
      alike: shown.map(({ steps }) => steps),
    };
  });
  return {
    model: space.name,
    states: graph.states.size(),
    transitions: graph.to.size(),
    bounds,
    hit,
    orders: orders.sort(byLengthThenName),
  };
}

const endOf = ({ passes }: Word): number => passes.at(-1) as number;

const byLengthThenName = (a: Witness, b: Witness): number =>
  byLength(a, b) || (a.steps.join() < b.steps.join() ? -1 : 1);

/** The orders that arrive, each with no shorter self to the same state. */
function grow<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  isTarget: readonly boolean[],
  longest: number,
): { arrived: Word[]; cut: boolean } {
  const leadsOn = canReach(graph, isTarget);
  const known = new Map<number, Word[]>();
  const arrived: Word[] = [];
  let level: Word[] = graph.starts
    .map((number, start) => ({ start, names: [], places: [], passes: [number] }))
    .filter((word) => leadsOn[endOf(word)]);
  for (let length = 0; level.length > 0; length++) {
    const open: Word[] = [];
    for (const word of level) {
      known.set(endOf(word), [...(known.get(endOf(word)) ?? []), word]);
      (isTarget[endOf(word)] ? arrived : open).push(word);
    }
    if (length >= longest) return { arrived, cut: open.length > 0 };
    level = open.flatMap((word) => longer(space, graph, word, leadsOn)).filter(unlike(known));
  }
  return { arrived, cut: false };
}

function longer<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  word: Word,
  leadsOn: readonly boolean[],
): Word[] {
  const from = vectorOf(space, graph, endOf(word));
  return stepsOf(graph, endOf(word))
    .filter(({ to }) => leadsOn[to])
    .map(({ to, place }) => ({
      start: word.start,
      names: [...word.names, space.describe(space.step(from, place))],
      places: [...word.places, place],
      passes: [...word.passes, to],
    }));
}

/** Is this order the first of its kind: no shorter self is known, nor the same steps by another way? */
function unlike(known: ReadonlyMap<number, readonly Word[]>): (word: Word) => boolean {
  const now = new Set<string>();
  return (word) => {
    if (known.get(endOf(word))?.some((shorter) => isShortened(shorter, word))) return false;
    const key = JSON.stringify([word.start, endOf(word), word.names]);
    return now.size < now.add(key).size;
  };
}

/** Is the first the second with one or more steps dropped? */
function isShortened(short: Word, long: Word): boolean {
  if (short.start !== long.start || short.names.length >= long.names.length) return false;
  let matched = 0;
  for (const name of long.names) if (name === short.names[matched]) matched++;
  return matched === short.names.length;
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
