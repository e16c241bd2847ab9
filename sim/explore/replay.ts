/**
 * A path walked again: from the places of its steps to the steps, the states and the words.
 */
import type { Witness } from './report.ts';
import type { Space, Vector } from './space.ts';

export type Path = Readonly<{ places: readonly number[]; start: number }>;

export type Walked<State, Step> = Readonly<{
  steps: readonly Step[];
  /** One more than there are steps: the first is the initial state. */
  states: readonly State[];
  faults: readonly boolean[];
  actors: readonly number[];
}>;

export function replay<State, Step>(
  space: Space<State, Step>,
  { places, start }: Path,
): Walked<State, Step> {
  const first = space.starts[start];
  if (first === undefined) throw new Error(`${space.name} has no initial state ${start}.`);
  let vector: Vector = first;
  const steps: Step[] = [];
  const faults: boolean[] = [];
  const actors: number[] = [];
  const states = [space.state(vector)];
  for (const place of places) {
    const { next, isFault, actor } = successor(space, vector, place);
    steps.push(space.step(vector, place));
    faults.push(isFault);
    actors.push(actor);
    states.push(space.state(next));
    vector = next;
  }
  return { steps, states, faults, actors };
}

/** The path as evidence: its words, how often it changes hands, and how many faults it needs. */
export function witnessOf<State, Step>(space: Space<State, Step>, path: Path): Witness {
  const { steps, faults, actors } = replay(space, path);
  return {
    steps: steps.map(space.describe),
    start: path.start,
    places: path.places,
    switches: actors.filter((actor, i) => i > 0 && actor !== actors[i - 1]).length,
    faults: faults.filter((fault) => fault).length,
  };
}

function successor<State, Step>(space: Space<State, Step>, from: Vector, wanted: number) {
  const reached: { next: Vector; isFault: boolean; actor: number }[] = [];
  space.expand(from, (next, place, isFault, actor) => {
    if (place === wanted) reached.push({ next: next.slice(), isFault, actor });
  });
  const [only] = reached;
  if (only !== undefined) return only;
  throw new Error(
    `${space.name}: the path does not replay, its step ${wanted} is not possible here.`,
  );
}
