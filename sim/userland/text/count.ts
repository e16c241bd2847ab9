/**
 * wc, uniq and comm.
 *
 * Models: GNU coreutils 8.22 src/wc.c write_counts, uniq.c check_file, comm.c compare_files
 * Leaves out: uniq -D --group, wc --files0-from, comm --check-order.
 */

import { failed } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, stat, writeFile } from '../../libc/sys.ts';
import { quotedIfNeeded } from '../coreutils/quote.ts';
import { isModern } from '../switches.ts';
import {
  isOfReading,
  linesOf,
  optionsOf,
  plainly,
  readInput,
  readInputs,
  show,
  usage,
} from './input.ts';

type Counts = Readonly<{
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}>;

/** Bytes of a text in UTF-8. */
const bytesOf = (text: string): number => {
  let bytes = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

const countsOf = (text: string): Counts => ({
  lines: text.split('\n').length - 1,
  // Something in a word can be printed: NULs alone are none.
  words: text.split(/[ \t\n\v\f\r]+/).filter((word) => /[!-~]/.test(word)).length,
  // In the C locale a character is a byte.
  chars: bytesOf(text),
  bytes: bytesOf(text),
  longest: Math.max(0, ...linesOf(text).map((line) => line.length)),
});

const letters = ['l', 'w', 'm', 'c', 'L'] as const;
const wcLong = { lines: 'l', words: 'w', chars: 'm', bytes: 'c', 'max-line-length': 'L' };
const none = {
  lines: 'none',
  words: 'none',
  chars: 'none',
  bytes: 'none',
  'max-line-length': 'none',
} as const;

const fieldOf = (counts: Counts, letter: (typeof letters)[number]): number =>
  ({ l: counts.lines, w: counts.words, m: counts.chars, c: counts.bytes, L: counts.longest })[
    letter
  ];

export const wc = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf({ short: 'lwmcL', long: none }, wcLong, [
    'wc',
    ...argv.slice(1),
  ]);
  if (error !== null) return yield* usage('wc', error, 1);
  const chosen = letters.filter((letter) => given.has(letter));
  const columns = chosen.length > 0 ? chosen : (['l', 'w', 'c'] as const);
  const names = operands.length === 0 ? ['-'] : operands;
  const width = columns.length === 1 && names.length === 1 ? 1 : yield* widthFor(names);
  const line = (counts: Counts, name: string) => {
    const numbers = columns.map((letter) => String(fieldOf(counts, letter)).padStart(width));
    return show(`${numbers.join(' ')}${name === '' ? '' : ` ${name}`}\n`);
  };
  const all: Counts[] = [];
  let status = 0;
  for (const name of names) {
    if (name === '') {
      yield* err('wc: invalid zero-length file name\n');
      status = 1;
      continue;
    }
    const input = yield* readInput(name);
    if ('error' in input) {
      const called = name === '-' ? 'standard input' : name;
      const shown = (yield* isModern()) ? quotedIfNeeded(called) : called;
      yield* err(`wc: ${shown}: ${input.error}\n`);
      status = 1;
      if (!isOfReading(input.error)) continue;
    }
    const counts = countsOf('text' in input ? input.text : '');
    all.push(counts);
    yield* line(counts, operands.length === 0 ? '' : name);
  }
  if (operands.length > 1) yield* line(sumOf(all), 'total');
  return status;
});

/** compute_number_width: as wide as the sizes of all files together; at least 7 where there is more than files. */
function* widthFor(names: readonly string[]): Sys<number> {
  let bytes = 0;
  for (const name of names) {
    const st = name === '-' ? null : yield* stat(name);
    if (st === null || (!failed(st) && st.type !== 'file')) return 7;
    if (!failed(st)) bytes += st.size;
  }
  return String(bytes).length;
}

