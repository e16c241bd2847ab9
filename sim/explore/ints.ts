/**
 * A list of whole numbers that grows by chunks: no number is ever moved, none is boxed.
 *
 * Doubling one array would, at each growth, hold the old and the new one together and stop to copy.
 */
export type Ints = Readonly<{
  get: (at: number) => number;
  set: (at: number, value: number) => void;
  push: (value: number) => void;
  size: () => number;
  bytes: () => number;
}>;

/** An element that is known to exist. For typed arrays only: one kind of array keeps the hot loops fast. */
export const at = (numbers: Int32Array, index: number): number => numbers[index] as number;

/** The same numbers in an array that has a place for this one: twice as long, if need be. */
export function grown(numbers: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  if (index < numbers.length) return numbers;
  const longer = new Int32Array(2 * Math.max(numbers.length, index + 1));
  longer.set(numbers);
  return longer;
}

const SHIFT = 12;
const CHUNK = 1 << SHIFT;

export function ints(): Ints {
  const chunks: Int32Array[] = [];
  let size = 0;
  const chunk = (index: number) => chunks[index >>> SHIFT] as Int32Array;
  return {
    get: (index) => at(chunk(index), index & (CHUNK - 1)),
    set: (index, value) => {
      chunk(index)[index & (CHUNK - 1)] = value;
    },
    push: (value) => {
      if (size === chunks.length * CHUNK) chunks.push(new Int32Array(CHUNK));
      chunk(size)[size & (CHUNK - 1)] = value;
      size++;
    },
    size: () => size,
    bytes: () => chunks.length * CHUNK * 4,
  };
}
