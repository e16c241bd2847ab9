/**
 * head, tail, tac, nl, rev: some of the lines, or the lines in another shape.
 *
 * Models: GNU coreutils 8.22 src/head.c, tail.c, tac.c, nl.c; util-linux 2.23 text-utils/rev.c
 * Leaves out: tail -f (a file that grows while somebody waits), tac -s, nl's sections and styles.
 */
import { command, type Sys } from '../../kernel/program.ts';
import { err } from '../../libc/sys.ts';
import { isModern } from '../switches.ts';
import {
  cannotOpen,
  isOfReading,
  linesOf,
  optionsOf,
  plainly,
  readInput,
  readInputs,
  show,
  usage,
} from './input.ts';

const units: Readonly<Record<string, number>> = { '': 1, b: 512, K: 1024, k: 1024, M: 1_048_576 };

type Amount = Readonly<{ sign: '' | '+' | '-'; count: number }>;

function amountOf(word: string): Amount | null {
  const [, sign = '', digits = '', unit = ''] = /^([+-]?)(\d+)([bKkM]?)$/.exec(word) ?? [];
  if (digits === '') return null;
  return { sign: sign as Amount['sign'], count: Number(digits) * (units[unit] ?? 1) };
}

/** Lines with their newlines, so that a last line without one stays so. */
const wholeLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function headOf(text: string, bytes: boolean, amount: Amount): string {
  const parts = bytes ? [...text] : wholeLines(text);
  const end = amount.sign === '-' ? Math.max(0, parts.length - amount.count) : amount.count;
  return parts.slice(0, end).join('');
}

function tailOf(text: string, bytes: boolean, amount: Amount): string {
  const parts = bytes ? [...text] : wholeLines(text);
  if (amount.sign === '+') return parts.slice(Math.max(0, amount.count - 1)).join('');
  return amount.count === 0 ? '' : parts.slice(-amount.count).join('');
}

type End = (text: string, bytes: boolean, amount: Amount) => string;

/** `-5` is `-n 5`, as it was before POSIX. */
const modern = (argv: readonly string[]): string[] =>
  argv.map((word, n) => (n === 1 && /^-\d+[bKkM]?$/.test(word) ? `-n${word.slice(1)}` : word));

const spec = {
  short: 'n:c:qvf',
  long: {
    lines: 'required',
    bytes: 'required',
    quiet: 'none',
    silent: 'none',
    verbose: 'none',
    follow: 'optional',
  },
} as const;
const long = { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v', follow: 'f' };

function* ends(program: 'head' | 'tail', take: End, argv: readonly string[]): Sys<number> {
  // tail takes the old form with one file at most.
  const [old] =
    /^-\d/.test(argv[1] ?? '') && program === 'tail' && argv.length > 3 ? argv.slice(1) : [];
  if (old !== undefined) {
    yield* err(`tail: option used in invalid context -- ${old.charAt(1)}\n`);
    return 1;
  }
  const { given, operands, error } = optionsOf(spec, long, [program, ...modern(argv).slice(1)]);
  if (error !== null) return yield* usage(program, error, 1);
  if (given.has('f')) {
    yield* err(`kvmlab: ${program} -f is not simulated: nothing is written while it waits\n`);
    return 2;
  }
  const bytes = given.has('c');
  const word = (bytes ? given.value('c') : given.value('n')) ?? '10';
  const amount = amountOf(word);
  if (amount === null) {
    const kind = bytes ? 'bytes' : 'lines';
    const shown = (yield* isModern())
      ? `invalid number of ${kind}: '${word}'`
      : `${word}: invalid number of ${kind}`;
    yield* err(`${program}: ${shown}\n`);
    return 1;
  }
  const names = operands.length === 0 ? ['-'] : operands;
  const headers = (names.length > 1 || given.has('v')) && !given.has('q');
  let status = 0;
  let first = true;
  for (const name of names) {
    const input = yield* readInput(name);
    const unread = program === 'head' && amount.sign !== '-' && amount.count === 0;
    if ('error' in input && !(unread && isOfReading(input.error))) {
      yield* err(`${cannotOpen(program)(name, input.error)}\n`);
      status = 1;
      continue;
    }
    const shown = name === '-' ? 'standard input' : name;
    const header = headers ? `${first ? '' : '\n'}==> ${shown} <==\n` : '';
    yield* show(header + take('text' in input ? input.text : '', bytes, amount));
    first = false;
  }
  return status;
}

export const head = command(({ argv }) => ends('head', headOf, argv));
export const tail = command(({ argv }) => ends('tail', tailOf, argv));

export const tac = command(function* ({ argv }) {
  const { operands, error } = optionsOf({ short: '' }, {}, ['tac', ...argv.slice(1)]);
  if (error !== null) return yield* usage('tac', error, 1);
  const { inputs, failed } = yield* readInputs(
    operands,
    (name, error) => `tac: failed to open '${name}' for reading: ${error}`,
  );
  for (const input of inputs) yield* show(wholeLines(input.text).reverse().join(''));
  return failed ? 1 : 0;
});

export const rev = command(function* ({ argv }) {
  const { inputs, failed } = yield* readInputs(
    argv.slice(1),
    (name, error) => `rev: cannot open ${name}: ${error}`,
  );
  for (const { text } of inputs) {
    const turned = wholeLines(text).map((line) => {
      const newline = line.endsWith('\n') ? '\n' : '';
      return [...line.slice(0, line.length - newline.length)].reverse().join('') + newline;
    });
    yield* show(turned.join(''));
  }
  return failed ? 1 : 0;
});

export const nl = command(function* ({ argv }) {
  const spec = { short: 'b:w:s:v:i:n:' };
  const { given, operands, error } = optionsOf(spec, {}, ['nl', ...argv.slice(1)]);
  if (error !== null) return yield* usage('nl', error, 1);
  const { inputs, failed } = yield* readInputs(operands, plainly('nl'));
  const width = Number(given.value('w') ?? '6');
  const separator = given.value('s') ?? '\t';
  const format = given.value('n') ?? 'rn';
  let number = Number(given.value('v') ?? '1');
  let text = '';
  for (const line of inputs.flatMap((input) => linesOf(input.text))) {
    const counts = given.value('b') === 'a' || (line !== '' && given.value('b') !== 'n');
    if (!counts) text += `${' '.repeat(width + separator.length)}${line}\n`;
    else {
      const shown = String(number);
      const digits =
        format === 'ln' ? shown.padEnd(width) : shown.padStart(width, format === 'rz' ? '0' : ' ');
      text += `${digits}${separator}${line}\n`;
      number += Number(given.value('i') ?? '1');
    }
  }
  yield* show(text);
  return failed ? 1 : 0;
});
