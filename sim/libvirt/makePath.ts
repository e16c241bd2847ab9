/**
 * mkdir -p.
 *
 * Models: libvirt v5.0.0 src/util/virfile.c virFileMakePath
 */
import { type Failure, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { mkdir, stat } from '../libc/sys.ts';

/** null, or why not. A file in the directory's place is an error, as EEXIST would not tell. */
export function* makePath(path: string, mode = 0o777): Sys<Failure | null> {
  const there = yield* stat(path);
  if (!failed(there)) return there.type === 'dir' ? null : { errno: 'ENOTDIR' };
  if (there.errno !== 'ENOENT') return there;
  const parent = path.slice(0, path.lastIndexOf('/'));
  const made = parent === '' ? null : yield* makePath(parent, mode);
  if (made !== null) return made;
  const answer = yield* mkdir(path, mode);
  return failed(answer) && answer.errno !== 'EEXIST' ? answer : null;
}
