/**
 * printf's conversions, and the escapes of echo -e: shared by the shell's builtins, awk and printf(1).
 *
 * Models: glibc 2.17 stdio-common/vfprintf.c for d i o u x X c s e E f F g G; GNU bash 4.2 builtins/printf.def
 * Leaves out: %a, %n, locale grouping, long double digits beyond a double's.
 */
import { utf8Length } from '../../kernel/calls/attributes.ts';
export type Spec = Readonly<{
  flags: string;
  width: number;
  /** -1: not given. */
  precision: number;
  letter: string;
}>;

const pad = (text: string, spec: Spec, zeros: boolean): string => {
  if (spec.flags.includes('-')) return text.padEnd(spec.width);
  if (!zeros || text.length >= spec.width) return text.padStart(spec.width);
  const sign = /^[+\- ]?(0[xX])?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(spec.width - sign.length, '0');
};

const signOf = (negative: boolean, flags: string) =>
  negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';

const bases: Readonly<Record<string, number>> = { o: 8, x: 16, X: 16 };

export function formatInteger(spec: Spec, value: bigint): string {
  const signed = spec.letter === 'd' || spec.letter === 'i';
  const shown = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  let digits = shown.toString(bases[spec.letter] ?? 10);
  if (spec.letter === 'X') digits = digits.toUpperCase();
  if (spec.precision >= 0) digits = digits.padStart(spec.precision, '0');
  const alternate = spec.flags.includes('#') && shown !== 0n;
  const prefix = alternate
    ? spec.letter === 'o'
      ? '0'
      : bases[spec.letter]
        ? `0${spec.letter}`
        : ''
    : '';
  const text = signOf(signed && value < 0n, signed ? spec.flags : '') + prefix + digits;
  return pad(text, spec, spec.flags.includes('0') && spec.precision < 0);
}

const exponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

