/**
 * From a state to all that can follow it: the inner loop of every search of a System.
 *
 * Nothing is run here that has been run before: offers, trees and answers are looked up in flat tables.
 */
import { type Answers, nextOutcome } from './answers.ts';
import type { Forest } from './found.ts';
import { at } from './ints.ts';
import type { Offered } from './offered.ts';
import type { Found, Vector } from './space.ts';

export type Known = Readonly<{ offered: Offered; trees: Forest; answers: Answers }>;

/** As a space's expand, but only the actors in the mask; a step's place is the same in both. */
export type ExpandSome = (from: Vector, mask: number, found: Found) => void;

export function expander(
  { offered, trees, answers }: Known,
  width: number,
  actors: number,
): ExpandSome {
  const next: Vector = new Int32Array(width);
  return (from, mask, found) => {
    next.set(from);
    let place = 0;
    for (let actor = 0; actor < actors; actor++) {
      const shown = (mask & (1 << actor)) !== 0;
      const start = offered.find(actor, from);
      const end = start + at(offered.words(), start);
      for (let entry = start + 1; entry <= end; entry++) {
        const offer = at(offered.words(), entry);
        const isFault = offer < 0;
        let outcome = trees.answer(isFault ? ~offer : offer, from) + 1;
        const words = answers.words();
        for (let left = at(words, outcome - 1); left > 0; left--) {
          const after = nextOutcome(words, outcome);
          if (shown) {
            for (let i = outcome + 1; i < after; i += 2) next[at(words, i)] = at(words, i + 1);
            found(next, place, isFault, actor);
            for (let i = outcome + 1; i < after; i += 2) {
              const component = at(words, i);
              next[component] = at(from, component);
            }
          }
          place++;
          outcome = after;
        }
      }
    }
  };
}
