/**
 * What ls has to know of each file, and for which of them it asks the kernel.
 *
 * Models: coreutils 8.22 src/ls.c gobble_file, main (format_needs_stat, format_needs_type)
 *
 * A directory says the name and the type of what is in it. A plain listing asks no more: it works where the
 * directory may be read but not searched. A file that cannot be asked for keeps its line, with `?` in the columns.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Dirent, Stat } from '../../kernel/request.ts';
import { err, getxattr, lstat, readlink, stat } from '../../libc/sys.ts';
import { isModern } from '../switches.ts';
import type { Look, Row } from './lsColumns.ts';
import { quoted } from './quote.ts';

export type Needs = Readonly<{
  /** Follow symlinks: always, on the command line, there only when they lead to a directory, or never. */
  follow: 'all' | 'named' | 'directories' | 'never';
  long: boolean;
  /** The order, or a column, is of what only stat knows. */
  stat: boolean;
  /** What is done hangs on the type. */
  type: boolean;
  suffix: Look['suffix'];
}>;

export function* complain(name: string, doing: string, path: string, failure: Failure): Sys<void> {
  const shown = (yield* isModern()) ? quoted(path) : path;
  yield* err(`${name}: ${doing} ${shown}: ${strerror(failure.errno)}\n`);
}

/** The ACL that `+` stands for; only -l asks. */
function* isExtended(path: string, st: Stat): Sys<boolean> {
  if (st.type === 'symlink') return false;
  if (!failed(yield* getxattr(path, 'system.posix_acl_access'))) return true;
  return st.type === 'dir' && !failed(yield* getxattr(path, 'system.posix_acl_default'));
}

function* targetOf(needs: Needs, path: string, st: Stat): Sys<Row['target']> {
  if (!needs.long || st.type !== 'symlink') return null;
  const to = yield* readlink(path);
  if (failed(to)) return null;
  const there = needs.suffix === 'none' ? null : yield* stat(path);
  const known = there !== null && !failed(there) ? there : null;
  return { path: to, type: known?.type ?? 'file', st: known };
}

function* asked(needs: Needs, name: string, path: string, follows: boolean): Sys<Row | Failure> {
  const st = yield* follows ? stat(path) : lstat(path);
  if (failed(st)) return st;
  const extended = needs.long && (yield* isExtended(path, st));
  return { name, type: st.type, st, extended, target: yield* targetOf(needs, path, st) };
}

/** A file that was named: it must be asked for. */
export const namedRow = (needs: Needs, path: string): Sys<Row | Failure> =>
  asked(needs, path, path, needs.follow === 'all' || needs.follow === 'named');

/** What a directory has; null when it could not be asked for, which has been said. */
export function* entryRow(
  needs: Needs,
  program: string,
  { name, type }: Dirent,
  path: string,
): Sys<Readonly<{ row: Row; ok: boolean }>> {
  const plain: Row = { name, type, st: null, extended: false, target: null };
  const followed = type === 'symlink' && needs.follow === 'all';
  const runnable = type === 'file' && needs.suffix === 'kind';
  const asks = needs.stat || (needs.type && followed) || runnable;
  if (!asks) return { row: plain, ok: true };
  const row = yield* asked(needs, name, path, needs.follow === 'all');
  if (!failed(row)) return { row, ok: true };
  yield* complain(program, 'cannot access', path, row);
  return { row: plain, ok: false };
}
