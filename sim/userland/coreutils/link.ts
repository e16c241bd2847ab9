/**
 * link and unlink: the two system calls, and nothing around them.
 *
 * Models: coreutils 9.1 src/link.c main, src/unlink.c main
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err, link as linkCall, unlink as unlinkCall } from '../../libc/sys.ts';
import { ended, given, misuse } from '../given.ts';
import { quoted } from './quote.ts';

export const link = command(function* ({ argv }) {
  const line = yield* given(argv, '');
  if (ended(line)) return line;
  const { name, operands } = line;
  const [from, to, extra] = operands;
  if (from === undefined) return yield* misuse(name, 'missing operand');
  if (to === undefined) return yield* misuse(name, `missing operand after ${quoted(from)}`);
  if (extra !== undefined) return yield* misuse(name, `extra operand ${quoted(extra)}`);
  const done = yield* linkCall(from, to);
  if (!failed(done)) return 0;
  yield* err(
    `${name}: cannot create link ${quoted(to)} to ${quoted(from)}: ${strerror(done.errno)}\n`,
  );
  return 1;
});

export const unlink = command(function* ({ argv }) {
  const line = yield* given(argv, '');
  if (ended(line)) return line;
  const { name, operands } = line;
  const [path, extra] = operands;
  if (path === undefined) return yield* misuse(name, 'missing operand');
  if (extra !== undefined) return yield* misuse(name, `extra operand ${quoted(extra)}`);
  const done = yield* unlinkCall(path, 'coreutils 9.1 src/unlink.c main');
  if (!failed(done)) return 0;
  yield* err(`${name}: cannot unlink ${quoted(path)}: ${strerror(done.errno)}\n`);
  return 1;
});
