/**
 * What each actor offers at each value of its own, in one flat list: how many offers, and for each its tree, or the
 * tree's complement if the offer is a fault. A search asks this of every actor in every state.
 */
import { at, grown } from './ints.ts';
import type { Vector } from './space.ts';

export type Offered = Readonly<{
  /** Where in the list the offers of an actor begin, for its own value in this state. */
  find: (actor: number, from: Vector) => number;
  /** The list itself, until something is found for the first time. */
  words: () => Int32Array;
  tables: () => OfferedTables;
}>;

/** By actor and own value where the offers begin (0: not known), and the list. */
export type OfferedTables = Readonly<{ starts: readonly Int32Array[]; words: Int32Array }>;

export type Entry = Readonly<{ tree: number; isFault: boolean }>;

export function offeredList(
  owns: Int32Array,
  offersOf: (actor: number, from: Vector) => readonly Entry[],
  known?: OfferedTables,
): Offered {
  const starts = Array.from(owns, (_, actor) => Int32Array.from(known?.starts[actor] ?? [0]));
  let words = Int32Array.from(known?.words ?? [0]);
  /** Nothing begins at 0. */
  let size = words.length;
  const push = (word: number) => {
    words = grown(words, size);
    words[size++] = word;
  };

  function add(actor: number, from: Vector): number {
    const offers = offersOf(actor, from);
    const start = size;
    push(offers.length);
    for (const { tree, isFault } of offers) push(isFault ? ~tree : tree);
    const own = at(from, at(owns, actor));
    const mine = grown(starts[actor] as Int32Array<ArrayBuffer>, own);
    mine[own] = start;
    starts[actor] = mine;
    return start;
  }

  return {
    find(actor, from) {
      const mine = starts[actor] as Int32Array;
      const own = at(from, at(owns, actor));
      const start = own < mine.length ? at(mine, own) : 0;
      return start !== 0 ? start : add(actor, from);
    },
    words: () => words,
    tables: () => ({ starts: starts.map((mine) => mine.slice()), words: words.slice(0, size) }),
  };
}
