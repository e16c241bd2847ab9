/**
 * How many maximal schedules there are, and how each of them ends, without walking a single one.
 *
 * A schedule is maximal if it goes on until nothing more can happen. The ways to reach a state are the sum
 * of the ways to reach those before it, so one pass over the states in topological order counts them
 * all. Two different steps that lead to the same state are two ways. The counts outgrow a double soon.
 *
 * A space with a cycle has schedules without end: it is refused, and the cycle shown.
 */
import { type Graph, graphOf, stepsOf, vectorOf } from './graph.ts';
import type { Space } from './space.ts';

export type Schedules = Readonly<{
  total: bigint;
  /** By the name of their end, the most frequent first. */
  ends: Readonly<Record<string, bigint>>;
}>;

export function countSchedules<State, Step>(
  space: Space<State, Step>,
  nameOfEnd: (state: State) => string,
  /** For each start, how many schedules have led there; without it, one. */
  waysToStart: readonly bigint[] = space.starts.map(() => 1n),
): Schedules {
  const graph = graphOf(space);
  const ways = new Array<bigint>(graph.states.size()).fill(0n);
  for (const [i, start] of graph.starts.entries()) {
    ways[start] = (ways[start] ?? 0n) + (waysToStart[i] ?? 0n);
  }
  const ends = new Map<string, bigint>();
  for (const number of inOrder(space, graph)) {
    const here = ways[number] ?? 0n;
    const steps = stepsOf(graph, number);
    for (const { to } of steps) ways[to] = (ways[to] ?? 0n) + here;
    if (steps.length > 0) continue;
    const name = nameOfEnd(space.state(vectorOf(space, graph, number)));
    ends.set(name, (ends.get(name) ?? 0n) + here);
  }
  return schedules([...ends]);
}

export function schedules(ends: readonly (readonly [string, bigint])[]): Schedules {
  const sorted = [...ends].sort(([a, m], [b, n]) => (m === n ? (a < b ? -1 : 1) : m > n ? -1 : 1));
  const total = sorted.reduce((sum, [, count]) => sum + count, 0n);
  return { total, ends: Object.fromEntries(sorted) };
}

/** Each state after all that lead to it (Kahn, 1962). */
function inOrder<State, Step>(space: Space<State, Step>, graph: Graph): readonly number[] {
  const size = graph.states.size();
  const waitsFor = new Int32Array(size);
  for (let number = 0; number < size; number++) {
    for (const { to } of stepsOf(graph, number)) waitsFor[to] = (waitsFor[to] ?? 0) + 1;
  }
  const order = [...waitsFor.keys()].filter((number) => waitsFor[number] === 0);
  for (const number of order) {
    for (const { to } of stepsOf(graph, number)) {
      waitsFor[to] = (waitsFor[to] ?? 0) - 1;
      if (waitsFor[to] === 0) order.push(to);
    }
  }
  if (order.length === size) return order;
  const cycle = aCycle(space, graph, waitsFor);
  throw new Error(
    `${space.name} has schedules without end, so they cannot be counted: ${cycle.join(', ')} leads back to where it began.`,
  );
}

/** What still waits has a predecessor that waits: going back from one to the next must come round. */
function aCycle<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  waitsFor: Int32Array,
): readonly string[] {
  const before = new Map<number, { from: number; place: number }>();
  for (let from = 0; from < waitsFor.length; from++) {
    if (waitsFor[from] === 0) continue;
    for (const { to, place } of stepsOf(graph, from)) before.set(to, { from, place });
  }
  const met = new Set<number>();
  let here = waitsFor.findIndex((count) => count > 0);
  while (!met.has(here)) {
    met.add(here);
    here = before.get(here)?.from ?? here;
  }
  const cycle: string[] = [];
  const home = here;
  do {
    const { from, place } = before.get(here) ?? { from: home, place: 0 };
    cycle.unshift(space.describe(space.step(vectorOf(space, graph, from), place)));
    here = from;
  } while (here !== home);
  return cycle;
}
