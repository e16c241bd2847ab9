/**
 * Values become small whole numbers, in the order in which they are first met.
 *
 * A component of the world has few values and many occurrences. Once each value is a number, a world is a
 * short vector, two worlds are compared without looking inside, and what a component does is looked up.
 */
import { canonical } from './canonical.ts';

export type Interner<Value> = Readonly<{
  id: (value: Value) => number;
  value: (id: number) => Value;
  size: () => number;
}>;

export function interner<Value>(key: (value: Value) => string = canonical): Interner<Value> {
  const ids = new Map<string, number>();
  const values: Value[] = [];
  return {
    id(value) {
      const text = key(value);
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, values.length);
      return values.push(value) - 1;
    },
    value(id) {
      if (id < 0 || id >= values.length) throw new Error(`No value has the number ${id}.`);
      return values[id] as Value;
    },
    size: () => values.length,
  };
}
