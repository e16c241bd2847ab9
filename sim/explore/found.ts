/**
 * Answers remembered by the components that they turned out to depend on.
 *
 * While an answer is worked out it is noted which components are looked at, in order. The answers to one question make
 * a tree: at each branch stands the component that is looked at next, and below it one link for each of its values.
 * What is looked at next depends only on what was seen before, so no two keys are confused.
 *
 * A search climbs a tree for every step of every state. So all trees together are two flat tables: the component at
 * each branch, and the links.
 */
import { at, grown } from './ints.ts';
import { type Link, linkTable, NOWHERE } from './links.ts';
import type { Vector } from './space.ts';

export type Note = (component: number) => void;

/**
 * Works out the number of an answer, and notes each component that it looks at; the answer is the same for states that
 * agree in these.
 */
export type Run = (from: Vector, note: Note) => number;

export type Forest = Readonly<{
  /** A new tree, by its number: of its answers nothing is known. */
  plant: (run: Run) => number;
  /** Looked up if it can be, else worked out. */
  answer: (tree: number, from: Vector) => number;
  tables: () => ForestTables;
}>;

/** All that the trees know: by tree its root, by branch (the first is 1) what is looked at there, and the links. */
export type ForestTables = Readonly<{ roots: Int32Array; looks: Int32Array; links: Int32Array }>;

/** With tables that were known before, what is not in them cannot be worked out: their trees have no runs. */
export function forest(known?: ForestTables): Forest {
  const runs: Run[] = [];
  const links = linkTable(known?.links);
  let roots = Int32Array.from(known?.roots ?? []);
  let looks = Int32Array.from(known?.looks ?? [NOWHERE]);
  let branches = looks.length - 1;

  const below = (branch: Link, from: Vector): Link =>
    links.find(branch, at(from, at(looks, branch)));

  function workOut(tree: number, from: Vector): number {
    const looked = new Set<number>();
    const run = runs[tree];
    if (run === undefined) throw new Error('What this step leads to was not worked out before.');
    const answer = run(from, (component) => looked.add(component));
    learn(tree, from, looked, answer);
    return answer;
  }

  function learn(tree: number, from: Vector, looked: Iterable<number>, answer: number): void {
    let here = at(roots, tree);
    let hang = (link: Link): void => {
      roots[tree] = link;
    };
    for (const component of looked) {
      if (here === NOWHERE) {
        here = ++branches;
        looks = grown(looks, here);
        looks[here] = component;
        hang(here);
      }
      if (here < 0 || at(looks, here) !== component) {
        throw new Error(
          'A reaction looked at other components than the last time it saw the same.',
        );
      }
      const branch = here;
      here = below(branch, from);
      hang = (link) => links.add(branch, at(from, component), link);
    }
    hang(~answer);
  }

  return {
    plant(run) {
      const tree = runs.push(run) - 1;
      roots = grown(roots, tree);
      return tree;
    },
    answer(tree, from) {
      let link = at(roots, tree);
      while (link > 0) link = below(link, from);
      return link === NOWHERE ? workOut(tree, from) : ~link;
    },
    tables: () => ({
      roots: roots.slice(),
      looks: looks.slice(0, branches + 1),
      links: links.table(),
    }),
  };
}
