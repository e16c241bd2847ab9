/**
 * awk's values: numbers, strings, and input that looks like a number and is both.
 *
 * Models: POSIX.1-2008 awk, Expressions; GNU awk 4.0.2 node.c r_format_val, r_force_number, eval.c cmp_nodes
 */
import { formatFloat } from './format.ts';

/** undefined: never set. An object: text from input, a number if it looks like one. */
export type Value = number | string | undefined | Readonly<{ input: string }>;

const looksNumeric = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

export const isNumeric = (value: Value): boolean =>
  value === undefined ||
  typeof value === 'number' ||
  (typeof value === 'object' && looksNumeric.test(value.input));

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  const text = typeof value === 'string' ? value : value.input;
  const [number] = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/.exec(text) ?? [];
  return number === undefined ? 0 : Number(number);
}

/** CONVFMT and OFMT apply to what is no integer. */
export function numberText(value: number, format: string): string {
  if (Number.isNaN(value)) return value < 0 ? 'nan' : '-nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value))
    return Math.abs(value) < 1e16 ? String(value === 0 ? 0 : value) : BigInt(value).toString();
  const [, precision = '6', letter = 'g'] = /^%\.(\d+)([gfe])$/.exec(format) ?? [];
  return formatFloat({ flags: '', width: 0, precision: Number(precision), letter }, value);
}

export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, format);
  return value === undefined ? '' : value.input;
}

export const isTrue = (value: Value): boolean =>
  isNumeric(value)
    ? toNumber(value) !== 0
    : value !== '' && !(typeof value === 'object' && value.input === '');

export function compareValues(a: Value, b: Value, format: string): number {
  if (isNumeric(a) && isNumeric(b) && !(a === undefined && typeof b === 'string')) {
    return toNumber(a) - toNumber(b);
  }
  const [x, y] = [toText(a, format), toText(b, format)];
  return x < y ? -1 : x > y ? 1 : 0;
}
