/**
 * sort: lines in order, by keys.
 *
 * Models: GNU coreutils 8.22 src/sort.c keycompare, compare, key_to_opts, mergefps
 * Leaves out: -R, -M, -S, --parallel; the order is that of the C locale.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err, writeFile } from '../../libc/sys.ts';
import { compareVersions } from './filevercmp.ts';
import { optionsOf, readInputs, show, usage } from './input.ts';

/** How one key is compared, by letters: n g h V f d i b r. */
type Key = Readonly<{
  from: readonly [field: number, char: number];
  to: readonly [field: number, char: number] | null;
  letters: string;
}>;

const spec = {
  short: 'bcdfghimnrsuVzk:t:o:C',
  long: {
    'ignore-leading-blanks': 'none',
    check: 'optional',
    'dictionary-order': 'none',
    'ignore-case': 'none',
    'general-numeric-sort': 'none',
    'human-numeric-sort': 'none',
    merge: 'none',
    'numeric-sort': 'none',
    reverse: 'none',
    stable: 'none',
    unique: 'none',
    'version-sort': 'none',
    key: 'required',
    'field-separator': 'required',
    output: 'required',
  },
} as const;
const long = {
  'ignore-leading-blanks': 'b',
  check: 'c',
  'dictionary-order': 'd',
  'ignore-case': 'f',
  'general-numeric-sort': 'g',
  'human-numeric-sort': 'h',
  merge: 'm',
  'numeric-sort': 'n',
  reverse: 'r',
  stable: 's',
  unique: 'u',
  'version-sort': 'V',
  key: 'k',
  'field-separator': 't',
  output: 'o',
};

/** `2.3nr,4`; the complaint otherwise. */
export function keyOf(word: string): Key | string {
  const hit = /^(\d+)(?:\.(\d+))?([bdfghinrV]*)(?:,(\d+)(?:\.(\d+))?([bdfghinrV]*))?$/.exec(word);
  if (hit === null) {
    return /^\d/.test(word)
      ? `stray character in field spec: invalid field specification '${word}'`
      : `invalid number at field start: invalid count at start of '${word}'`;
  }
  const [, f = '', c, first = '', toField, toChar, second = ''] = hit;
  if (Number(f) === 0)
    return `-: invalid field specification '${word}'`.replace('-:', 'field number is zero:');
  return {
    from: [Number(f), Number(c ?? '1')],
    to: toField === undefined ? null : [Number(toField), Number(toChar ?? '0')],
    letters: first + second,
  };
}

/** Where each field begins and ends; without -t the blanks before a field belong to it. */
function fieldsOf(line: string, separator: string | null): [number, number][] {
  const fields: [number, number][] = [];
  if (separator !== null) {
    let from = 0;
    for (const part of line.split(separator)) {
      fields.push([from, from + part.length]);
      from += part.length + separator.length;
    }
    return fields;
  }
  for (const hit of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g))
    fields.push([hit.index, hit.index + hit[0].length]);
  return fields;
}

const skipBlanks = (line: string, at: number): number => {
  let i = at;
  while (line.charAt(i) === ' ' || line.charAt(i) === '\t') i++;
  return i;
};

function keyText(line: string, key: Key, separator: string | null): string {
  const fields = fieldsOf(line, separator);
  const field = fields[key.from[0] - 1];
  if (field === undefined) return '';
  const start = key.letters.includes('b') ? skipBlanks(line, field[0]) : field[0];
  const from = Math.min(line.length, start + key.from[1] - 1);
  if (key.to === null) return line.slice(from);
  const last = fields[key.to[0] - 1];
  if (last === undefined) return line.slice(from);
  const [, chars] = key.to;
  const begin = key.letters.includes('b') ? skipBlanks(line, last[0]) : last[0];
  const to = chars === 0 ? last[1] : Math.min(last[1], begin + chars);
  return line.slice(from, Math.max(from, to));
}

const leadingNumber = (text: string): number => {
  const [number] = /^[ \t]*-?(\d+(\.\d*)?|\.\d+)/.exec(text) ?? [];
  return number === undefined ? 0 : Number(number);
};

const suffixes = 'KMGTPEZY';

function humanNumber(text: string): [rank: number, value: number] {
  const [, number = '0', suffix = ''] = /^[ \t]*(-?\d*\.?\d*)([kKMGTPEZY]?)/.exec(text) ?? [];
  const value = Number(number) || 0;
  const rank = suffix === '' || value === 0 ? 0 : suffixes.indexOf(suffix.toUpperCase()) + 1;
  return [value < 0 ? -rank : rank, value];
}

