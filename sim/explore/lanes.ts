/**
 * How a vector of small numbers lies in 32-bit words: each number in a lane of 4, 8, 16 or 32 bits.
 *
 * A lane never straddles two words; the wide lanes are laid first, so no bit between them is lost.
 */
import { at } from './ints.ts';

export type Lanes = Readonly<{
  words: number;
  widths: readonly number[];
  /** The lanes word by word, and for each word how many lanes are in it and those before it. */
  order: Int32Array;
  ends: Int32Array;
  word: Int32Array;
  shift: Int32Array;
  mask: Int32Array;
}>;

/** The largest number that a lane holds; vectors hold no negative ones. */
export const limit = (width: number): number => (width === 32 ? 0x7fffffff : (1 << width) - 1);

export function lanes(widths: readonly number[]): Lanes {
  const word = new Int32Array(widths.length);
  const shift = new Int32Array(widths.length);
  const byWidth = widths.map((width, lane) => ({ width, lane }));
  byWidth.sort((a, b) => b.width - a.width || a.lane - b.lane);
  let bits = 0;
  for (const { width, lane } of byWidth) {
    word[lane] = bits >>> 5;
    shift[lane] = bits & 31;
    bits += width;
  }
  const words = Math.max(1, (bits + 31) >>> 5);
  const order = Int32Array.from(byWidth, ({ lane }) => lane);
  const ends = Int32Array.from({ length: words }, (_, i) => word.filter((at) => at <= i).length);
  return { words, widths, order, ends, word, shift, mask: Int32Array.from(widths, limit) };
}

/** The same lanes, but wide enough for these numbers; the very same object if they already are. */
export function widened(old: Lanes, vector: Int32Array): Lanes {
  let grown = false;
  const widths = old.widths.map((width, lane) => {
    let wide = width;
    while (wide < 32 && at(vector, lane) > limit(wide)) wide *= 2;
    if (wide !== width) grown = true;
    return wide;
  });
  return grown ? lanes(widths) : old;
}

/** Lays the vector into words, each written once. False if a number is too large for its lane. */
export function pack(
  { words, order, ends, shift, mask }: Lanes,
  vector: Int32Array,
  into: Int32Array,
): boolean {
  let place = 0;
  for (let word = 0; word < words; word++) {
    let laid = 0;
    for (const end = at(ends, word); place < end; place++) {
      const lane = at(order, place);
      const value = at(vector, lane);
      if (value > at(mask, lane)) return false;
      laid |= value << at(shift, lane);
    }
    into[word] = laid;
  }
  return true;
}

export function unpack(
  { word, shift, mask }: Lanes,
  from: Int32Array,
  base: number,
  vector: Int32Array,
): void {
  for (let lane = 0; lane < word.length; lane++) {
    vector[lane] = (at(from, base + at(word, lane)) >>> at(shift, lane)) & at(mask, lane);
  }
}
