/**
 * Write a file so that a reader sees the old text or the new one, never half of it.
 *
 * Models: systemd v219 src/shared/fileio.c fopen_temporary, and the rename that its callers end with
 * Leaves out: the random part of the temporary name.
 */
import { type Failure, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { rename, writeFile } from './sys.ts';

const temporary = (path: string): string => path.replace(/([^/]*)$/, '.#$1');

/** null when the new file stands in its place. */
export function* replaceFile(
  path: string,
  text: string,
  mode: number,
  source?: string,
): Sys<Failure | null> {
  const written = yield* writeFile(temporary(path), text, mode, source);
  return failed(written) ? written : yield* rename(temporary(path), path);
}
