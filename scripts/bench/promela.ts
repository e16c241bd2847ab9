/**
 * A system whose space has been seen whole, written down for spin: the same states, the same steps.
 *
 * The projection is one to one: each component of the system is one variable of the Promela model, with the number
 * that our search gave to its value, and each remembered reaction is one entry of a table in C. So pan stores a state
 * exactly where we do. What pan is given is what our search looks up; it does not have to run a host.
 */
import { NOTHING, type Tree } from '../../sim/explore/found.ts';
import type { Outcome } from '../../sim/explore/reactions.ts';
import type { SystemSpace } from '../../sim/explore/systems.ts';

/** Each tree in a row: what is looked at, how many values, where each leads; a leaf is its outcomes. */
function flatten(tree: Tree<readonly Outcome[]>, into: number[]): number {
  if (tree.looks === NOTHING) {
    const start = into.length;
    const outcomes = tree.answer ?? [];
    into.push(-1, outcomes.length);
    for (const outcome of outcomes) into.push(outcome.length / 2, ...outcome);
    return start;
  }
  // Array.from, as map would leave the holes of values that were never met.
  const below = Array.from(tree.below, (branch) =>
    branch === undefined ? 0 : flatten(branch, into),
  );
  const start = into.length;
  into.push(tree.looks, below.length, ...below);
  return start;
}

/** The model, and its table as a header in C. */
export type Written = Readonly<{ text: string; table: string }>;

/** `bad` judges a state; it must look at no more than these components. */
export function promelaOf<State>(
  space: SystemSpace<State>,
  owns: readonly number[],
  bad: Readonly<{ component: number; values: readonly number[] }>,
): Written {
  const table: number[] = [0];
  const [start] = space.starts;
  if (start === undefined || space.starts.length > 1 || start.some((value) => value !== 0)) {
    throw new Error(
      `${space.name}: pan begins where all variables are 0, and so must its one start.`,
    );
  }
  const counts = Object.values(space.values());
  let steps = 0;
  const offers: number[][] = [];
  for (const [actor, own] of owns.entries()) {
    const lists: number[] = [];
    for (let value = 0; value < (counts[own] ?? 0); value++) {
      const from = Int32Array.from(start);
      from[own] = value;
      const trees = space.local(actor, from).offers.map(({ tree }) => flatten(tree, table));
      steps = Math.max(steps, trees.length);
      lists.push(table.length);
      table.push(trees.length, ...trees);
    }
    offers.push(lists);
  }
  const options = owns.flatMap((_, actor) =>
    Array.from(
      { length: steps },
      (_, k) =>
        `  :: d_step { c_expr { can_${actor}_${k} } -> c_code { go(now.v, ${actor}, ${k}); } CHECK }`,
    ),
  );
  return {
    text: model(start.length, options),
    table: tableText(table, offers, owns, steps, bad),
  };
}

/**
 * Given to gcc before pan.c. What spin would not let into an expression, a call, comes in by the name of a macro.
 */
const tableText = (
  table: readonly number[],
  offers: readonly (readonly number[])[],
  owns: readonly number[],
  steps: number,
  bad: Readonly<{ component: number; values: readonly number[] }>,
): string => `typedef unsigned short Value;
static const int table[] = { ${table.join()} };
${offers.map((list, actor) => `static const int offers${actor}[] = { ${list.join()} };`).join('\n')}
static const int * const offers[] = { ${offers.map((_, actor) => `offers${actor}`).join()} };
static const int owns[] = { ${owns.join()} };
static const unsigned char wrong[65536] = { ${bad.values.map((value) => `[${value}] = 1`).join()} };
static const int *outcome(const Value *v, int actor, int k) {
  const int *list = table + offers[actor][v[owns[actor]]];
  for (int i = 1; i <= list[0]; i++) {
    const int *at = table + list[i];
    while (at[0] >= 0) at = table + at[2 + v[at[0]]];
    int n = at[1];
    const int *one = at + 2;
    for (int j = 0; j < n; j++) { if (k-- == 0) return one; one += 1 + 2 * one[0]; }
  }
  return 0;
}
static void go(Value *v, int actor, int k) {
  const int *one = outcome(v, actor, k);
  for (int i = 0; i < one[0]; i++) v[one[1 + 2 * i]] = one[2 + 2 * i];
}
${owns.flatMap((_, actor) => Array.from({ length: steps }, (_step, k) => `#define can_${actor}_${k} (outcome(now.v, ${actor}, ${k}) != 0)`)).join('\n')}
#define good (!wrong[now.v[${bad.component}]])
`;

const model = (width: number, options: readonly string[]): string => `#ifdef FIND
#define CHECK ; assert(c_expr { good })
#else
#define CHECK
#endif
c_state "Value v[${width}]" "Global"
active proctype host() {
end: do
${options.join('\n')}
  od
}
`;
