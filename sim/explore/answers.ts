/**
 * What steps lead to, in one flat list: for each answer how many outcomes there are, and for each of them how many
 * components change, and then which one to what, [component, id, component, id ...]. No outcome: the step must wait.
 */
import { at, grown } from './ints.ts';

export type Answers = Readonly<{
  /** Where the answer begins. */
  add: (outcomes: readonly (readonly number[])[]) => number;
  /** The list itself, until the next answer is added. */
  words: () => Int32Array;
  table: () => Int32Array;
}>;

export function answerList(known: Int32Array = new Int32Array(0)): Answers {
  let words = Int32Array.from(known);
  let size = words.length;
  const push = (word: number) => {
    words = grown(words, size);
    words[size++] = word;
  };
  return {
    add(outcomes) {
      const start = size;
      push(outcomes.length);
      for (const outcome of outcomes) {
        push(outcome.length / 2);
        for (const word of outcome) push(word);
      }
      return start;
    },
    words: () => words,
    table: () => words.slice(0, size),
  };
}

/** How many outcomes an answer has. */
export const outcomesIn = (words: Int32Array, answer: number): number => at(words, answer);

/** Where the changes of the outcome after this one begin; an outcome begins with how many there are. */
export const nextOutcome = (words: Int32Array, outcome: number): number =>
  outcome + 1 + 2 * at(words, outcome);
