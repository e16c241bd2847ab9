/**
 * Which packages are installed.
 *
 * Models: /var/lib/rpm (here one name a line, instead of Berkeley DB)
 */
import { failed } from '../kernel/errno.ts';
import { readFile, type Sys, writeFile } from '../libc/sys.ts';

const DATABASE = '/var/lib/rpm/Packages';

export function* installed(): Sys<readonly string[]> {
  const text = yield* readFile(DATABASE);
  return failed(text) ? [] : text.split('\n').filter((name) => name !== '');
}

export function* record(name: string, present: boolean): Sys<void> {
  const others = (yield* installed()).filter((other) => other !== name);
  yield* writeFile(DATABASE, [...others, ...(present ? [name] : []), ''].join('\n'));
}
