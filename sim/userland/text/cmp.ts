/**
 * cmp: the first byte in which two files differ.
 *
 * Models: diffutils 3.8 src/cmp.c main, cmp
 * Leaves out: -l, -b, -i, -n.
 */
import { utf8Length } from '../../kernel/calls/attributes.ts';
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err, out } from '../../libc/sys.ts';
import { tryHelp } from '../coreutils/quote.ts';
import { ended, given } from '../given.ts';
import { textOf } from '../input.ts';

const TROUBLE = 2;
const linesIn = (text: string) => text.split('\n').length - 1;

export const cmp = command(function* ({ argv }) {
  const line = yield* given(argv, 's', { quiet: 's', silent: 's' }, TROUBLE);
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const [a, b = '-', extra] = operands;
  if (a === undefined || extra !== undefined) {
    const what = a === undefined ? `missing operand after '${name}'` : `extra operand '${extra}'`;
    yield* err(`${name}: ${what}\n${name}: ${tryHelp(name)}`);
    return TROUBLE;
  }
  const texts: string[] = [];
  for (const path of [a, b]) {
    const text = yield* textOf(path);
    if (failed(text)) {
      if (!options.has('s')) yield* err(`${name}: ${path}: ${strerror(text.errno)}\n`);
      return TROUBLE;
    }
    texts.push(text);
  }
  const [one = '', two = ''] = texts;
  if (one === two) return 0;
  if (options.has('s')) return 1;
  let at = 0;
  while (at < one.length && one[at] === two[at]) at++;
  const before = utf8Length(one.slice(0, at));
  const lines = linesIn(one.slice(0, at));
  if (at < one.length && at < two.length) {
    yield* out(`${a} ${b} differ: char ${before + 1}, line ${lines + 1}\n`);
    return 1;
  }
  const short = at === one.length ? a : b;
  const whole = one.slice(0, at).endsWith('\n');
  const where = whole ? `line ${lines}` : `in line ${lines + 1}`;
  const after = at === 0 ? 'which is empty' : `after byte ${before}, ${where}`;
  yield* err(`${name}: EOF on ${short} ${after}\n`);
  return 1;
});
