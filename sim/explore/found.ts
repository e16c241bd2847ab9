/**
 * Answers remembered by the components that they turned out to depend on.
 *
 * A tree: at each branch stands the component that is asked for next, and below it one branch for each of its
 * values, indexed by its number. What is asked for next depends only on what was seen before, so the tree is
 * the same whatever the order in which it grows, and no two keys are confused.
 */
import { at } from './ints.ts';
import { needed } from './need.ts';
import type { Vector } from './space.ts';

type Branch<Answer> = {
  /** The components on the way here, as a mask. */
  shown: number;
  /** What is asked for next; ANSWERED for a leaf, UNKNOWN where nobody has been. */
  asks: number;
  answer: Answer | undefined;
  below: (Branch<Answer> | undefined)[];
};

const ANSWERED = -1;
const UNKNOWN = -2;

const branch = <Answer>(shown: number): Branch<Answer> => ({
  shown,
  asks: UNKNOWN,
  answer: undefined,
  below: [],
});

/** `run` is given what it is shown as a mask, `first` at the start; it throws a `need` for more. */
export function found<Answer>(
  first: number,
  run: (from: Vector, shown: number) => Answer,
): (from: Vector) => Answer {
  const root = branch<Answer>(first);

  function below(here: Branch<Answer>, from: Vector): Branch<Answer> {
    const value = at(from, here.asks);
    const known = here.below[value];
    if (known !== undefined) return known;
    const made = branch<Answer>(here.shown | (1 << here.asks));
    here.below[value] = made;
    return made;
  }

  function answerAt(here: Branch<Answer>, from: Vector): void {
    try {
      here.answer = run(from, here.shown);
      here.asks = ANSWERED;
    } catch (error) {
      const asked = needed(error);
      if (asked === null) throw error;
      here.asks = asked;
    }
  }

  return (from) => {
    let here = root;
    for (;;) {
      if (here.asks >= 0) here = below(here, from);
      else if (here.asks === ANSWERED) return here.answer as Answer;
      else answerAt(here, from);
    }
  };
}
