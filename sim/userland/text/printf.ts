/**
 * printf FORMAT ARGUMENT...: the format is used again until the arguments are.
 *
 * Models: GNU bash 4.2 builtins/printf.def printf_builtin
 */
import { formatFloat, formatInteger, formatText, type Spec, undoEscapes } from './format.ts';

export type Printed = Readonly<{
  text: string;
  complaints: readonly string[];
  status: number;
}>;

type Printing = {
  args: readonly string[];
  at: number;
  text: string;
  complaints: string[];
  /** Said, and no failure. */
  warnings: string[];
  /** What `%(...)T` makes of a time, now for -1. */
  time: Clock;
  stop: boolean;
};

/** Seconds since 1970, or null for now, in a format of strftime. */
export type Clock = (format: string, seconds: number | null) => string;

const next = (p: Printing): string => p.args[p.at++] ?? '';

const MOST = 2n ** 63n - 1n;

/** strtoimax and strtoumax: what does not fit is told, and the nearest is taken. */
function integer(p: Printing, word: string, unsigned = false): bigint {
  if (/^['"]/.test(word)) return BigInt(word.codePointAt(1) ?? 0);
  const text = word.trim();
  const [, sign = '', digits = ''] =
    /^([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text) ?? [];
  if (digits.length + sign.length !== text.length) p.complaints.push(`${word}: invalid number`);
  if (digits === '') return 0n;
  const size = /^0[0-7]/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  const value = sign === '-' ? -size : size;
  const fits = unsigned
    ? value >= -MOST && value <= 2n * MOST + 1n
    : value >= -MOST - 1n && value <= MOST;
  if (fits) return value;
  p.warnings.push(`warning: ${word}: Numerical result out of range`);
  return unsigned ? 2n * MOST + 1n : sign === '-' ? -MOST - 1n : MOST;
}

function float(p: Printing, word: string): number {
  const text = word.trim();
  if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
  if (text === '') return 0;
  const value = Number.parseFloat(text);
  if (Number.isNaN(Number(text))) p.complaints.push(`${word}: invalid number`);
  return Number.isNaN(value) ? 0 : value;
}

export type Quote = (text: string) => string;

function convert(p: Printing, spec: Spec, quote: Quote): string {
  switch (spec.letter) {
    case 's':
      return formatText(spec, next(p));
    case 'c':
      return formatText({ ...spec, precision: 1 }, next(p));
    case 'b': {
      const done = undoEscapes(next(p), 'printf');
      p.stop ||= done.stop;
      return formatText(spec, done.text);
    }
    case 'q':
      return formatText(spec, quote(next(p)));
    case 'd':
    case 'i':
      return formatInteger(spec, integer(p, next(p)));
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return formatInteger(spec, integer(p, next(p), true));
    default:
      return formatFloat(spec, float(p, next(p)));
  }
}

const directive = /%([-+ #0']*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|h|ll|l|j|z|t|L)?([a-zA-Z%])/y;

/** One pass over the format; false when a directive is invalid. */
function pass(p: Printing, format: string, quote: Quote): boolean {
  for (let at = 0; at < format.length && !p.stop; ) {
    const percent = format.indexOf('%', at);
    const plain = format.slice(at, percent < 0 ? undefined : percent);
    p.text += undoEscapes(plain, 'format').text;
    if (percent < 0) return true;
    directive.lastIndex = percent;
    const hit = directive.exec(format);
    const [whole = '', flags = '', width = '', precision, letter = ''] = hit ?? [];
    const time = /^%([-+ #0]*)(\d*)\(([^)]*)\)T/.exec(format.slice(percent));
    if (time) {
      const word = p.at < p.args.length ? next(p) : '-1';
      const at = Number(integer(p, word));
      const text = p.time(time[3] || '%X', at < 0 ? null : at);
      p.text += formatText(
        { flags: time[1] ?? '', width: Number(time[2]), precision: -1, letter: 's' },
        text,
      );
    } else if (letter === '%' && whole === '%%') p.text += '%';
    else if (hit === null || !'sbcqdiuoxXeEfFgG'.includes(letter)) {
      const bad =
        /^%[-+ #0']*[\d*]*\.?[\d*]*(?:hh|h|ll|l|j|z|t|L)?(.?)/.exec(format.slice(percent))?.[1] ??
        '';
      p.complaints.push(
        bad === ''
          ? `\`${format.slice(percent)}': missing format character`
          : `\`${bad}': invalid format character`,
      );
      return false;
    } else p.text += convert(p, specOf(p, flags, width, precision, letter), quote);
    at = percent + (time?.[0] ?? whole).length;
  }
  return true;
}

function specOf(
  p: Printing,
  flags: string,
  width: string,
  precision: string | undefined,
  letter: string,
): Spec {
  const wide = width === '*' ? Number(integer(p, next(p))) : Number(width);
  const precise = precision === '*' ? Number(integer(p, next(p))) : Number(precision ?? -1);
  return {
    flags: wide < 0 ? `${flags}-` : flags,
    width: Math.abs(wide),
    precision: precise,
    letter,
  };
}

export function printfText(
  format: string,
  args: readonly string[],
  quote: Quote,
  time: Clock,
): Printed {
  const p: Printing = { args, at: 0, text: '', complaints: [], warnings: [], time, stop: false };
  let fine = true;
  do {
    const before = p.at;
    fine = pass(p, format, quote);
    if (p.at === before) break;
  } while (fine && !p.stop && p.at < args.length);
  return {
    text: p.text,
    complaints: [...p.complaints, ...p.warnings],
    status: p.complaints.length > 0 || !fine ? 1 : 0,
  };
}
