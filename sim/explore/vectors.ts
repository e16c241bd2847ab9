/**
 * The set of vectors already seen, each known by its number: 0 for the first, 1 for the second.
 *
 * A vector is packed as tightly as the numbers met so far allow: lanes start at 4 bits, and when a number
 * outgrows its lane, that lane doubles and all is packed anew, at most three times for each component.
 */
import { lanes, pack, unpack, widened } from './lanes.ts';
import { recordSet } from './records.ts';
import type { Vector } from './space.ts';

export type VectorSet = Readonly<{
  /** The vector's number; it was new exactly if this is what `size` was before. */
  add: (vector: Vector) => number;
  /** The vector's number, or -1. */
  find: (vector: Vector) => number;
  read: (number: number, into: Vector) => void;
  size: () => number;
  bytes: () => number;
}>;

export function vectorSet(width: number): VectorSet {
  let shape = lanes(new Array<number>(width).fill(4));
  let records = recordSet(shape.words);
  let packed = new Int32Array(shape.words);

  function widen(vector: Vector): void {
    const [oldShape, old] = [shape, records];
    shape = widened(shape, vector);
    records = recordSet(shape.words);
    packed = new Int32Array(shape.words);
    const each: Vector = new Int32Array(width);
    for (let number = 0; number < old.size(); number++) {
      unpack(oldShape, old.chunk(number), old.base(number), each);
      pack(shape, each, packed);
      records.add(packed);
    }
  }

  return {
    add(vector) {
      if (!pack(shape, vector, packed)) {
        widen(vector);
        pack(shape, vector, packed);
      }
      return records.add(packed);
    },
    find: (vector) => (pack(shape, vector, packed) ? records.find(packed) : -1),
    read: (number, into) => unpack(shape, records.chunk(number), records.base(number), into),
    size: () => records.size(),
    bytes: () => records.bytes(),
  };
}
