/**
 * A whole space laid out as a graph: states by number, and for each its steps in a row.
 *
 * States are expanded in the order of their numbers, so the rows follow one another and a state needs only
 * the place where its row begins. For counting and listing; a search for verdicts keeps no steps.
 */
import { type Ints, ints } from './ints.ts';
import type { Bounds } from './report.ts';
import type { Space, Vector } from './space.ts';
import { type VectorSet, vectorSet } from './vectors.ts';

export type Graph = Readonly<{
  states: VectorSet;
  /** The numbers of the space's starts. */
  starts: readonly number[];
  /** Where the row of a state begins; one more entry tells where the last one ends. */
  rows: Ints;
  /** For each step: where it leads, and its place in the list of what is possible. */
  to: Ints;
  places: Ints;
  /** Is it all there? Otherwise the bound on states was reached. */
  whole: boolean;
}>;

export function graphOf<State, Step>(
  space: Space<State, Step>,
  { states: most = Number.POSITIVE_INFINITY }: Pick<Bounds, 'states'> = {},
): Graph {
  const states = vectorSet(space.width);
  const [rows, to, places] = [ints(), ints(), ints()];
  const starts = space.starts.map((start) => states.add(start));
  const from: Vector = new Int32Array(space.width);
  let whole = true;
  for (let number = 0; number < states.size(); number++) {
    rows.push(to.size());
    states.read(number, from);
    space.expand(from, (next, place) => {
      const reached = states.size() < most ? states.add(next) : states.find(next);
      if (reached < 0) {
        whole = false;
        return;
      }
      to.push(reached);
      places.push(place);
    });
  }
  rows.push(to.size());
  return { states, starts, rows, to, places, whole };
}

/** The steps of a state: where each leads, and its place. */
export function stepsOf({ rows, to, places }: Graph, number: number) {
  const steps: { to: number; place: number }[] = [];
  for (let step = rows.get(number); step < rows.get(number + 1); step++) {
    steps.push({ to: to.get(step), place: places.get(step) });
  }
  return steps;
}

export function vectorOf<State, Step>(
  { width }: Space<State, Step>,
  { states }: Graph,
  number: number,
): Vector {
  const vector: Vector = new Int32Array(width);
  states.read(number, vector);
  return vector;
}
