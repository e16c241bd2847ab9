/**
 * Of all shortest paths to what was looked for, the one that changes hands least, then with fewest faults.
 *
 * A shortest path takes one layer a step. So the layers are swept once, from the one in which a property was
 * decided back to the start, and each state learns what the rest of the way costs, for each actor who may
 * take its next step; then the path is walked forwards by these costs. They are kept as numbers, one for
 * each state and actor, and only while one property's witness is sought.
 */
import { at } from './ints.ts';
import type { Path } from './replay.ts';
import { decides, type Law, type Space, type Vector } from './space.ts';
import type { VectorSet } from './vectors.ts';

/** What has been seen, in the order of finding, and with which state each layer begins. */
export type Seen = Readonly<{ states: VectorSet; layers: readonly number[] }>;

/** A change of hand outweighs every fault. */
const SWITCH = 0x10000;
const NONE = -1;
/** Who takes the next step where the way is at its end. */
const NOBODY = 0;

/** What the way costs from the states of one layer, for each actor who may take the next step. */
type Costs = Readonly<{
  get: (state: number, actor: number) => number;
  lower: (state: number, actor: number, cost: number) => void;
  /** The least cost for one who has just acted; NONE if the way cannot be reached from here. */
  after: (state: number, actor: number) => number;
  width: () => number;
}>;

export function leastPath<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  law: Law,
  layer: number,
): Path {
  const costs: Costs[] = [];
  costs[layer] = arrivals(space, seen, law, layer);
  for (let above = layer - 1; above >= 0; above--) {
    costs[above] = climb(space, seen, above, costs[above + 1] as Costs);
  }
  return walkDown(space, seen, costs);
}

function arrivals<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  law: Law,
  layer: number,
): Costs {
  const costs = costsOf(seen, layer);
  eachOf(space, seen, layer, (vector, state) => {
    if (!decides(law, vector)) return;
    if (law.kind === 'finally' && !isEnd(space, vector)) return;
    costs.lower(state, NOBODY, 0);
  });
  return costs;
}

function isEnd<State, Step>(space: Space<State, Step>, vector: Vector): boolean {
  let successors = 0;
  space.expand(vector, () => successors++);
  return successors === 0;
}

function climb<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  layer: number,
  below: Costs,
): Costs {
  const costs = costsOf(seen, layer);
  eachOf(space, seen, layer, (from, state) => {
    space.expand(from, (next, _place, isFault, actor) => {
      const rest = below.after(seen.states.find(next), actor + 1);
      if (rest !== NONE) costs.lower(state, actor + 1, rest + (isFault ? 1 : 0));
    });
  });
  return costs;
}

/** From the cheapest start, each time by the first step that costs what the way was found to cost. */
function walkDown<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  costs: readonly Costs[],
): Path {
  const [top] = costs as readonly [Costs];
  const options = space.starts
    .map((start) => seen.states.find(start))
    .flatMap((state, start) =>
      actorsAt(top, state).map((actor) => ({ start, state, actor, cost: top.get(state, actor) })),
    );
  let here = options.reduce((a, b) => (b.cost < a.cost ? b : a));
  const { start } = here;
  const places: number[] = [];
  const vector: Vector = new Int32Array(space.width);
  for (const below of costs.slice(1)) {
    const onward: (typeof here & { place: number })[] = [];
    seen.states.read(here.state, vector);
    space.expand(vector, (next, place, isFault, actor) => {
      if (actor + 1 !== here.actor) return;
      const state = seen.states.find(next);
      const rest = here.cost - (isFault ? 1 : 0);
      for (const then of actorsAt(below, state)) {
        const cost = below.get(state, then);
        if (cost + handOver(here.actor, then) !== rest) continue;
        onward.push({ start, state, actor: then, cost, place });
      }
    });
    const [first] = onward;
    if (first === undefined) throw new Error(`${space.name}: expanded twice, a state differs.`);
    places.push(first.place);
    here = first;
  }
  return { places, start };
}

const handOver = (actor: number, then: number) => (then === NOBODY || then === actor ? 0 : SWITCH);

const actorsAt = (costs: Costs, state: number): readonly number[] =>
  [...new Array<null>(costs.width()).keys()].filter((actor) => costs.get(state, actor) !== NONE);

/** A row of numbers for each state of the layer; rows grow as actors turn up. */
function costsOf({ states, layers }: Seen, layer: number): Costs {
  const first = layers[layer] ?? 0;
  const rows = (layers[layer + 1] ?? states.size()) - first;
  let width = 4;
  let table = new Int32Array(rows * width).fill(NONE);

  function widen(): void {
    const wider = new Int32Array(rows * width * 2).fill(NONE);
    for (let row = 0; row < rows; row++) {
      wider.set(table.subarray(row * width, (row + 1) * width), row * width * 2);
    }
    table = wider;
    width *= 2;
  }

  return {
    width: () => width,
    get(state, actor) {
      const row = state - first;
      return row < 0 || row >= rows || actor >= width ? NONE : at(table, row * width + actor);
    },
    lower(state, actor, cost) {
      while (actor >= width) widen();
      const place = (state - first) * width + actor;
      const known = at(table, place);
      if (known === NONE || cost < known) table[place] = cost;
    },
    after(state, actor) {
      const row = state - first;
      if (row < 0 || row >= rows) return NONE;
      let least = NONE;
      for (let then = 0; then < width; then++) {
        const cost = at(table, row * width + then);
        if (cost === NONE) continue;
        const whole = cost + handOver(actor, then);
        if (least === NONE || whole < least) least = whole;
      }
      return least;
    },
  };
}

function eachOf<State, Step>(
  space: Space<State, Step>,
  { states, layers }: Seen,
  layer: number,
  visit: (vector: Vector, state: number) => void,
): void {
  const end = layers[layer + 1] ?? states.size();
  const vector: Vector = new Int32Array(space.width);
  for (let state = layers[layer] ?? end; state < end; state++) {
    states.read(state, vector);
    visit(vector, state);
  }
}
