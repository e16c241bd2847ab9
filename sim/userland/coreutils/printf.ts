/**
 * echo, printf and seq: text made from arguments.
 *
 * Models: coreutils 8.22 src/echo.c, src/printf.c print_formatted, print_direc, src/seq.c
 * Leaves out: floating point in printf beyond %f, %g and %e of JavaScript's numbers; %q.
 */
import { command } from '../../kernel/program.ts';
import { err, out } from '../../libc/sys.ts';
import { ended, given, misuse } from '../given.ts';
import { isModern } from '../switches.ts';
import { unescaped, unescapedUntilStop } from './escape.ts';
import { quoted } from './quote.ts';

export const echo = command(function* ({ argv: [, ...words] }) {
  const flags = words.findIndex((w) => !/^-[neE]+$/.test(w));
  const options = (flags < 0 ? words : words.slice(0, flags)).join('');
  const text = (flags < 0 ? [] : words.slice(flags)).join(' ');
  const escapes = options.lastIndexOf('e') > options.lastIndexOf('E');
  const shown = escapes ? unescapedUntilStop(text) : { text, stopped: false };
  yield* out(shown.text + (shown.stopped || options.includes('n') ? '' : '\n'));
  return 0;
});

const directive = /%%|%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlLjtz]*(.)/gs;

/** A number as C writes it: decimal, octal, hex, or a quote and a character. The rest that does not belong. */
function parseNumber(text: string): { value: number; rest: string } {
  if (/^['"]/.test(text)) return { value: text.codePointAt(1) ?? 0, rest: '' };
  const [whole = '', sign = '', digits = ''] =
    /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*(?![.\d])|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(text) ??
    [];
  const octal = /^0[0-7]+$/.test(digits);
  const size = octal ? Number.parseInt(digits, 8) : Number(digits);
  return { value: sign === '-' ? -size : size, rest: text.slice(whole.length) };
}

function padded(text: string, flags: string, width: number, zeros: boolean): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!zeros || !flags.includes('0')) return text.padStart(width);
  const [sign = ''] = /^[-+ ]?(0x)?/.exec(text) ?? [];
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function integer(value: number, letter: string, flags: string, precision: number | null): string {
  const whole = Math.trunc(value);
  const bits =
    whole < 0 && letter !== 'd' && letter !== 'i'
      ? BigInt.asUintN(64, BigInt(whole))
      : BigInt(Math.abs(whole));
  const base = { o: 8, x: 16, X: 16 }[letter] ?? 10;
  const digits = bits.toString(base).padStart(precision ?? 0, '0');
  const prefix =
    flags.includes('#') && base === 16 && bits !== 0n
      ? '0x'
      : flags.includes('#') && base === 8
        ? '0'
        : '';
  const signed = letter === 'd' || letter === 'i';
  const sign =
    signed && whole < 0
      ? '-'
      : signed && flags.includes('+')
        ? '+'
        : signed && flags.includes(' ')
          ? ' '
          : '';
  const text = sign + prefix + digits;
  return letter === 'X' ? text.toUpperCase() : text;
}

function real(value: number, letter: string, precision: number | null): string {
  const digits = precision ?? 6;
  const exponent = (text: string) => text.replace(/e([+-])(\d)$/, 'e$10$2');
  if (letter === 'f' || letter === 'F') return value.toFixed(digits);
  if (letter === 'e' || letter === 'E') return exponent(value.toExponential(digits));
  return String(Number(value.toPrecision(digits === 0 ? 1 : digits)));
}

type Made = { text: string; complaints: string[]; stopped: boolean };

/** The format once over, with arguments taken by `next`. */
function pass(format: string, next: () => string | null, named: (word: string) => string): Made {
  const made: Made = { text: '', complaints: [], stopped: false };
  const number = (text: string | null): number => {
    if (text === null || text === '') return 0;
    const { value, rest } = parseNumber(text);
    if (rest === text) made.complaints.push(`${named(text)}: expected a numeric value`);
    else if (rest !== '') made.complaints.push(`${named(text)}: value not completely converted`);
    return Number.isNaN(value) ? 0 : value;
  };
  const sized = (text: string | undefined) =>
    text === undefined ? null : text === '*' ? number(next()) : Number(text);
  let at = 0;
  for (const match of format.matchAll(directive)) {
    made.text += unescaped(format.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0] === '%%') {
      made.text += '%';
      continue;
    }
    const [, flags = '', widthText, precisionText, letter = ''] = match;
    const width = sized(widthText) ?? 0;
    const precision = match[0].includes('.') ? (sized(precisionText) ?? 0) : null;
    const argument = next();
    if (letter === 's' || letter === 'b') {
      const body =
        letter === 'b'
          ? unescapedUntilStop(argument ?? '')
          : { text: argument ?? '', stopped: false };
      made.text += padded(body.text.slice(0, precision ?? undefined), flags, width, false);
      if (body.stopped) return { ...made, stopped: true };
    } else if (letter === 'c') made.text += padded((argument ?? '').charAt(0), flags, width, false);
    else if (/[diouxX]/.test(letter))
      made.text += padded(
        integer(number(argument), letter, flags, precision),
        flags,
        width,
        precision === null,
      );
    else if (/[feEgGF]/.test(letter))
      made.text += padded(real(number(argument), letter, precision), flags, width, true);
    else {
      made.complaints.push(`${match[0]}: invalid conversion specification`);
      return { ...made, stopped: true };
    }
  }
  made.text += unescaped(format.slice(at));
  return made;
}

