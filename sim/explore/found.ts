/**
 * Answers remembered by the components that they turned out to depend on.
 *
 * While an answer is worked out it is noted which components are looked at, in order. The answers make a tree: at
 * each branch stands the component that is looked at next, and below it one branch for each of its values, indexed
 * by its number. What is looked at next depends only on what was seen before, so no two keys are confused.
 */
import { at } from './ints.ts';
import type { Vector } from './space.ts';

type Branch<Answer> = {
  /** What is looked at next; NOTHING for a leaf, UNKNOWN where nobody has been. */
  looks: number;
  answer: Answer | undefined;
  below: (Branch<Answer> | undefined)[];
};

export const NOTHING = -1;
const UNKNOWN = -2;

/** The same, for who wants to write it down. */
export type Tree<Answer> = Readonly<{
  looks: number;
  answer: Answer | undefined;
  below: readonly (Tree<Answer> | undefined)[];
}>;

export type Found<Answer> = Readonly<{ answerIn: (from: Vector) => Answer; tree: Tree<Answer> }>;

const branch = <Answer>(): Branch<Answer> => ({ looks: UNKNOWN, answer: undefined, below: [] });

export type Note = (component: number) => void;

/**
 * `run` notes each component that it looks at; the answer is the same for states that agree in these. What it
 * is sure to look at, by what is known already, it is told ahead.
 */
export function found<Answer>(
  run: (from: Vector, note: Note, ahead: readonly number[]) => Answer,
): Found<Answer> {
  const root = branch<Answer>();

  function below(here: Branch<Answer>, value: number): Branch<Answer> {
    const known = here.below[value];
    if (known !== undefined) return known;
    const made = branch<Answer>();
    here.below[value] = made;
    return made;
  }

  function workOut(from: Vector, ahead: readonly number[]): Answer {
    const looked = new Set<number>(ahead);
    const answer = run(from, (component) => looked.add(component), ahead);
    let here = root;
    for (const component of looked) {
      if (here.looks === UNKNOWN) here.looks = component;
      if (here.looks !== component) {
        throw new Error(
          'A reaction looked at other components than the last time it saw the same.',
        );
      }
      here = below(here, at(from, component));
    }
    here.looks = NOTHING;
    here.answer = answer;
    return answer;
  }

  /** The components on the way to where nobody has been. */
  function pathOf(from: Vector): number[] {
    const path: number[] = [];
    let here: Branch<Answer> | undefined = root;
    while (here !== undefined && here.looks >= 0) {
      path.push(here.looks);
      here = here.below[at(from, here.looks)];
    }
    return path;
  }

  function answerIn(from: Vector): Answer {
    let here = root;
    while (here.looks >= 0) {
      const next = here.below[at(from, here.looks)];
      if (next === undefined) return workOut(from, pathOf(from));
      here = next;
    }
    return here.looks === NOTHING ? (here.answer as Answer) : workOut(from, pathOf(from));
  }

  return { answerIn, tree: root };
}
