/**
 * What stands in a world for a component that nobody has asked for yet: to look at it is to ask.
 *
 * What immer and the language ask of every value alike (symbols, constructor, prototype) is answered.
 */
type Ask = () => never;

const component = Symbol('component');

/** Stops whatever needs a component that is not there. */
export function missing(name: string): never {
  throw Object.assign(new Error(`${name} is needed`), { [component]: name });
}

/** The component that was missing; null for any other error. */
export const missingIn = (error: unknown): string | null =>
  error instanceof Error && component in error ? String(error[component]) : null;

export function absent(ask: Ask): object {
  return new Proxy(Object.freeze({}), {
    get: (_, key) => (typeof key === 'symbol' || key === 'constructor' ? undefined : ask()),
    has(_, key) {
      if (typeof key !== 'symbol') ask();
      return false;
    },
    ownKeys: () => ask(),
    getOwnPropertyDescriptor: () => ask(),
  });
}

/** A page of a table: it lists nothing, and asks when one of its places is read. */
export function absentPage(ask: Ask): object {
  return new Proxy(Object.freeze([]), {
    get: (page, key) =>
      typeof key === 'string' && /^\d+$/.test(key) ? ask() : Reflect.get(page, key),
  });
}

/** A table by id: what is not in it asks its owner, who may know that there is no such thing. */
export function guarded<T>(table: Readonly<Record<number, T>>, ask: (id: number) => void) {
  return new Proxy(table, {
    get(target, key) {
      if (typeof key === 'string' && !Object.hasOwn(target, key) && /^\d+$/.test(key))
        ask(Number(key));
      return Reflect.get(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === 'string' && !Object.hasOwn(target, key) && /^\d+$/.test(key)) {
        ask(Number(key));
      }
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}
