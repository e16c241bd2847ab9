/**
 * The tokens of one message to a value, or QEMU's words about what is wrong with them.
 *
 * Models: QEMU v2.12.0 and v7.2.0 qobject/json-parser.c parse_value, parse_object, parse_pair, parse_array, parse_string
 *
 * 2.12 reports the last complaint, so that the outer rule hides the inner one (`{broken}` is "key is not a
 * string in object"); since 3.1 the first one stands ("invalid keyword 'broken'").
 */
import type { Token } from './lexer.ts';
import { decodeAt, encodeBits, encodeModified } from './utf8.ts';
import { emptyDict, type Json } from './value.ts';

type Mode = 'skip' | 'resync';
type Cursor = { tokens: readonly Token[]; at: number; mode: Mode; error: string | null };

/** parse_error. Answers undefined: no value. */
function complain(cursor: Cursor, message: string): undefined {
  if (cursor.mode === 'skip' || cursor.error === null)
    cursor.error = `JSON parse error, ${message}`;
  return undefined;
}

const peek = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.at];
const pop = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.at++];

const plainEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const hex4 = (text: string): number =>
  /^[0-9a-fA-F]{4}$/.test(text) ? Number.parseInt(text, 16) : -1;

/** \uXXXX, with its second half where it is the first of a surrogate pair. */
function unicodeEscape(body: string, at: number, mode: Mode): { code: number; next: number } {
  const first = hex4(body.slice(at + 2, at + 6));
  const next = at + 6;
  const leads = first >= 0xd800 && first <= 0xdbff && body.startsWith('\\u', next);
  if (mode === 'skip' || !leads) return { code: first, next };
  const second = hex4(body.slice(next + 2, next + 6));
  if (second < 0xdc00 || second > 0xdfff) return { code: -1, next };
  return { code: 0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff), next: next + 6 };
}

/** 2.12 knows neither surrogates nor invalid characters: each \u is a code unit, and \u0000 adds nothing. */
const encode = (code: number, mode: Mode): string | null =>
  mode === 'resync' ? encodeModified(code) : code === 0 ? '' : encodeBits(code);

function parseString(cursor: Cursor, { text }: Token): string | undefined {
  let value = '';
  const end = text.length - 1;
  for (let at = 1; at < end; ) {
    if (text[at] !== '\\') {
      if (cursor.mode === 'skip') value += text.charAt(at++);
      else {
        const { code, next } = decodeAt(text, at);
        if (code < 0) return complain(cursor, 'invalid UTF-8 sequence in string');
        value += text.slice(at, next);
        at = next;
      }
      continue;
    }
    const letter = text.charAt(at + 1);
    const plain = plainEscapes[letter];
    if (plain !== undefined) {
      value += plain;
      at += 2;
    } else if (letter === 'u') {
      const { code, next } = unicodeEscape(text, at, cursor.mode);
      const bytes = encode(code, cursor.mode);
      if (bytes === null) {
        return complain(cursor, `${text.slice(at, next)} is not a valid Unicode character`);
      }
      value += bytes;
      at = next;
    } else return complain(cursor, 'invalid escape sequence in string');
  }
  return value;
}

/** Signed 64 bits if it fits, else unsigned, else a double. */
function parseInteger(text: string): bigint | number {
  const value = BigInt(text);
  if (BigInt.asIntN(64, value) === value) return value;
  return value >= 0n && BigInt.asUintN(64, value) === value ? value : Number(text);
}

function parseKeyword(cursor: Cursor, text: string): boolean | null | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  return text === 'null' ? null : complain(cursor, `invalid keyword '${text}'`);
}

function parsePair(cursor: Cursor, dict: { [key: string]: Json }): boolean {
  const key = parseValue(cursor);
  if (typeof key !== 'string') {
    complain(cursor, 'key is not a string in object');
    return false;
  }
  if (pop(cursor)?.type !== ':') {
    complain(cursor, 'missing : in object pair');
    return false;
  }
  const value = parseValue(cursor);
  if (value === undefined) {
    complain(cursor, 'Missing value in dict');
    return false;
  }
  if (cursor.mode === 'resync' && key in dict) {
    complain(cursor, 'duplicate key');
    return false;
  }
  dict[key] = value;
  return true;
}

function parseObject(cursor: Cursor): Json | undefined {
  const dict = emptyDict();
  pop(cursor);
  if (peek(cursor)?.type === '}') {
    pop(cursor);
    return dict;
  }
  for (;;) {
    if (!parsePair(cursor, dict)) return undefined;
    const token = pop(cursor);
    if (token?.type === '}') return dict;
    if (token?.type !== ',') return complain(cursor, 'expected separator in dict');
  }
}

function parseArray(cursor: Cursor): Json | undefined {
  const list: Json[] = [];
  pop(cursor);
  if (peek(cursor)?.type === ']') {
    pop(cursor);
    return list;
  }
  for (;;) {
    const item = parseValue(cursor);
    if (item === undefined) return complain(cursor, 'expecting value');
    list.push(item);
    const token = pop(cursor);
    if (token?.type === ']') return list;
    if (token?.type !== ',') return complain(cursor, 'expected separator in list');
  }
}

function parseValue(cursor: Cursor): Json | undefined {
  const token = peek(cursor);
  if (token === undefined) return complain(cursor, 'premature EOI');
  if (token.type === '{') return parseObject(cursor);
  if (token.type === '[') return parseArray(cursor);
  // parse_escape without a va_list: no value, no complaint, and the token stays.
  if (token.type === 'interpolation') return undefined;
  if (token.type === 'string') return parseString(cursor, pop(cursor) ?? token);
  if (token.type === 'keyword') return parseKeyword(cursor, pop(cursor)?.text ?? '');
  if (token.type === 'integer') return parseInteger(pop(cursor)?.text ?? '');
  if (token.type === 'float') return Number(pop(cursor)?.text);
  return complain(cursor, 'expecting value');
}

export function parse(tokens: readonly Token[], mode: Mode) {
  const cursor: Cursor = { tokens, at: 0, mode, error: null };
  const value = parseValue(cursor);
  if (cursor.error !== null) return { error: cursor.error };
  // json_parser_parse_err may fail without a word; handle_qmp_command then finds some.
  return value === undefined ? { error: 'Invalid JSON syntax' } : { value };
}
