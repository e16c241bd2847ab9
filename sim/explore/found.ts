/**
 * Answers remembered by the components that they turned out to depend on.
 *
 * While an answer is worked out it is noted which components are looked at, in order. The answers to one question make
 * a tree: at each branch stands the component that is looked at next, and below it one link for each of its values.
 * What is looked at next depends only on what was seen before, so no two keys are confused.
 *
 * A search climbs these trees for every step of every state. So all of them together are two flat tables: which
 * component stands at a branch, and the links, [branch, value, link] found by open addressing.
 */
import { at, grown } from './ints.ts';
import type { Vector } from './space.ts';

/** To a branch if positive, to an answer if negative (its complement), nowhere yet if zero. */
export type Link = number;

export type Forest = Readonly<{
  /** A new tree: of its answers nothing is known. */
  plant: () => number;
  /** The answer for this vector; negative if it has not been worked out. */
  find: (tree: number, from: Vector) => number;
  /** The components that are looked at, as far as is known. */
  path: (tree: number, from: Vector) => number[];
  /** The answer is this one for all vectors that agree in these components. */
  learn: (tree: number, from: Vector, looked: Iterable<number>, answer: number) => void;
  /** For who wants to write it down. */
  root: (tree: number) => Link;
  looks: (branch: Link) => number;
  links: (visit: (branch: Link, value: number, link: Link) => void) => void;
}>;

const NOWHERE = 0;

export function forest(): Forest {
  let roots = new Int32Array(64);
  let trees = 0;
  /** By branch; the first is 1. */
  let looks = new Int32Array(64);
  let branches = 1;
  let table = new Int32Array(3 * 64);
  let mask = 63;
  let links = 0;

  /** Where in the table the link is, or would be. */
  function slotOf(branch: Link, value: number): number {
    let slot = mixed(branch, value) & mask;
    for (;;) {
      const known = at(table, 3 * slot);
      if (known === NOWHERE || (known === branch && at(table, 3 * slot + 1) === value)) {
        return 3 * slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  const below = (branch: Link, from: Vector): Link =>
    at(table, slotOf(branch, at(from, at(looks, branch))) + 2);

  function put(branch: Link, value: number, link: Link): void {
    const slot = slotOf(branch, value);
    table[slot] = branch;
    table[slot + 1] = value;
    table[slot + 2] = link;
  }

  /** Never more than half full: what is sought is nearly always at its first place. */
  function addLink(branch: Link, value: number, link: Link): void {
    if (2 * links > mask) {
      const old = table;
      mask = 2 * mask + 1;
      table = new Int32Array(3 * (mask + 1));
      eachIn(old, put);
    }
    put(branch, value, link);
    links++;
  }

  function addBranch(component: number): Link {
    looks = grown(looks, branches);
    looks[branches] = component;
    return branches++;
  }

  return {
    plant() {
      roots = grown(roots, trees);
      return trees++;
    },
    find(tree, from) {
      let link = at(roots, tree);
      while (link > 0) link = below(link, from);
      return ~link;
    },
    path(tree, from) {
      const path: number[] = [];
      for (let link = at(roots, tree); link > 0; link = below(link, from)) {
        path.push(at(looks, link));
      }
      return path;
    },
    learn(tree, from, looked, answer) {
      let hang = (link: Link): void => {
        roots[tree] = link;
      };
      let here = at(roots, tree);
      for (const component of looked) {
        if (here === NOWHERE) {
          here = addBranch(component);
          hang(here);
        }
        if (here < 0 || at(looks, here) !== component) {
          throw new Error(
            'A reaction looked at other components than the last time it saw the same.',
          );
        }
        const branch = here;
        here = below(branch, from);
        hang = (link) => addLink(branch, at(from, component), link);
      }
      hang(~answer);
    },
    root: (tree) => at(roots, tree),
    looks: (branch) => at(looks, branch),
    links: (visit) => eachIn(table, visit),
  };
}

function eachIn(
  table: Int32Array,
  visit: (branch: Link, value: number, link: Link) => void,
): void {
  for (let slot = 0; slot < table.length; slot += 3) {
    const branch = at(table, slot);
    if (branch !== NOWHERE) visit(branch, at(table, slot + 1), at(table, slot + 2));
  }
}

function mixed(branch: number, value: number): number {
  const word = Math.imul(branch, 0x9e3779b1) + Math.imul(value, 0x85ebca6b);
  return word ^ (word >>> 15);
}
