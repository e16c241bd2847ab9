/**
 * Bytes to JSON tokens, one byte at a time, for a stream that never ends.
 *
 * Models: QEMU v2.12.0 and v7.2.0 qobject/json-lexer.c json_lexer[][], json_lexer_feed_char
 *
 * A byte that fits nowhere is an error token. 2.12 then simply starts afresh; since 3.1 everything up to
 * the next structural or control character is skipped, so that the client can find its feet again.
 * Strings may be in single quotes; 2.12 even lets line ends into them.
 */

export type TokenType =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'integer'
  | 'float'
  | 'keyword'
  | 'string'
  | 'interpolation'
  | 'error';

export type Token = Readonly<{ type: TokenType; text: string }>;

type State =
  | 'start'
  | 'recovery'
  | 'string'
  | 'escape'
  | 'hex4'
  | 'hex3'
  | 'hex2'
  | 'hex1'
  | 'sign'
  | 'zero'
  | 'digits'
  | 'point'
  | 'mantissa'
  | 'exponent'
  | 'exponentSign'
  | 'exponentDigits'
  | 'keyword'
  | 'percent';

/** Plain data: a daemon keeps it between two reads. */
export type Lexer = Readonly<{ state: State; token: string }>;

export const freshLexer: Lexer = { state: 'start', token: '' };

/** A rule: bytes that match lead on to a state, or complete a token. */
type Rule = readonly [bytes: RegExp, to: State | TokenType];

const hex = /[0-9a-fA-F]/;
const exponentRule: Rule = [/[eE]/, 'exponent'];

const common: Partial<Record<State, readonly Rule[]>> = {
  sign: [
    [/0/, 'zero'],
    [/[1-9]/, 'digits'],
  ],
  zero: [
    [/[0-9]/, 'error'],
    [/\./, 'point'],
  ],
  digits: [[/[0-9]/, 'digits'], exponentRule, [/\./, 'point']],
  point: [[/[0-9]/, 'mantissa']],
  mantissa: [[/[0-9]/, 'mantissa'], exponentRule],
  exponent: [
    [/[-+]/, 'exponentSign'],
    [/[0-9]/, 'exponentDigits'],
  ],
  exponentSign: [[/[0-9]/, 'exponentDigits']],
  exponentDigits: [[/[0-9]/, 'exponentDigits']],
  keyword: [[/[a-z]/, 'keyword']],
};

const start: readonly Rule[] = [
  [/["']/, 'string'],
  [/0/, 'zero'],
  [/[1-9]/, 'digits'],
  [/-/, 'sign'],
  [/[a-z]/, 'keyword'],
  [/[ \t\r\n]/, 'start'],
];

/** A keyword or number ends where its rules end: the byte after it is looked at again. */
const ends: Partial<Record<State, TokenType>> = {
  zero: 'integer',
  digits: 'integer',
  mantissa: 'float',
  exponentDigits: 'float',
  keyword: 'keyword',
};

const skip: Partial<Record<State, readonly Rule[]>> = {
  ...common,
  start: [...start, [/%/, 'percent']],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the table of the real lexer
  string: [[/[\x01-\xbf\xc2-\xf4]/, 'string']],
  escape: [
    [/[bfnrt/\\'"]/, 'string'],
    [/u/, 'hex4'],
  ],
  hex4: [[hex, 'hex3']],
  hex3: [[hex, 'hex2']],
  hex2: [[hex, 'hex1']],
  hex1: [[hex, 'string']],
};

const resync: Partial<Record<State, readonly Rule[]>> = {
  ...common,
  start,
  string: [[/[\x20-\xfd]/, 'string']],
  escape: [[/[\x20-\xfd]/, 'string']],
};

/** For C callers that build JSON from a format, yet 2.12's monitor lexes them too. */
const interpolation = /^%([dipsuf]|ll?[du]|I64[du])$/;
const partial = /^%(ll?|I6?4?)$/;

const structural = '{}[]:,';

/** Where one byte leads. `again`: the byte has not been consumed. */
function step(lexer: Lexer, byte: string, mode: 'skip' | 'resync') {
  const { state } = lexer;
  if (state === 'recovery') {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it waits for
    const found = /[\x00-\x08\x0a-\x1f\xfe\xff[\]{}:,]/.test(byte);
    return { to: found ? 'start' : 'recovery', again: found } as const;
  }
  if (state === 'start' && structural.includes(byte)) {
    return { to: byte as TokenType, again: false };
  }
  if (state === 'string' && byte === '\\') return { to: 'escape', again: false } as const;
  if (state === 'string' && byte === lexer.token[0]) return { to: 'string', ended: true } as const;
  if (state === 'percent') {
    const text = lexer.token + byte;
    const to = interpolation.test(text)
      ? 'interpolation'
      : partial.test(text)
        ? 'percent'
        : 'error';
    return { to, again: false } as const;
  }
  const rules = (mode === 'skip' ? skip : resync)[state] ?? [];
  const rule = rules.find(([bytes]) => bytes.test(byte));
  if (rule !== undefined) return { to: rule[1], again: false };
  const end = ends[state];
  // 2.12's terminals cover 7 bits only: a byte above them spoils the number before it.
  if (end !== undefined && !(mode === 'skip' && byte >= '\x80')) return { to: end, again: true };
  return { to: 'error', again: false } as const;
}

const tokenTypes = new Set<string>([...structural, 'integer', 'float', 'interpolation', 'error']);

/** json_lexer_feed_char: the lexer after one byte, and the tokens that the byte completed. */
export function feedByte(before: Lexer, byte: string, mode: 'skip' | 'resync') {
  let lexer = before;
  const tokens: Token[] = [];
  for (;;) {
    const next = step(lexer, byte, mode);
    const again = 'again' in next && next.again;
    const text = again ? lexer.token : lexer.token + byte;
    const complete = 'ended' in next || tokenTypes.has(next.to) || (again && next.to === 'keyword');
    if (complete) {
      tokens.push({ type: next.to as TokenType, text });
      lexer =
        next.to === 'error' && mode === 'resync' ? { state: 'recovery', token: '' } : freshLexer;
    } else {
      const to = next.to as State;
      lexer = { state: to, token: to === 'start' || to === 'recovery' ? '' : text };
    }
    if (!again) return { lexer, tokens };
  }
}
