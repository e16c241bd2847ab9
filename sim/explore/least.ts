/**
 * Of all shortest paths to what was looked for, the one that changes hands least, then with fewest faults.
 *
 * One sweep over the layers, from the deepest back to the start, for all properties at once. A path of
 * least length takes one layer a step, so a state's predecessors need only be looked for one layer up.
 * What a path still costs depends on who acts first in it: a state keeps its best route for each.
 */
import type { Path } from './replay.ts';
import { decides, type Law, type Space, type Vector } from './space.ts';
import type { VectorSet } from './vectors.ts';

/** What has been seen, in the order of finding, and with which state each layer begins. */
export type Seen = Readonly<{ states: VectorSet; layers: readonly number[] }>;

type Route = Readonly<{
  actor: string | null;
  place: number;
  rest: Route | null;
  switches: number;
  faults: number;
}>;

const ARRIVED: Route = { actor: null, place: -1, rest: null, switches: 0, faults: 0 };

/** For each state of one layer, by its number, its best routes. */
type Routes = Map<number, Route[]>;

/** Paths for the laws that were decided; the notes give the layer in which each of them was. */
export function leastPaths<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  notes: ReadonlyMap<Law, number>,
): ReadonlyMap<Law, Path> {
  const routes = new Map<Law, Routes>();
  const deepest = Math.max(-1, ...notes.values());
  for (let layer = deepest; layer >= 0; layer--) {
    for (const [law, decidedIn] of notes) {
      if (decidedIn === layer) routes.set(law, arrivals(space, seen, law, layer));
    }
    if (layer > 0) climb(space, seen, layer - 1, routes);
  }
  return new Map([...routes].map(([law, map]) => [law, bestFromStart(space, seen, map)]));
}

function arrivals<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  law: Law,
  layer: number,
): Routes {
  const routes: Routes = new Map();
  eachOf(space, seen, layer, (vector, number) => {
    if (decides(law, vector) && isMeant(space, law, vector)) routes.set(number, [ARRIVED]);
  });
  return routes;
}

function isMeant<State, Step>(space: Space<State, Step>, law: Law, vector: Vector): boolean {
  if (law.kind !== 'finally') return true;
  let successors = 0;
  space.expand(vector, () => successors++);
  return successors === 0;
}

/** Replaces the routes of a layer by those of the layer above it. */
function climb<State, Step>(
  space: Space<State, Step>,
  seen: Seen,
  layer: number,
  routes: Map<Law, Routes>,
): void {
  const above = new Map<Law, Routes>();
  for (const law of routes.keys()) above.set(law, new Map());
  eachOf(space, seen, layer, (from, number) => {
    const hits: { law: Law; place: number; isFault: boolean; onward: readonly Route[] }[] = [];
    space.expand(from, (next, place, isFault) => {
      const reached = seen.states.find(next);
      if (reached < 0) return;
      for (const [law, map] of routes) {
        const onward = map.get(reached);
        if (onward) hits.push({ law, place, isFault, onward });
      }
    });
    for (const { law, place, isFault, onward } of hits) {
      const actor = space.actor(space.step(from, place));
      const options = onward.map((rest) => prefixed(actor, place, isFault, rest));
      const best = options.reduce((a, b) => (cost(b, a) < 0 ? b : a));
      const known = above.get(law)?.get(number) ?? [];
      above.get(law)?.set(number, keepBest(known, best));
    }
  });
  for (const [law, map] of above) routes.set(law, map);
}

const prefixed = (actor: string, place: number, isFault: boolean, rest: Route): Route => ({
  actor,
  place,
  rest,
  switches: rest.switches + (rest.actor !== null && rest.actor !== actor ? 1 : 0),
  faults: rest.faults + (isFault ? 1 : 0),
});

const cost = (a: Route, b: Route) => a.switches - b.switches || a.faults - b.faults;

/** One route for each first actor: the cheapest, and the earlier of equals. */
function keepBest(known: readonly Route[], route: Route): Route[] {
  const rival = known.find((other) => other.actor === route.actor);
  if (rival === undefined) return [...known, route];
  return cost(route, rival) < 0 ? known.map((r) => (r === rival ? route : r)) : [...known];
}

function bestFromStart<State, Step>(space: Space<State, Step>, seen: Seen, routes: Routes): Path {
  const options = space.starts.flatMap((vector, start) =>
    (routes.get(seen.states.find(vector)) ?? []).map((route) => ({ start, route })),
  );
  const { start, route } = options.reduce((a, b) => (cost(b.route, a.route) < 0 ? b : a));
  const places: number[] = [];
  for (let on: Route | null = route; on && on.actor !== null; on = on.rest) places.push(on.place);
  return { places, start };
}

function eachOf<State, Step>(
  space: Space<State, Step>,
  { states, layers }: Seen,
  layer: number,
  visit: (vector: Vector, number: number) => void,
): void {
  const end = layers[layer + 1] ?? states.size();
  const vector: Vector = new Int32Array(space.width);
  for (let number = layers[layer] ?? end; number < end; number++) {
    states.read(number, vector);
    visit(vector, number);
  }
}
