/**
 * What a search walks on: states are vectors of small numbers, steps are places in a state's list.
 *
 * Every search of this room knows only this; `objects.ts` makes a space of a Model, `reactions.ts` of a
 * System. A path is the list of its steps' places, which means the same on every run and every machine.
 */
export type Vector = Int32Array;

export type Kind = 'always' | 'sometimes' | 'finally';

export type Law = Readonly<{
  name: string;
  kind: Kind;
  holds: (vector: Vector) => boolean;
}>;

/** Called once for each successor, in order. `next` is overwritten as soon as this returns; actors are numbered from 0. */
export type Found = (next: Vector, place: number, isFault: boolean, actor: number) => void;

export type Space<State, Step> = Readonly<{
  name: string;
  width: number;
  starts: readonly Vector[];
  laws: readonly Law[];
  expand: (from: Vector, found: Found) => void;
  state: (vector: Vector) => State;
  step: (from: Vector, place: number) => Step;
  describe: (step: Step) => string;
}>;

/** A property that is already decided by the states seen so far: violated, or exemplified. */
export const decides = (law: Law, vector: Vector): boolean =>
  law.holds(vector) === (law.kind === 'sometimes');
