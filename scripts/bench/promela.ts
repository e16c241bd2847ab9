/**
 * A system whose space has been seen whole, written down for spin: the same states, the same steps.
 *
 * The projection is one to one: each component of the system is one variable of the Promela model, with the number
 * that our search gave to its value, and each remembered reaction is one entry of a table in C. So pan stores a state
 * exactly where we do. What pan is given is what our search looks up; it does not have to run a host.
 */
import { nextOutcome, outcomesIn } from '../../sim/explore/answers.ts';
import { at } from '../../sim/explore/ints.ts';
import { eachLink, type Link } from '../../sim/explore/links.ts';
import type { Tables } from './tables.ts';

/** For each branch of each tree, where the values that were met lead to. */
function childrenOf({ trees }: Tables): ReadonlyMap<Link, ReadonlyMap<number, Link>> {
  const children = new Map<Link, Map<number, Link>>();
  eachLink(trees.links, (branch, value, link) => {
    const known = children.get(branch) ?? new Map<number, Link>();
    children.set(branch, known.set(value, link));
  });
  return children;
}

/** Each tree in a row: what is looked at, how many values, where each leads; a leaf is -1 and its answer. */
function flattener(tables: Tables, into: number[]): (link: Link) => number {
  const children = childrenOf(tables);
  const { answers, trees } = tables;
  function flatten(link: Link): number {
    if (link < 0) {
      let end = ~link + 1;
      for (let left = outcomesIn(answers, ~link); left > 0; left--) end = nextOutcome(answers, end);
      const start = into.push(-1) - 1;
      for (const word of answers.subarray(~link, end)) into.push(word);
      return start;
    }
    const below = children.get(link) ?? new Map<number, Link>();
    const places = new Array<number>(1 + Math.max(...below.keys())).fill(0);
    for (const [value, onward] of below) places[value] = flatten(onward);
    const start = into.push(at(trees.looks, link)) - 1;
    into.push(places.length);
    for (const place of places) into.push(place);
    return start;
  }
  return flatten;
}

/** The model, and its table as a header in C. */
export type Written = Readonly<{ text: string; table: string }>;

/** What pan is to look for: true for these values of two components. */
export type Bad = Readonly<{
  components: readonly [number, number];
  rows: readonly (readonly boolean[])[];
}>;

export function promelaOf(tables: Tables, bad: Bad): Written {
  const table: number[] = [0];
  const flatten = flattener(tables, table);
  const { name, offered, trees } = tables;
  const owns = [...tables.owns];
  const [start] = tables.starts;
  if (start === undefined || tables.starts.length > 1 || start.some((value) => value !== 0)) {
    throw new Error(`${name}: pan begins where all variables are 0, and so must its one start.`);
  }
  let steps = 0;
  const offers = offered.starts.map((places) =>
    Array.from(places, (place) => {
      if (place === 0) return 0;
      const count = at(offered.words, place);
      const roots = Array.from(offered.words.subarray(place + 1, place + 1 + count), (offer) =>
        flatten(at(trees.roots, offer < 0 ? ~offer : offer)),
      );
      steps = Math.max(steps, count);
      return table.push(count, ...roots) - count - 1;
    }),
  );
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
  bad: Bad,
): string => `typedef unsigned short Value;
static const int table[] = { ${table.join()} };
${offers.map((list, actor) => `static const int offers${actor}[] = { ${list.join()} };`).join('\n')}
static const int * const offers[] = { ${offers.map((_, actor) => `offers${actor}`).join()} };
static const int owns[] = { ${owns.join()} };
static const unsigned char wrong[][${bad.rows[0]?.length ?? 1}] = { ${bad.rows.map((row) => `{${row.map(Number).join()}}`).join()} };
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
#define good (!wrong[now.v[${bad.components[0]}]][now.v[${bad.components[1]}]])
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
