/**
 * Would copying or moving a file onto another destroy the only copy of it?
 *
 * Models: coreutils 8.22 src/copy.c same_file_ok
 * Leaves out: backups; the same name spelt in two ways.
 */
import { failed } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { lstat, stat } from '../../libc/sys.ts';
import { dirOf } from './basename.ts';
import { lastPart } from './operands.ts';

export type Act = Readonly<{
  move: boolean;
  /** Links are copied as links. */
  keepLinks: boolean;
  makes: 'copies' | 'hard links' | 'symbolic links';
}>;

/** `done`: they are one file already, and that is all right. */
export type Sameness = 'go on' | 'done' | 'the same file';

export const isSame = (a: Stat, b: Stat): boolean => a.ino === b.ino && a.dev === b.dev;

const isLink = (st: Stat) => st.type === 'symlink';

/** The files behind both names, links followed where there are any. */
function* leadToOneFile(from: string, source: Stat, to: string, there: Stat): Sys<boolean> {
  const a = isLink(source) ? yield* stat(from) : source;
  const b = isLink(there) ? yield* stat(to) : there;
  return !failed(a) && !failed(b) && isSame(a, b);
}

/** `source` and `there`: what the command has looked at so far, links followed or not as it does. */
export function* sameness(
  act: Act,
  from: string,
  source: Stat,
  to: string,
  there: Stat,
): Sys<Sameness> {
  const same = isSame(source, there);
  const hard = act.makes === 'hard links';
  if (same && hard) return 'done';
  if (act.keepLinks && isLink(source) && isLink(there)) {
    if (from === to) return 'the same file';
    return same && !act.move ? 'done' : same ? 'the same file' : 'go on';
  }
  if (!act.keepLinks && !same) return 'go on';
  const a = act.keepLinks ? source : yield* lstat(from);
  const b = act.keepLinks ? there : yield* lstat(to);
  if (failed(a) || failed(b)) return 'go on';
  if (act.move) {
    if (isLink(b)) return 'go on';
    if (isSame(a, b) && b.nlink > 1 && from !== to) return 'the same file';
  }
  if (!isLink(a) && !isLink(b)) {
    if (!isSame(a, b)) return 'go on';
    return hard ? 'done' : 'the same file';
  }
  if (act.move && isLink(source) && b.nlink > 1) return 'go on';
  if (act.makes === 'symbolic links' && isLink(b)) return 'go on';
  if (act.keepLinks && !(yield* leadToOneFile(from, a, to, b))) return 'go on';
  return 'the same file';
}

/** The same name in the same directory. */
export function* sameName(from: string, to: string): Sys<boolean> {
  if (lastPart(from) !== lastPart(to)) return false;
  const [a, b] = [yield* stat(dirOf(from)), yield* stat(dirOf(to))];
  return !failed(a) && !failed(b) && isSame(a, b);
}
