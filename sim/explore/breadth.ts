/**
 * Breadth first: every state by a shortest path.
 *
 * States are numbered as they are found, so the numbers from one layer boundary to the next *are* the
 * frontier: there is no queue, and nothing is kept of the paths. `least.ts` finds them again, layer by
 * layer, when a witness must be shown.
 */
import { withFaultBudget } from './faults.ts';
import { type Jury, jury } from './jury.ts';
import { leastPath } from './least.ts';
import type { Reduction } from './reduce.ts';
import { type Bound, PROGRESS_EVERY, type Report, type SearchOptions } from './report.ts';
import type { Space, Vector } from './space.ts';
import { vectorSet } from './vectors.ts';

export function breadthFirst<State, Step>(
  given: Space<State, Step>,
  options: SearchOptions = {},
  reduction?: Reduction,
): Report {
  const { bounds = {} } = options;
  const budget = bounds.faults === undefined ? null : withFaultBudget(given, bounds.faults);
  if (budget && reduction) {
    throw new Error(
      `${given.name}: a reduced search counts no faults; let a component count them.`,
    );
  }
  const space = budget?.space ?? given;
  const judges = jury(space, options);
  const { seen, hit, ...rest } = explore(space, options, judges, reduction);
  if (budget?.spent()) hit.add('faults');
  return {
    model: space.name,
    search: 'breadth first',
    reduced: reduction !== undefined,
    atMost: false,
    states: seen.states.size(),
    ...rest,
    depth: seen.layers.findLastIndex((start) => start < seen.states.size()),
    bounds,
    hit: [...hit],
    bytes: seen.states.bytes(),
    properties: judges.verdicts(hit.size === 0 && !rest.stopped, (law, layer) =>
      leastPath(space, seen, law, layer),
    ),
  };
}

function explore<State, Step>(
  space: Space<State, Step>,
  { bounds = {}, progress }: SearchOptions,
  judges: Jury,
  reduction?: Reduction,
) {
  const { states: most = Number.POSITIVE_INFINITY, depth: deepest = Number.POSITIVE_INFINITY } =
    bounds;
  const states = vectorSet(space.width);
  const layers = [0];
  const hit = new Set<Bound>();
  const from: Vector = new Int32Array(space.width);
  let [transitions, ends, successors] = [0, 0, 0];

  function discover(vector: Vector, layer: number): void {
    const size = states.size();
    if (size >= most || layer > deepest) {
      if (states.find(vector) < 0) hit.add(layer > deepest ? 'depth' : 'states');
      return;
    }
    if (states.add(vector) < size) return;
    judges.look(vector, layer, false);
    if (progress && (size + 1) % PROGRESS_EVERY === 0) {
      progress({ states: size + 1, transitions, depth: layer });
    }
  }

  const found = (next: Vector) => {
    successors++;
    discover(next, layers.length);
  };

  function expand(number: number): void {
    states.read(number, from);
    successors = 0;
    if (reduction) reduction.expand(from, number, states, found);
    else space.expand(from, found);
    transitions += successors;
    if (successors > 0) return;
    ends++;
    judges.look(from, layers.length - 1, true);
  }

  for (const start of space.starts) discover(start, 0);
  let number = 0;
  // Between layers only: then all states of the last layer are known, and among them the best witness.
  while (number < states.size() && !hit.has('states') && !judges.enough()) {
    const end = states.size();
    while (number < end && !hit.has('states')) expand(number++);
    layers.push(end);
  }
  const stopped = number < states.size() && !hit.has('states');
  return { seen: { states, layers }, hit, stopped, transitions, ends };
}
