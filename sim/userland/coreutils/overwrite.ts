/**
 * Asking before something is lost: `-i`, and the answer from standard input.
 *
 * Models: coreutils 8.22 src/copy.c overwrite_ok; gnulib yesno.c (the C locale: an answer that begins with y)
 */
import { failed } from '../../kernel/errno.ts';
import { modeText } from '../../kernel/inode.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { access, err, read } from '../../libc/sys.ts';
import { quoted } from './quote.ts';

/** Print the question; no line is no. */
export function* confirmed(question: string): Sys<boolean> {
  yield* err(question);
  const answer = yield* read(0);
  return !failed(answer) && /^[yY]/.test(answer);
}

export function* mayOverwrite(
  name: string,
  path: string,
  there: Stat,
  replaces: boolean,
): Sys<boolean> {
  const octal = there.mode.toString(8).padStart(4, '0');
  const rights = modeText(there.type, there.mode).slice(1);
  const writable = there.type === 'symlink' || !failed(yield* access(path, 2));
  const question = writable
    ? `overwrite ${quoted(path)}? `
    : replaces
      ? `replace ${quoted(path)}, overriding mode ${octal} (${rights})? `
      : `unwritable ${quoted(path)} (mode ${octal}, ${rights}); try anyway? `;
  return yield* confirmed(`${name}: ${question}`);
}
