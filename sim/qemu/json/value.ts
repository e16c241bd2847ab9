/**
 * JSON values as QEMU holds them, and their text: `{"return": {}, "id": 1}`.
 *
 * Models: QEMU v2.12 and v7.2 qobject/qdict.c tdb_hash, qdict_put_obj, qdict_next; qobject/qjson.c to_json (2.12);
 *   qobject/json-writer.c (7.2); qobject/qnum.c qnum_to_string
 *
 * The order of an object's keys is that of a hash table with 512 buckets, the newest first within one:
 * neither alphabetical nor the order of insertion, but the same on every run.
 */
import { decodeAt } from './utf8.ts';

/** Whole numbers of the client are bigint (64 bits), all others number. Strings are byte strings. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | Dict;
export type Dict = { readonly [key: string]: Json };

export const isDict = (value: Json | undefined): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object without a prototype, so that a client's key "__proto__" is a key like any other. */
export const emptyDict = (): { [key: string]: Json } => Object.create(null);

/** qdict.c tdb_hash: 32 bits, wrapping. */
function bucket(key: string): number {
  let value = Math.imul(0x238f13af, key.length);
  for (let i = 0; i < key.length; i++) value = (value + (key.charCodeAt(i) << ((i * 5) % 24))) | 0;
  return ((Math.imul(1103515243, value) + 12345) >>> 0) % 512;
}

/** The keys in the order of qdict_first, qdict_next. */
export function dictKeys(dict: Dict): string[] {
  const keys = Object.keys(dict);
  return keys.length < 2 ? keys : inBuckets(keys);
}

const inBuckets = (keys: string[]): string[] =>
  keys
    .reverse()
    .map((key) => ({ key, at: bucket(key) }))
    .sort((a, b) => a.at - b.at)
    .map(({ key }) => key);

/** printf("%.17g") */
function exact(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const [digits = '', power = '0'] = value.toExponential(16).split('e');
  const exponent = Number(power);
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent >= -4 && exponent < 17) {
    return (Object.is(value, -0) ? '-' : '') + trim(value.toFixed(16 - exponent));
  }
  return `${trim(digits)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** printf("%f") without the zeros at its end */
function fixed(value: number): string {
  if (!Number.isFinite(value)) return exact(value);
  const sign = Object.is(value, -0) ? '-' : '';
  const text = Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.`;
  return sign + text.replace(/\.?0*$/, '');
}

const escapes: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** Printable ASCII without quote and backslash: nothing to escape. */
const plain = /^[ !#-[\]-~]*$/;

/** Everything outside printable ASCII leaves as \uXXXX; what is no character as \uFFFD. */
export function quote(bytes: string): string {
  if (plain.test(bytes)) return `"${bytes}"`;
  const unit = (code: number) => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  let text = '"';
  for (let at = 0; at < bytes.length; ) {
    const { code, next } = decodeAt(bytes, at);
    at = next;
    if (code < 0) text += unit(0xfffd);
    else if (code > 0xffff) {
      text += unit(0xd800 + ((code - 0x10000) >> 10)) + unit(0xdc00 + (code & 0x3ff));
    } else
      text += escapes[code] ?? (code < 32 || code >= 127 ? unit(code) : String.fromCharCode(code));
  }
  return `${text}"`;
}

/** Answers that are one object for all who ask: their text is made once. */
const shared = new WeakMap<object, { fixed?: string; exact?: string }>();

export function share<T extends object>(value: T): T {
  shared.set(value, {});
  return value;
}

export function toText(value: Json, doubles: 'fixed' | 'exact'): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return doubles === 'exact' ? exact(value) : fixed(value);
  if (typeof value !== 'object') return String(value);
  const known = shared.get(value);
  if (known === undefined) return nested(value, doubles);
  known[doubles] ??= nested(value, doubles);
  return known[doubles];
}

function nested(value: readonly Json[] | Dict, doubles: 'fixed' | 'exact'): string {
  if (!isDict(value)) return `[${value.map((item) => toText(item, doubles)).join(', ')}]`;
  const member = (key: string) => `${quote(key)}: ${toText(value[key] ?? null, doubles)}`;
  return `{${dictKeys(value).map(member).join(', ')}}`;
}