const generalNumber = (text: string): number => {
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareKey(a: string, b: string, letters: string): number {
  if (letters.includes('n')) return leadingNumber(a) - leadingNumber(b);
  if (letters.includes('g')) return generalNumber(a) - generalNumber(b) || 0;
  if (letters.includes('h')) {
    const [[rankA, valueA], [rankB, valueB]] = [humanNumber(a), humanNumber(b)];
    return rankA - rankB || valueA - valueB;
  }
  if (letters.includes('V')) return compareVersions(a, b);
  const shape = (text: string) => {
    const kept = letters.includes('d') ? text.replace(/[^A-Za-z0-9 \t]/g, '') : text;
    return letters.includes('f') ? kept.toUpperCase() : kept;
  };
  return byText(shape(a), shape(b));
}

type Order = Readonly<{ keys: readonly Key[]; separator: string | null; letters: string }>;

/** Comparison by keys alone; 0 for equal ones. */
function byKeys(order: Order, a: string, b: string): number {
  if (order.keys.length === 0) {
    const blind = order.letters.includes('b');
    const shape = (line: string) => (blind ? line.slice(skipBlanks(line, 0)) : line);
    const result = compareKey(shape(a), shape(b), order.letters);
    return order.letters.includes('r') ? -result : result;
  }
  for (const key of order.keys) {
    const letters = key.letters === '' ? order.letters : key.letters;
    const own = { ...key, letters };
    const result = compareKey(
      keyText(a, own, order.separator),
      keyText(b, own, order.separator),
      letters,
    );
    if (result !== 0) return letters.includes('r') ? -result : result;
  }
  return 0;
}

export function sortLines(order: Order, lines: readonly string[], stable: boolean): string[] {
  const backwards = order.letters.includes('r') ? -1 : 1;
  return [...lines].sort((a, b) => byKeys(order, a, b) || (stable ? 0 : backwards * byText(a, b)));
}

/** mergefps: the least of the first lines again and again, of equal ones that of the earlier file. */
function mergeLines(
  order: Order,
  files: readonly (readonly string[])[],
  stable: boolean,
): string[] {
  const backwards = order.letters.includes('r') ? -1 : 1;
  const compare = (a: string, b: string) =>
    byKeys(order, a, b) || (stable ? 0 : backwards * byText(a, b));
  const heads = files.map((lines) => ({ lines, at: 0 }));
  const merged: string[] = [];
  for (;;) {
    let least: { lines: readonly string[]; at: number } | null = null;
    for (const head of heads) {
      const line = head.lines[head.at];
      if (line === undefined) continue;
      if (least === null || compare(line, least.lines[least.at] ?? '') < 0) least = head;
    }
    if (least === null) return merged;
    merged.push(least.lines[least.at] ?? '');
    least.at++;
  }
}

const disorder = (order: Order, lines: readonly string[], unique: boolean): number =>
  lines.findIndex((line, n) => {
    if (n === 0) return false;
    const result =
      byKeys(order, lines[n - 1] ?? '', line) ||
      (unique ? 0 : byText(lines[n - 1] ?? '', line) * (order.letters.includes('r') ? -1 : 1));
    return unique ? result >= 0 : result > 0;
  });

/** Lines, or with -z what ends in a zero byte; the last may lack its end. */
function recordsOf(text: string, end: string): string[] {
  const records = text.split(end);
  if (records.at(-1) === '') records.pop();
  return records;
}

export const sort = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf(spec, long, ['sort', ...argv.slice(1)]);
  if (error !== null) return yield* usage('sort', error, 2);
  const letters = [...'bdfghinrV'].filter((letter) => given.has(letter)).join('');
  const keys: Key[] = [];
  for (const word of given.all('k')) {
    const key = keyOf(word);
    if (typeof key === 'string') {
      yield* err(`sort: ${key}\n`);
      return 2;
    }
    keys.push(key);
  }
  const raw = given.value('t');
  const separator = raw === '\\0' ? '\0' : raw;
  if (separator !== null && separator.length !== 1) {
    yield* err(
      separator === '' ? 'sort: empty tab\n' : `sort: multi-character tab '${separator}'\n`,
    );
    return 2;
  }
  const { inputs, failed: unread } = yield* readInputs(operands, (name, why) =>
    why === 'Is a directory'
      ? `sort: read failed: ${name}: ${why}`
      : `sort: cannot read: ${name}: ${why}`,
  );
  if (unread) return 2;
  const order: Order = { keys, separator, letters };
  const end = given.has('z') ? '\0' : '\n';
  const files = inputs.map((input) => recordsOf(input.text, end));
  const lines = files.flat();
  if (given.has('c') || given.has('C')) {
    const at = disorder(order, lines, given.has('u'));
    if (at < 0) return 0;
    if (given.has('c'))
      yield* err(`sort: ${operands[0] ?? '-'}:${at + 1}: disorder: ${lines[at]}\n`);
    return 1;
  }
  const stable = given.has('s') || given.has('u');
  const sorted = given.has('m')
    ? mergeLines(order, files, stable)
    : sortLines(order, lines, stable);
  const kept = given.has('u')
    ? sorted.filter((line, n) => n === 0 || byKeys(order, sorted[n - 1] ?? '', line) !== 0)
    : sorted;
  const text = kept.map((line) => line + end).join('');
  const into = given.value('o');
  if (into === null) yield* show(text);
  else {
    const written = yield* writeFile(into, text);
    if (failed(written)) {
      yield* err(`sort: open failed: ${into}: ${strerror(written.errno)}\n`);
      return 2;
    }
  }
  return 0;
});
