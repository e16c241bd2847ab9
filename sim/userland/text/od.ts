/**
 * od: the bytes of files as numbers or characters, sixteen a line.
 *
 * Models: GNU coreutils 8.22 src/od.c dump, write_block, print_ascii
 * Leaves out: -j, -N, -w, floating point, several formats at once, numbers of more than two bytes.
 */
import { command } from '../../kernel/program.ts';
import { err } from '../../libc/sys.ts';
import { quotedIfNeeded } from '../coreutils/quote.ts';
import { ended, given, unmodelled } from '../given.ts';
import { isOfReading, readInput, show } from './input.ts';

const WIDTH = 16;

type Format = Readonly<{
  size: 1 | 2;
  text: (n: number) => string;
  width: number;
  trailing: boolean;
}>;

const names: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};
const isPlain = (n: number) => n >= 32 && n < 127;
const character = (n: number) =>
  names[n] ?? (isPlain(n) ? String.fromCharCode(n) : n.toString(8).padStart(3, '0'));

const numbers =
  (base: number, digits: number, fill: string) =>
  (n: number): string =>
    n.toString(base).padStart(digits, fill);

/** `x1`, `o2`, `u1`, `c`, with a `z` for the characters behind. */
function formatOf(type: string): Format | null {
  const [, letter = '', bytes = '', z = ''] = /^([coxu])([12]?)(z?)$/.exec(type) ?? [];
  if (letter === '') return null;
  const trailing = z !== '';
  if (letter === 'c') return { size: 1, text: character, width: 3, trailing };
  const size = bytes === '1' ? 1 : 2;
  if (bytes === '') return null;
  const width = { x: [2, 4], o: [3, 6], u: [3, 5] }[letter]?.[size - 1] ?? 3;
  const base = { x: 16, o: 8, u: 10 }[letter] ?? 10;
  return { size, text: numbers(base, width, letter === 'u' ? ' ' : '0'), width, trailing };
}

function lineOf(bytes: readonly number[], { size, text, width, trailing }: Format): string {
  let line = '';
  for (let at = 0; at < bytes.length; at += size) {
    const n = (bytes[at] ?? 0) + (size === 2 ? (bytes[at + 1] ?? 0) * 256 : 0);
    line += ` ${text(n).padStart(width)}`;
  }
  if (!trailing) return line;
  const shown = bytes.map((n) => (isPlain(n) ? String.fromCharCode(n) : '.')).join('');
  return `${line.padEnd((WIDTH / size) * (width + 1))}  >${shown}<`;
}

/** Lines that are the same as the one before are one star. */
function dump(bytes: readonly number[], format: Format, radix: string, all: boolean): string {
  const address = (n: number) =>
    radix === 'n'
      ? ''
      : n
          .toString(radix === 'x' ? 16 : radix === 'd' ? 10 : 8)
          .padStart(radix === 'x' ? 6 : 7, '0');
  let text = '';
  let before: string | null = null;
  let starred = false;
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const block = bytes.slice(at, at + WIDTH);
    const key = block.join();
    if (!all && key === before && block.length === WIDTH) {
      if (!starred) text += '*\n';
      starred = true;
      continue;
    }
    text += `${address(at)}${lineOf(block, format)}\n`;
    before = key;
    starred = false;
  }
  return radix === 'n' ? text : `${text}${address(bytes.length)}\n`;
}

/** Files are text: their bytes are its UTF-8. */
const utf8 = (text: string): number[] =>
  [...unescape(encodeURIComponent(text))].map((byte) => byte.charCodeAt(0));

const oldStyle: Readonly<Record<string, string>> = { b: 'o1', c: 'c', x: 'x2', o: 'o2', d: 'u2' };

function typeOf(options: ReadonlyMap<string, string | null>): string {
  const old = Object.keys(oldStyle).find((letter) => options.has(letter));
  return options.get('t') ?? oldStyle[old ?? 'o'] ?? 'o2';
}

export const od = command(function* ({ argv }) {
  const line = yield* given(argv, 'A:t:vbcxodj:N:w:', {
    'address-radix': 'A',
    format: 't',
    'output-duplicates': 'v',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const type = typeOf(options);
  const format = formatOf(type);
  if (format === null || ['j', 'N', 'w'].some((o) => options.has(o)))
    return yield* unmodelled(name, format === null ? `-t ${type}` : '-j, -N and -w');
  let text: string | null = null;
  let status = 0;
  for (const file of operands.length === 0 ? ['-'] : operands) {
    const input = yield* readInput(file);
    if ('text' in input) text = (text ?? '') + input.text;
    else {
      yield* err(`od: ${quotedIfNeeded(file)}: ${input.error}\n`);
      status = 1;
      // Open it was: there is an address to write.
      if (isOfReading(input.error)) text ??= '';
    }
  }
  const radix = options.get('A') ?? 'o';
  if (text !== null) yield* show(dump(utf8(text), format, radix, options.has('v')));
  return status;
});
