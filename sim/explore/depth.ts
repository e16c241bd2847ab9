/**
 * Depth first: into the deep before the wide. It finds some counterexample early, seldom a short one.
 *
 * Under a depth bound a state that is met again by a shorter path is gone into again: what lies below it
 * may come within reach only now. So a bounded search that was not cut has really seen everything.
 */
import { withFaultBudget } from './faults.ts';
import { type Ints, ints } from './ints.ts';
import { type Jury, jury } from './jury.ts';
import type { Path } from './replay.ts';
import type { Bound, Report, SearchOptions } from './report.ts';
import type { Space, Vector } from './space.ts';
import { type VectorSet, vectorSet } from './vectors.ts';

export function depthFirst<State, Step>(
  given: Space<State, Step>,
  options: SearchOptions = {},
): Report {
  const { bounds = {} } = options;
  const budget = bounds.faults === undefined ? null : withFaultBudget(given, bounds.faults);
  const space = budget?.space ?? given;
  const judges = jury(space, options);
  const { trail, hit, ...rest } = explore(space, options, judges);
  if (budget?.spent()) hit.add('faults');
  return {
    model: space.name,
    search: 'depth first',
    reduced: false,
    atMost: false,
    states: trail.states.size(),
    ...rest,
    bounds,
    hit: [...hit],
    bytes: trail.states.bytes() + trail.parents.bytes() + trail.depths.bytes(),
    properties: judges.verdicts(hit.size === 0 && !rest.stopped, (_law, number) =>
      pathTo(space, trail, number),
    ),
  };
}

/** For each state the state it was reached from (-1 for the first start, -2 for the second), and how deep. */
type Trail = Readonly<{ states: VectorSet; parents: Ints; depths: Ints }>;

function explore<State, Step>(
  space: Space<State, Step>,
  { bounds = {} }: SearchOptions,
  judges: Jury,
) {
  const { states: most = Number.POSITIVE_INFINITY, depth: deepest = Number.POSITIVE_INFINITY } =
    bounds;
  const bounded = deepest !== Number.POSITIVE_INFINITY;
  const [states, parents, depths, expanded] = [vectorSet(space.width), ints(), ints(), ints()];
  const stack: number[] = [];
  const hit = new Set<Bound>();
  /** States with a successor that lay too deep when they were last gone into. */
  const cut = new Set<number>();
  const from: Vector = new Int32Array(space.width);
  let [transitions, depth, ends] = [0, 0, 0];

  function reach(vector: Vector, parent: number, deep: number): void {
    const known = states.find(vector);
    if (known < 0 && states.size() >= most) hit.add('states');
    else if (known < 0 && deep > deepest) cut.add(parent);
    else if (known < 0) discover(vector, parent, deep);
    else if (bounded && deep < depths.get(known)) {
      parents.set(known, parent);
      depths.set(known, deep);
      stack.push(known);
    }
  }

  function discover(vector: Vector, parent: number, deep: number): void {
    const number = states.add(vector);
    parents.push(parent);
    depths.push(deep);
    expanded.push(0);
    judges.look(vector, number, false);
    depth = Math.max(depth, deep);
    stack.push(number);
  }

  function expand(number: number): void {
    states.read(number, from);
    const deep = depths.get(number) + 1;
    cut.delete(number);
    let successors = 0;
    space.expand(from, (next) => {
      successors++;
      reach(next, number, deep);
    });
    if (expanded.get(number) === 1) return;
    expanded.set(number, 1);
    transitions += successors;
    if (successors > 0) return;
    ends++;
    judges.look(from, number, true);
  }

  for (const [i, start] of space.starts.entries()) reach(start, -1 - i, 0);
  while (stack.length > 0 && !hit.has('states') && !judges.enough()) expand(stack.pop() as number);
  const stopped = stack.length > 0 && !hit.has('states');
  for (const number of cut) {
    states.read(number, from);
    space.expand(from, (next) => states.find(next) < 0 && hit.add('depth'));
  }
  return { trail: { states, parents, depths }, hit, stopped, transitions, depth, ends };
}

/** The way back to a start, and from there the places of its steps. */
function pathTo<State, Step>(
  space: Space<State, Step>,
  { states, parents }: Trail,
  number: number,
): Path {
  const numbers = [number];
  while (parents.get(numbers[0] as number) >= 0) numbers.unshift(parents.get(numbers[0] as number));
  const vector: Vector = new Int32Array(space.width);
  const places = numbers.slice(1).map((to, i) => {
    states.read(numbers[i] as number, vector);
    let found = -1;
    space.expand(vector, (next, place) => {
      if (found < 0 && states.find(next) === to) found = place;
    });
    return found;
  });
  return { places, start: -1 - parents.get(numbers[0] as number) };
}
