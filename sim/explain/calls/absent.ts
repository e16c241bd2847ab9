/**
 * What stands in a world for a component that nobody has asked for yet: to look at it is to ask.
 *
 * What immer asks of every value alike (symbols, the constructor) is answered.
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

/** A function, and no object: immer takes it as it is and never looks inside. */
const nothing = () => undefined;

export function absent(ask: Ask): object {
  return new Proxy(nothing, {
    get: (_, key) => (typeof key === 'symbol' || key === 'constructor' ? undefined : ask()),
    has: () => ask(),
    set: () => ask(),
    ownKeys: () => ask(),
    getOwnPropertyDescriptor: () => ask(),
  });
}

/**
 * An open file. The kernel looks through all of them for holders of an inode and for sockets of a kind; between two
 * shared steps nobody holds a shared file open, and those who listen are asked by name (`still.ts`).
 */
export function absentFile(ask: Ask): object {
  return new Proxy(nothing, {
    get: (_, key) => (typeof key === 'symbol' || key === 'kind' ? undefined : ask()),
    has: (_, key) => (key === 'ino' ? false : ask()),
    set: () => ask(),
    ownKeys: () => ask(),
    getOwnPropertyDescriptor: () => ask(),
  });
}

/** A page of a table: it lists nothing, and asks when one of its places is read. */
export function absentPage(ask: Ask): object {
  return new Proxy(nothing, {
    get: (_, key) =>
      key === 'entries' ? () => [].entries() : typeof key === 'symbol' ? undefined : ask(),
    set: () => ask(),
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
