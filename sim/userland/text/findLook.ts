/**
 * How find looks at a file: through links or not.
 *
 * Models: findutils 4.5.11 find/util.c optionl_stat, optionh_stat, optionp_stat
 */
import { type Failure, failed } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { lstat, stat } from '../../libc/sys.ts';

/** Behind a link that is followed, or the link itself where it leads nowhere. */
export function* look(path: string, followed: boolean): Sys<Stat | Failure> {
  const there = followed ? yield* stat(path) : yield* lstat(path);
  const dangling = failed(there) && (there.errno === 'ENOENT' || there.errno === 'ENOTDIR');
  return followed && dangling ? yield* lstat(path) : there;
}
