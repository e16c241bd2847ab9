/**
 * awk's built-in functions of texts and numbers.
 *
 * Models: GNU awk 4.0.2 builtin.c do_sub, do_substr, do_match, format_tree
 * Leaves out: rand and srand (the model has no dice), asort, strftime's time zones.
 */

import { own } from '../../kernel/own.ts';
import { strftime } from '../../libc/time.ts';
import { type Awk, arrayOf, format } from './awkState.ts';
import { toNumber, toText, type Value } from './awkValue.ts';
import { formatFloat, formatInteger, formatText, type Spec } from './format.ts';
import { toRegExp } from './regex.ts';

export function regexpOf(source: string, flags = ''): RegExp {
  const compiled = toRegExp(source, 'extended', flags);
  if ('regexp' in compiled) return compiled.regexp;
  const thrown = { awk: `fatal: ${compiled.error}: /${source}/`, line: 1, at: -1 };
  throw thrown;
}

/** `&` and `\\&` in the replacement of sub and gsub. */
function replacement(template: string, hit: RegExpExecArray, groups: boolean): string {
  return template.replace(/\\(.)|&/g, (whole, escaped: string | undefined) => {
    if (escaped === undefined) return hit[0];
    if (escaped === '&' || escaped === '\\') return escaped;
    return groups && /\d/.test(escaped) ? (hit[Number(escaped)] ?? '') : whole;
  });
}

/** How many were replaced, and the text after. `which`: 0 for all. */
export function substituteText(
  text: string,
  source: string,
  by: string,
  which: number,
  groups: boolean,
): { text: string; count: number } {
  const regexp = regexpOf(source, 'g');
  let [result, at, count, seen, last] = ['', 0, 0, 0, -1];
  regexp.lastIndex = 0;
  for (let hit = regexp.exec(text); hit !== null; hit = regexp.exec(text)) {
    const end = hit.index + hit[0].length;
    if (hit[0] !== '' || hit.index !== last) {
      seen++;
      if (which === 0 || seen === which) {
        result += text.slice(at, hit.index) + replacement(by, hit, groups);
        at = end;
        count++;
      }
    }
    last = end;
    if (hit[0] === '') regexp.lastIndex++;
    if (which > 0 && seen >= which) break;
  }
  return { text: result + text.slice(at), count };
}

function substr(text: string, from: number, length: number | null): string {
  const start = Math.round(from);
  const end = length === null ? Number.POSITIVE_INFINITY : start + Math.round(length);
  return text.slice(Math.max(0, start - 1), Math.max(0, Math.min(text.length, end - 1)));
}

const directive = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]*([a-zA-Z%])/g;

export function sprintf(awk: Awk, template: string, args: readonly Value[]): string {
  let n = 0;
  const next = (): Value => args[n++];
  return template.replace(
    directive,
    (
      whole,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      letter: string,
    ) => {
      if (letter === '%') return '%';
      const wide = width === '*' ? toNumber(next()) : Number(width ?? 0);
      const precise =
        precision === '*' ? toNumber(next()) : precision === undefined ? -1 : Number(precision);
      const spec: Spec = {
        flags: wide < 0 ? `${flags}-` : flags,
        width: Math.abs(wide),
        precision: precise,
        letter,
      };
      const value = next();
      if ('diouxX'.includes(letter)) {
        const number = toNumber(value);
        return Number.isFinite(number)
          ? formatInteger(spec, BigInt(Math.trunc(number)))
          : formatText(spec, String(number));
      }
      if ('eEfFgG'.includes(letter)) return formatFloat(spec, toNumber(value));
      if (letter === 'c') {
        const c =
          typeof value === 'number' ? String.fromCodePoint(value) : toText(value, '%.6g').charAt(0);
        return formatText({ ...spec, precision: -1 }, c);
      }
      return letter === 's' ? formatText(spec, toText(value, format(awk))) : whole;
    },
  );
}

const mathematics: Readonly<Record<string, (x: number, y: number) => number>> = {
  int: Math.trunc,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  atan2: Math.atan2,
  and: (x, y) => Number(BigInt(x) & BigInt(y)),
  or: (x, y) => Number(BigInt(x) | BigInt(y)),
  xor: (x, y) => Number(BigInt(x) ^ BigInt(y)),
  lshift: (x, y) => x * 2 ** y,
  rshift: (x, y) => Math.floor(x / 2 ** y),
  compl: (x) => Number(BigInt.asUintN(53, ~BigInt(x))),
  strtonum: (x) => x,
};

const strtonum = (text: string): number =>
  /^\s*0[xX]/.test(text)
    ? Number.parseInt(text, 16)
    : /^\s*0[0-7]+$/.test(text)
      ? Number.parseInt(text, 8)
      : toNumber(text);

/** Functions of values alone; undefined when the name is none of them. */
export function callBuiltin(awk: Awk, name: string, args: readonly Value[]): Value | null {
  const text = (n: number) => toText(args[n], format(awk));
  const number = (n: number) => toNumber(args[n]);
  if (name === 'strtonum') return typeof args[0] === 'number' ? args[0] : strtonum(text(0));
  const calculate = own(mathematics, name);
  if (calculate) return calculate(number(0), number(1));
  switch (name) {
    case 'length':
      return args.length === 0 ? awk.record.length : text(0).length;
    case 'substr':
      return substr(text(0), number(1), args.length > 2 ? number(2) : null);
    case 'index':
      return text(0).indexOf(text(1)) + 1;
    case 'tolower':
      return text(0).toLowerCase();
    case 'toupper':
      return text(0).toUpperCase();
    case 'sprintf':
      return sprintf(awk, text(0), args.slice(1));
    case 'strftime':
      return strftime(args.length > 0 ? text(0) : '%a %b %d %H:%M:%S %Z %Y', number(1) * 1000);
    default:
      return null;
  }
}

/** match(text, regexp, groups). */
export function match(awk: Awk, text: string, source: string, groups: string | null): number {
  const hit = regexpOf(source).exec(text);
  if (groups !== null) {
    const array = arrayOf(awk, groups);
    array.clear();
    for (const [n, group] of (hit ?? []).entries())
      if (group !== undefined) array.set(String(n), { input: group });
  }
  for (const [name, value] of [
    ['RSTART', hit ? hit.index + 1 : 0],
    ['RLENGTH', hit ? hit[0].length : -1],
  ] as const) {
    awk.globals.set(name, { value, array: null, origin: null });
  }
  return hit ? hit.index + 1 : 0;
}
