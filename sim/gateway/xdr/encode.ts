/**
 * From values to bytes: RFC 4506, as rpcgen's C writes it.
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Chars, type Fields, ranges, STRING_MAX, type Type } from './type.ts';

const unfit = (type: Type, value: unknown): never => {
  const shown = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  throw new Error(`${shown} is no value of the XDR type ${JSON.stringify(type)}.`);
};

function word(type: Type, value: number): number[] {
  const [least, most] =
    ranges[typeof type === 'string' && type in ranges ? (type as 'int') : 'uint'];
  if (!Number.isInteger(value) || value < least || value > most) return unfit(type, value);
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function hyper(type: Type, value: number | bigint): number[] {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return unfit(type, value);
  const big = BigInt(value);
  if (big < 0n || big >= 1n << 64n) return unfit(type, value);
  return [...word('uint', Number(big >> 32n)), ...word('uint', Number(big & 0xffffffffn))];
}

function counted(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(4 + Math.ceil(bytes.length / 4) * 4);
  whole.set(word('uint', bytes.length));
  whole.set(bytes, 4);
  return whole;
}

function text(type: Type, value: string): Uint8Array {
  const bytes = utf8ToBytes(value);
  return bytes.length > STRING_MAX ? unfit(type, value.slice(0, 40)) : counted(bytes);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function uuid(type: Type, value: string): number[] {
  if (!UUID.test(value)) return unfit(type, value);
  return (value.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

function chars(type: Chars, value: string): number[][] {
  const bytes = [...utf8ToBytes(value)];
  if (bytes.length >= type.chars || bytes.includes(0)) return unfit(type, value);
  if (!type.fixed) return [bytes.length + 1, ...bytes, 0].map((byte) => word('uint', byte));
  return Array.from({ length: type.chars }, (_, n) => word('uint', bytes[n] ?? 0));
}

type Piece = Uint8Array | readonly number[];

function list({ list: type, max }: { list: Type; max: number }, value: unknown): Piece[] {
  if (!Array.isArray(value) || value.length > max) return unfit({ list: type, max }, value);
  return [word('uint', value.length), ...value.flatMap((one) => piecesOf(type, one))];
}

function struct(type: Fields, value: unknown): Piece[] {
  if (typeof value !== 'object' || value === null) return unfit(type, value);
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(type.fields).flatMap(([name, field]) => piecesOf(field, given[name]));
}

function simple(type: Type & string, value: unknown): Piece {
  if (typeof value === 'string' && type === 'string') return text(type, value);
  if (typeof value === 'string' && type === 'uuid') return uuid(type, value);
  if (type === 'uhyper' && (typeof value === 'number' || typeof value === 'bigint'))
    return hyper(type, value);
  return type in ranges && typeof value === 'number' ? word(type, value) : unfit(type, value);
}

function piecesOf(type: Type, value: unknown): Piece[] {
  if (typeof type === 'string') return [simple(type, value)];
  if ('list' in type) return list(type, value);
  if ('fields' in type) return struct(type, value);
  if ('maybe' in type)
    return value === null ? [word('uint', 0)] : [word('uint', 1), ...piecesOf(type.maybe, value)];
  return typeof value === 'string' ? chars(type, value) : unfit(type, value);
}

/** The bytes of several pieces, one after the other. */
export function joined(pieces: readonly Piece[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Throws for what is no value of the type: what is to be sent comes from this program. */
export const encode = (type: Type, value: unknown): Uint8Array => joined(piecesOf(type, value));
