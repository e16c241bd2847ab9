/**
 * Answers remembered by the few components they depend on.
 *
 * The key is the vector [question, ids of the components], kept in the same kind of set as the states, so
 * an answer is an array element away and is never mistaken for another's.
 */
import { at } from './ints.ts';
import type { Vector } from './space.ts';
import { vectorSet } from './vectors.ts';

export type Memo<Answer> = Readonly<{
  recall: (
    question: number,
    components: Int32Array,
    from: Vector,
    run: (from: Vector) => Answer,
  ) => Answer;
}>;

/** For questions that depend on so many components. */
export function memo<Answer>(arity: number): Memo<Answer> {
  const keys = vectorSet(arity + 1);
  const key: Vector = new Int32Array(arity + 1);
  const answers: Answer[] = [];
  return {
    recall(question, components, from, run) {
      key[0] = question;
      for (let i = 0; i < arity; i++) key[i + 1] = at(from, at(components, i));
      const number = keys.add(key);
      if (number === answers.length) answers.push(run(from));
      return answers[number] as Answer;
    },
  };
}
