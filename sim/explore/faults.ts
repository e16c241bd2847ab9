/**
 * A space in which only so many faults happen on one path.
 *
 * How many have happened becomes one more component: without it, a state first reached by way of a fault
 * would be taken for done when it is reached again without one.
 */
import { at } from './ints.ts';
import type { Space, Vector } from './space.ts';

export type Budget<State, Step> = Readonly<{
  space: Space<State, Step>;
  /** Was a fault left out because the budget was spent? */
  spent: () => boolean;
}>;

export function withFaultBudget<State, Step>(
  inner: Space<State, Step>,
  most: number,
): Budget<State, Step> {
  let spent = false;
  const { width } = inner;
  const next: Vector = new Int32Array(width + 1);
  const within = (vector: Vector) => vector.subarray(0, width);
  return {
    spent: () => spent,
    space: {
      ...inner,
      width: width + 1,
      starts: inner.starts.map((start) => Int32Array.from([...start, 0])),
      laws: inner.laws.map((law) => ({ ...law, holds: (vector) => law.holds(within(vector)) })),
      expand(from, found) {
        const used = at(from, width);
        inner.expand(within(from), (successor, place, isFault, actor) => {
          if (isFault && used >= most) {
            spent = true;
            return;
          }
          next.set(successor);
          next[width] = used + (isFault ? 1 : 0);
          found(next, place, isFault, actor);
        });
      },
      state: (vector) => inner.state(within(vector)),
      step: (from, place) => inner.step(within(from), place),
    },
  };
}