function general(value: number, precision: number, keepZeros: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return keepZeros ? (0).toFixed(digits - 1) : '0';
  const power = Number(value.toExponential(digits - 1).split('e')[1]);
  const text =
    power < -4 || power >= digits
      ? exponent(value.toExponential(digits - 1))
      : value.toFixed(Math.max(0, Math.min(100, digits - 1 - power)));
  if (keepZeros || !text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}

/** C rounds a tie to even, JavaScript upwards. */
function rounded(value: number, digits: number): string {
  const exact = value.toFixed(Math.min(100, digits + 30));
  const cut = exact.length - (Math.min(100, digits + 30) - digits);
  const down = exact.slice(0, cut).replace(/\.$/, '');
  const tie = /^50*$/.test(exact.slice(cut).replace('.', ''));
  return tie && /[02468]$/.test(down) ? down : value.toFixed(digits);
}

/** toFixed turns to exponents from 1e21 on; a BigInt does not. */
const fixed = (value: number, digits: number): string =>
  value < 1e21
    ? rounded(value, digits)
    : `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;

export function formatFloat(spec: Spec, value: number): string {
  const negative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const precision = Math.min(100, spec.precision < 0 ? 6 : spec.precision);
  const kind = spec.letter.toLowerCase();
  let text: string;
  if (Number.isNaN(value)) text = 'nan';
  else if (size === Number.POSITIVE_INFINITY) text = 'inf';
  else if (kind === 'f') text = fixed(size, precision);
  else if (kind === 'e') text = exponent(size.toExponential(precision));
  else text = general(size, precision, spec.flags.includes('#'));
  if (spec.letter !== kind) text = text.toUpperCase();
  return pad(
    signOf(negative, spec.flags) + text,
    spec,
    spec.flags.includes('0') && Number.isFinite(value),
  );
}

export function formatText(spec: Spec, text: string): string {
  const shown = spec.precision >= 0 ? text.slice(0, spec.precision) : text;
  // A width counts bytes.
  const width = spec.width - (utf8Length(shown) - shown.length);
  return spec.flags.includes('-') ? shown.padEnd(width) : shown.padStart(width);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** How octal is written: echo -e wants `\0101`, a printf format `\101`, and `%b` takes both. */
export type EscapeStyle = 'echo' | 'printf' | 'format';

const octals: Readonly<Record<EscapeStyle, RegExp>> = {
  echo: /^0([0-7]{0,3})/,
  printf: /^0?([0-7]{1,3})|^0/,
  format: /^([0-7]{1,3})/,
};

/** u32cconv's last resort. */
const spelled = (code: number): string => {
  const digits = code.toString(16).toUpperCase();
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
};

const byteRuns: Readonly<Record<EscapeStyle, RegExp>> = {
  echo: /\\\\|(?:\\(?:x[89a-f][0-9a-f]|0[23][0-7]{2})){2,}/gi,
  printf: /\\\\|(?:\\(?:x[89a-f][0-9a-f]|0?[23][0-7]{2})){2,}/gi,
  format: /\\\\|(?:\\(?:x[89a-f][0-9a-f]|[23][0-7]{2})){2,}/gi,
};

/** Bytes that are written one by one are a letter where they are one in UTF-8. */
const lettersJoined = (text: string, style: EscapeStyle): string =>
  text.replace(byteRuns[style], (run) => {
    const bytes = run.split('\\').slice(1);
    const hex = bytes.map((byte) =>
      byte.startsWith('x') || byte.startsWith('X')
        ? byte.slice(1)
        : Number.parseInt(byte, 8).toString(16),
    );
    try {
      return run === '\\\\' ? run : decodeURIComponent(hex.map((two) => `%${two}`).join(''));
    } catch {
      return run;
    }
  });

/** Escapes undone. `stop`: a \c was met and nothing more is to be printed. */
export function undoEscapes(given: string, style: EscapeStyle): { text: string; stop: boolean } {
  const text = lettersJoined(given, style);
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c !== '\\') {
      result += c;
      continue;
    }
    const rest = text.slice(i + 1);
    const octal = octals[style].exec(rest);
    const hex = /^x([0-9a-fA-F]{1,2})|^u([0-9a-fA-F]{1,4})|^U([0-9a-fA-F]{1,8})/.exec(rest);
    if (rest.startsWith('c') && style !== 'format') return { text: result, stop: true };
    if (octal) {
      result += String.fromCharCode(Number.parseInt(octal[1] || '0', 8) & 0xff);
      i += octal[0].length;
    } else if (hex) {
      const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '0', 16);
      // The C locale has no such character.
      const foreign = hex[1] === undefined && code >= 0x80;
      result += foreign ? spelled(code) : String.fromCodePoint(code);
      i += hex[0].length;
    } else if (simpleEscapes[rest.charAt(0)] !== undefined) {
      result += simpleEscapes[rest.charAt(0)];
      i++;
    } else if (style === 'format' && (rest.startsWith('"') || rest.startsWith("'"))) {
      result += rest.charAt(0);
      i++;
    } else result += '\\';
  }
  return { text: result, stop: false };
}

/** echo's argument list, as bash's builtin reads it. */
export function echoText(args: readonly string[]): string {
  let at = 0;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(args[at] ?? ''); at++) {
    const word = args[at] ?? '';
    if (word.includes('n')) newline = false;
    for (const c of word) if (c === 'e' || c === 'E') escapes = c === 'e';
  }
  const text = args.slice(at).join(' ');
  if (!escapes) return newline ? `${text}\n` : text;
  const done = undoEscapes(text, 'echo');
  return done.stop || !newline ? done.text : `${done.text}\n`;
}

/** Debian's sh: `-n` is the only option, and escapes always count. */
export function dashEcho(args: readonly string[]): string {
  const bare = args[0] === '-n';
  const done = undoEscapes((bare ? args.slice(1) : args).join(' '), 'echo');
  return done.stop || bare ? done.text : `${done.text}\n`;
}
