/**
 * What a reaction throws when it looks at a component that it has not been shown yet.
 *
 * A reaction is run on as little as it has asked for so far. Each time it asks for more it is run again with one
 * component more; what it has read in the end is what its answer depends on, and is found rather than promised.
 */
const component = Symbol('component');

export function need(index: number, who: string, name: string): Error {
  return Object.assign(new Error(`${who} needs ${name}`), { [component]: index });
}

/** The component that was missing; null for any other error. */
export const needed = (error: unknown): number | null =>
  error instanceof Error && component in error ? (error[component] as number) : null;