export const printf = command(function* ({ argv }) {
  const [name = '', ...all] = argv;
  const [format, ...values] = all[0] === '--' ? all.slice(1) : all;
  if (format === undefined) return yield* misuse(name, 'missing operand');
  let used = 0;
  const next = () => values[used++] ?? null;
  const modern = yield* isModern();
  const named = (word: string) => (modern ? quoted(word) : word);
  let status = 0;
  do {
    const before = used;
    const { text, complaints, stopped } = pass(format, next, named);
    for (const complaint of complaints) {
      yield* err(`${name}: ${complaint}\n`);
      status = 1;
    }
    yield* out(text);
    if (stopped) return status;
    if (used === before) {
      if (values.length > 0)
        yield* err(
          `${name}: warning: ignoring excess arguments, starting with ${quoted(values[0] ?? '')}\n`,
        );
      break;
    }
  } while (used < values.length);
  return status;
});

/** Decimals after the point. */
const decimals = (text: string) => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;

export const seq = command(function* ({ argv: [name = '', ...words] }) {
  const number = words.findIndex((w) => /^-?\.?\d/.test(w));
  const marked = number < 0 ? words : [...words.slice(0, number), '--', ...words.slice(number)];
  const line = yield* given([name, ...marked], '+f:s:w', {
    separator: 's',
    'equal-width': 'w',
    format: 'f',
  });
  if (ended(line)) return line;
  const { options, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  if (operands.length > 3) return yield* misuse(name, `extra operand ${quoted(operands[3] ?? '')}`);
  const wrong = operands.find((o) => !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(o));
  if (wrong !== undefined)
    return yield* misuse(
      name,
      `invalid floating point argument: ${(yield* isModern()) ? quoted(wrong) : wrong}`,
    );
  const numbers = operands.map(Number);
  const [from, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 0, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0];
  if (step === 0)
    return yield* misuse(name, `invalid Zero increment value: ${quoted(operands[1] ?? '')}`);
  const places = Math.max(
    ...operands.slice(0, -1).map(decimals),
    operands.length === 1 ? decimals(operands[0] ?? '') : 0,
  );
  const count = Math.floor((last - from) / step + 1e-9) + 1;
  const values = Array.from({ length: Math.max(0, count) }, (_, i) =>
    (from + i * step).toFixed(places),
  );
  const width = options.has('w') ? Math.max(0, ...values.map((v) => v.length)) : 0;
  const format = options.get('f') ?? null;
  const shown = values.map((v) =>
    format === null ? padded(v, '0', width, true) : pass(format, () => v, quoted).text,
  );
  if (shown.length > 0) yield* out(`${shown.join(options.get('s') ?? '\n')}\n`);
  return 0;
});
