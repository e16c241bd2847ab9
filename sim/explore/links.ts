/**
 * The links of many trees in one table, [branch, value, link], found by open addressing (Knuth, TAOCP 6.4).
 */
import { at } from './ints.ts';

/** To a branch if positive, to an answer if negative (its complement), nowhere yet if zero. */
export type Link = number;

export const NOWHERE = 0;

export type Links = Readonly<{
  find: (branch: Link, value: number) => Link;
  add: (branch: Link, value: number, link: Link) => void;
  table: () => Int32Array;
}>;

type Visit = (branch: Link, value: number, link: Link) => void;

export function linkTable(known: Int32Array = new Int32Array(3 * 64)): Links {
  let table = known.slice();
  let mask = table.length / 3 - 1;
  let size = 0;
  eachLink(table, () => size++);

  /** Where in the table the link is, or would be. */
  function placeOf(branch: Link, value: number): number {
    let slot = mixed(branch, value) & mask;
    for (;;) {
      const place = 3 * slot;
      const known = at(table, place);
      if (known === NOWHERE || (known === branch && at(table, place + 1) === value)) return place;
      slot = (slot + 1) & mask;
    }
  }

  function put(branch: Link, value: number, link: Link): void {
    const place = placeOf(branch, value);
    table[place] = branch;
    table[place + 1] = value;
    table[place + 2] = link;
  }

  return {
    find: (branch, value) => at(table, placeOf(branch, value) + 2),
    /** Never more than half full: what is sought is nearly always at its first place. */
    add(branch, value, link) {
      size++;
      if (2 * size > mask) {
        const old = table;
        mask = 2 * mask + 1;
        table = new Int32Array(3 * (mask + 1));
        eachLink(old, put);
      }
      put(branch, value, link);
    },
    table: () => table.slice(),
  };
}

export function eachLink(table: Int32Array, visit: Visit): void {
  for (let place = 0; place < table.length; place += 3) {
    const branch = at(table, place);
    if (branch !== NOWHERE) visit(branch, at(table, place + 1), at(table, place + 2));
  }
}

function mixed(branch: number, value: number): number {
  const word = Math.imul(branch, 0x9e3779b1) + Math.imul(value, 0x85ebca6b);
  return word ^ (word >>> 15);
}
