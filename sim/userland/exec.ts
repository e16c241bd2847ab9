/**
 * Finding a program along PATH.
 *
 * Models: glibc 2.17 posix/execvpe.c
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, stat } from '../libc/sys.ts';

/** A name with a slash is a path already. null: nowhere. */
export function* findProgram(name: string, path: string): Sys<string | null> {
  if (name.includes('/')) return name;
  for (const directory of path.split(':')) {
    const candidate = `${directory}/${name}`;
    const st = yield* stat(candidate);
    if (!failed(st) && st.type === 'file' && !failed(yield* access(candidate, 1))) return candidate;
  }
  return null;
}
