/**
 * truncate: give a file another size.
 *
 * Models: coreutils 8.22 src/truncate.c main, do_ftruncate
 * Leaves out: -o; multiples (`/` and `%`).
 *
 * The kernel of the model has no ftruncate(2): the file is written anew, which is the same to who looks at it.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err, open, readFile, stat, writeFile } from '../../libc/sys.ts';
import { complain, ended, given, misuse, unmodelled } from '../given.ts';
import { quoted } from './quote.ts';

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, k: 1024, KB: 1000, M: 1_048_576 };

type Change = Readonly<{ sign: string; count: number }>;

function changeOf(word: string): Change | null {
  const [, sign = '', digits = '', unit = ''] = /^\s*([-+<>/%]?)(\d+)(KB|[KkM]?)$/.exec(word) ?? [];
  return digits === '' ? null : { sign, count: Number(digits) * (units[unit] ?? 1) };
}

function newSize(now: number, { sign, count }: Change): number {
  if (sign === '+') return now + count;
  if (sign === '-') return Math.max(0, now - count);
  if (sign === '<') return Math.min(now, count);
  return sign === '>' ? Math.max(now, count) : count;
}

export const truncate = command(function* ({ argv }) {
  const words = { size: 's', reference: 'r', 'no-create': 'c', 'io-blocks': 'o' };
  const line = yield* given(argv, 's:r:co', words);
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const [word, reference] = [options.get('s') ?? null, options.get('r') ?? null];
  const change = word === null ? null : changeOf(word);
  if (word !== null && change === null)
    return yield* complain(name, `Invalid number: ${quoted(word)}`);
  if (options.has('o') || change?.sign === '/' || change?.sign === '%')
    return yield* unmodelled(name, '-o, / and %');
  if (word === null && reference === null)
    return yield* misuse(name, "you must specify either '--size' or '--reference'");
  if (operands.length === 0) return yield* misuse(name, 'missing file operand');
  const like = reference === null ? null : yield* stat(reference);
  if (failed(like))
    return yield* complain(name, `cannot stat ${quoted(reference ?? '')}: ${strerror(like.errno)}`);
  let status = 0;
  for (const path of operands) {
    const before = yield* stat(path);
    if (failed(before) && options.has('c')) continue;
    const opened = yield* open(path, ['write', 'create']);
    if (failed(opened)) {
      yield* err(`${name}: cannot open ${quoted(path)} for writing: ${strerror(opened.errno)}\n`);
      status = 1;
      continue;
    }
    const now = failed(before) ? 0 : before.size;
    const size = newSize(like?.size ?? now, change ?? { sign: '+', count: 0 });
    const old = failed(before) || before.type === 'file' ? yield* readFile(path) : null;
    if (old === null) {
      yield* err(
        `${name}: failed to truncate ${quoted(path)} at ${size} bytes: Invalid argument\n`,
      );
      status = 1;
    } else if (!failed(old)) yield* writeFile(path, old.slice(0, size).padEnd(size, '\0'));
  }
  return status;
});
