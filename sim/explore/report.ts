/**
 * What a search found: plain JSON, the same for every kind of search.
 *
 * "Not found" and "not there" are different answers. A verdict is `open` when a bound stopped the search
 * before it could tell, and every bound that was reached is named in `hit`.
 */
import type { Kind, Space } from './space.ts';

export type Bounds = Readonly<{
  /** Distinct states at most. */
  states?: number;
  /** Steps from the start at most. */
  depth?: number;
  /** Faults on one path at most. */
  faults?: number;
}>;

export type Bound = keyof Bounds;

export type Witness = Readonly<{
  steps: readonly string[];
  /** The places of the steps in the lists of what was possible: this replays. */
  places: readonly number[];
  /** Which of the initial states it sets out from. */
  start: number;
  /** How often the next step is another actor's. */
  switches: number;
  faults: number;
}>;

export type Verdict = Readonly<{
  property: string;
  kind: Kind;
  verdict: 'holds' | 'fails' | 'open';
  /** The counterexample of an `always` or `finally`, the example of a `sometimes`. */
  witness: Witness | null;
}>;

export type Report = Readonly<{
  model: string;
  search: 'breadth first' | 'depth first' | 'random walks';
  /** Were orders left out that cannot matter to the verdicts? Then the counts are of the rest. */
  reduced: boolean;
  /** Joined from parts that may have met the same state? Then the counts are upper bounds. */
  atMost: boolean;
  states: number;
  transitions: number;
  /** The longest of the shortest paths; for other searches than breadth first, the longest path walked. */
  depth: number;
  /** States in which nothing more can happen. */
  ends: number;
  bounds: Bounds;
  hit: readonly Bound[];
  /** Did the search stop before the end because it was told to, having seen enough? */
  stopped: boolean;
  /** Memory of the visited set, and of the paths where the search keeps them, in bytes. */
  bytes: number;
  properties: readonly Verdict[];
}>;

export type Progress = Readonly<{ states: number; transitions: number; depth: number }>;

export type SearchOptions = Readonly<{
  bounds?: Bounds;
  /** The properties to judge; without it, all. */
  only?: readonly string[];
  /** When to stop: after the last state (the default), after the first counterexample, or when all is decided. */
  until?: 'exhausted' | 'counterexample' | 'decided';
  /** Called every 65,536 states. */
  progress?: (sofar: Progress) => void;
}>;

export const PROGRESS_EVERY = 0x10000;

/** The laws that a search is asked to judge. */
export function chosenLaws<State, Step>(
  { name, laws }: Space<State, Step>,
  only?: readonly string[],
): Space<State, Step>['laws'] {
  const names = laws.map((law) => law.name);
  const twice = names.find((law, i) => names.indexOf(law) !== i);
  if (twice !== undefined) throw new Error(`${name}: two properties are called ${twice}.`);
  const unknown = only?.find((law) => !names.includes(law));
  if (unknown !== undefined) {
    throw new Error(`${name} has no property ${unknown}, only ${names.join(', ')}.`);
  }
  return only ? laws.filter((law) => only.includes(law.name)) : laws;
}

/** Fewer steps first, then fewer changes of hand, then fewer faults. */
export const byLength = (a: Witness, b: Witness): number =>
  a.steps.length - b.steps.length || a.switches - b.switches || a.faults - b.faults;
