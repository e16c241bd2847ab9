/**
 * From bytes to values: RFC 4506, as rpcgen's C reads it.
 */
import { type Chars, ranges, STRING_MAX, type Type, type Value } from './type.ts';
import { fromUtf8 } from './utf8.ts';

/** Thrown and caught in here: the bytes are no encoding of the type. */
const MALFORMED = Symbol('malformed');

const malformed = (): never => {
  throw MALFORMED;
};

type Cursor = { readonly bytes: Uint8Array; at: number };

function take(cursor: Cursor, length: number): Uint8Array {
  const { bytes, at } = cursor;
  if (at + length > bytes.length) return malformed();
  cursor.at += length;
  return bytes.subarray(at, at + length);
}

function readWord(cursor: Cursor): number {
  const [a = 0, b = 0, c = 0, d = 0] = take(cursor, 4);
  return a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
}

function readText(cursor: Cursor): string {
  const length = readWord(cursor);
  if (length > STRING_MAX) return malformed();
  const bytes = take(cursor, length);
  take(cursor, -length & 3);
  return fromUtf8(bytes) ?? malformed();
}

function readUuid(cursor: Cursor): string {
  const hex = [...take(cursor, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [0, 8, 12, 16, 20].map((from, n) => hex.slice(from, [8, 12, 16, 20][n])).join('-');
}

function readHyper(cursor: Cursor): number | bigint {
  const big = (BigInt(readWord(cursor)) << 32n) | BigInt(readWord(cursor));
  return big <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(big) : big;
}

function readChars(cursor: Cursor, type: Chars): string {
  const length = type.fixed ? type.chars : readWord(cursor);
  if (length > type.chars) return malformed();
  const bytes = Array.from({ length }, () => readWord(cursor) & 255);
  const end = bytes.indexOf(0);
  return fromUtf8(Uint8Array.from(end < 0 ? bytes : bytes.slice(0, end))) ?? malformed();
}

function readList(cursor: Cursor, { list, max }: { list: Type; max: number }): Value[] {
  const length = readWord(cursor);
  if (length > max) return malformed();
  return Array.from({ length }, () => read(cursor, list));
}

function readMaybe(cursor: Cursor, type: Type): Value {
  const there = readWord(cursor);
  if (there > 1) return malformed();
  return there === 1 ? read(cursor, type) : null;
}

function read(cursor: Cursor, type: Type): Value {
  if (type === 'string') return readText(cursor);
  if (type === 'uuid') return readUuid(cursor);
  if (type === 'uhyper') return readHyper(cursor);
  if (type === 'int') return readWord(cursor) | 0;
  if (typeof type === 'string') {
    const value = readWord(cursor);
    return value > ranges[type][1] ? malformed() : value;
  }
  if ('maybe' in type) return readMaybe(cursor, type.maybe);
  if ('list' in type) return readList(cursor, type);
  if ('chars' in type) return readChars(cursor, type);
  const fields = Object.entries(type.fields);
  return Object.fromEntries(fields.map(([name, field]) => [name, read(cursor, field)]));
}

/** Null where the bytes are too short, or say what the type has not. What follows the value is ignored, as xdr_* do. */
export function decode(
  type: Type,
  bytes: Uint8Array,
): Readonly<{ value: Value; used: number }> | null {
  const cursor: Cursor = { bytes, at: 0 };
  try {
    return { value: read(cursor, type), used: cursor.at };
  } catch (thrown) {
    if (thrown === MALFORMED) return null;
    throw thrown;
  }
}