function sumOf(all: readonly Counts[]): Counts {
  const sum = (of: (c: Counts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  return {
    lines: sum((c) => c.lines),
    words: sum((c) => c.words),
    chars: sum((c) => c.chars),
    bytes: sum((c) => c.bytes),
    longest: Math.max(0, ...all.map((c) => c.longest)),
  };
}

const uniqSpec = {
  short: 'cduif:s:w:',
  long: {
    count: 'none',
    repeated: 'none',
    unique: 'none',
    'ignore-case': 'none',
    'skip-fields': 'required',
    'skip-chars': 'required',
    'check-chars': 'required',
  },
} as const;
const uniqLong = {
  count: 'c',
  repeated: 'd',
  unique: 'u',
  'ignore-case': 'i',
  'skip-fields': 'f',
  'skip-chars': 's',
  'check-chars': 'w',
};

export const uniq = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf(uniqSpec, uniqLong, ['uniq', ...argv.slice(1)]);
  if (error !== null) return yield* usage('uniq', error, 1);
  if (operands.length > 2) return yield* usage('uniq', `uniq: extra operand '${operands[2]}'`, 1);
  const input = yield* readInput(operands[0] ?? '-');
  if (!('text' in input)) {
    yield* err(`uniq: ${operands[0]}: ${input.error}\n`);
    return 1;
  }
  const fields = Number(given.value('f') ?? '0');
  const key = (line: string) => {
    const rest = line.replace(
      new RegExp(`^(?:[ \\t]*[^ \\t]+){0,${fields}}`),
      fields > 0 ? '' : '$&',
    );
    const from = Number(given.value('s') ?? '0');
    const width = given.value('w');
    const cutOut = rest.slice(from, width === null ? undefined : from + Number(width));
    return given.has('i') ? cutOut.toLowerCase() : cutOut;
  };
  const groups: { line: string; count: number }[] = [];
  for (const line of linesOf(input.text)) {
    const last = groups.at(-1);
    if (last && key(last.line) === key(line)) last.count++;
    else groups.push({ line, count: 1 });
  }
  const wanted = groups.filter(({ count }) => {
    if (given.has('d') && given.has('u')) return false;
    return given.has('d') ? count > 1 : given.has('u') ? count === 1 : true;
  });
  const text = wanted
    .map(({ line, count }) => `${given.has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`)
    .join('');
  const [, into] = operands;
  if (into === undefined) yield* show(text);
  else yield* writeFile(into, text);
  return 0;
});

export const comm = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf({ short: '123' }, {}, ['comm', ...argv.slice(1)]);
  if (error !== null) return yield* usage('comm', error, 1);
  if (operands.length < 2) {
    const missing =
      operands.length === 0
        ? 'comm: missing operand'
        : `comm: missing operand after '${operands[0]}'`;
    return yield* usage('comm', missing, 1);
  }
  const { inputs, failed: unread } = yield* readInputs(operands.slice(0, 2), plainly('comm'));
  if (unread) return 1;
  const [a = [], b = []] = inputs.map((input) => linesOf(input.text));
  const tabs = (column: number) =>
    '\t'.repeat([1, 2, 3].filter((n) => n < column && !given.has(String(n))).length);
  let text = '';
  let [i, j] = [0, 0];
  const put = (column: number, line: string) => {
    if (!given.has(String(column))) text += `${tabs(column)}${line}\n`;
  };
  let paired = true;
  const files = [
    { lines: a, at: () => i, warned: false },
    { lines: b, at: () => j, warned: false },
  ];
  /** check_order: asked when a line is read, and at the end of a file once more about its last two. */
  const check = function* (n: number): Sys<void> {
    const file = files[n] as (typeof files)[number];
    const at = Math.min(file.at(), file.lines.length - 1);
    const [before, here] = [file.lines[at - 1], file.lines[at]];
    if (paired || file.warned || before === undefined || here === undefined || before <= here)
      return;
    file.warned = true;
    yield* show(text);
    text = '';
    yield* err(`comm: file ${n + 1} is not in sorted order\n`);
  };
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== y) paired = false;
    if (y === undefined || (x !== undefined && x < y)) {
      put(1, x ?? '');
      i++;
    } else if (x === undefined || y < x) {
      put(2, y);
      j++;
    } else {
      put(3, x);
      i++;
      j++;
    }
    for (const n of files.keys()) yield* check(n);
  }
  yield* show(text);
  if (!files.some(({ warned }) => warned)) return 0;
  if (yield* isModern()) yield* err('comm: input is not in sorted order\n');
  return 1;
});
