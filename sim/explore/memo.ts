/**
 * Answers remembered by the few components they depend on.
 *
 * A tree of arrays, one level for each component, indexed by the component's number: the numbers are small
 * and dense, so an answer is a few array elements away, nothing is hashed, and no two keys are confused.
 */
import { at } from './ints.ts';
import type { Vector } from './space.ts';

export type Memo<Answer> = (from: Vector) => Answer;

/** `run`, but only once for each combination of values of these components. */
export function memo<Answer>(components: Int32Array, run: (from: Vector) => Answer): Memo<Answer> {
  const root: unknown[] = [];
  const levels = components.length - 1;
  return (from) => {
    let row = root;
    for (let level = 0; level < levels; level++) {
      const value = at(from, at(components, level));
      let deeper = row[value] as unknown[] | undefined;
      if (deeper === undefined) {
        deeper = [];
        row[value] = deeper;
      }
      row = deeper;
    }
    const last = levels < 0 ? 0 : at(from, at(components, levels));
    const known = row[last] as Answer | undefined;
    if (known !== undefined) return known;
    const answer = run(from);
    row[last] = answer;
    return answer;
  };
}
