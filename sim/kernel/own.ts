/**
 * Looking up what somebody typed in a table of ours.
 *
 * Models: nothing; every JavaScript object also answers to `constructor`, `toString` and their like
 */

/** The entry under a name; what an object has inherited is no entry. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
