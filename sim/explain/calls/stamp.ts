/**
 * Plain values as whole numbers: equal values have equal numbers, and the number of a part is found once.
 *
 * Hash-consing (Ershov, 1958): an object is numbered by its fields, where each field that is an object or a long
 * text stands for itself by its own number. Worlds share nearly all their parts, so nearly all are known already.
 */
export type Stamp = (value: unknown) => string;

const LONG = 40;

export function stamper(): Stamp {
  const numbers = new Map<string, string>();
  const known = new WeakMap<object, string>();

  const numberOf = (text: string): string => {
    const old = numbers.get(text);
    if (old !== undefined) return old;
    const fresh = `#${numbers.size}`;
    numbers.set(text, fresh);
    return fresh;
  };

  function stamp(value: unknown): string {
    if (typeof value === 'object' && value !== null) {
      const old = known.get(value);
      if (old !== undefined) return old;
      const fresh = numberOf(fieldsOf(value));
      known.set(value, fresh);
      return fresh;
    }
    if (typeof value === 'function' || typeof value === 'symbol') {
      throw new Error(`A ${typeof value} is no part of a world: a world is plain data.`);
    }
    const text = JSON.stringify(value) ?? 'null';
    return text.length > LONG ? numberOf(text) : text;
  }

  function fieldsOf(value: object): string {
    if (Array.isArray(value)) return `[${value.map(stamp).join()}]`;
    if (value instanceof Map || value instanceof Set) {
      throw new Error('A Map or a Set is no part of a world: a world is plain data.');
    }
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${stamp(field)}`).join()}}`;
  }

  return stamp;
}
