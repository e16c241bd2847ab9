/**
 * The one text of a plain JSON value: keys sorted, absent and undefined fields alike left out.
 *
 * It decides which states are the same, so it refuses what JSON would quietly turn into `{}`:
 * with a Map among the states, different states would become one, and a search would prove too much.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return canonicalObject(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw notPlain(String(value));
  const text = JSON.stringify(value);
  if (text === undefined) throw notPlain(typeof value);
  return text;
}

function canonicalObject(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw notPlain(`a ${value.constructor.name}`);
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}

const notPlain = (what: string) =>
  new Error(
    `A state must be plain JSON, but ${what} is in it: states that differ only there would be taken for one.`,
  );
