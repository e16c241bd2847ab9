/**
 * `$(( ))`: C's integer expressions over shell variables.
 *
 * Models: GNU bash 4.2 expr.c evalexp, expcomma ... exp0
 *
 * A variable's value is an expression of its own, as in bash: `a=b b=2; echo $((a))` prints 2.
 */
import { numberOf } from './numbers.ts';

export type Cells = Readonly<{
  get: (name: string, index: string | null) => string;
  set: (name: string, index: string | null, value: string) => void;
}>;

/** What went wrong, in bash's words after `EXPRESSION: `. */
export type Refused = Readonly<{ refused: string }>;

type Token = Readonly<{ text: string; at: number }>;

type Reader = {
  source: string;
  tokens: Token[];
  at: number;
  cells: Cells;
  depth: number;
  live: boolean;
};

const pattern =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z@_]+|\d+[a-zA-Z_]*)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<=|>=|==|!=|<<|>>|[-+*/%&|^]=|[-+*/%()!~<>=&^|?:,[\]]))/y;

function refuse(reader: { source: string }, why: string, rest: string): never {
  const refused: Refused = {
    refused: `${reader.source.trimStart()}: ${why} (error token is "${rest}")`,
  };
  throw refused;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  pattern.lastIndex = 0;
  while (source.slice(pattern.lastIndex).trim() !== '') {
    const from = pattern.lastIndex;
    const hit = pattern.exec(source);
    if (hit === null)
      return refuse({ source }, 'syntax error: operand expected', source.slice(from).trimStart());
    found.push({
      text: hit[1] ?? hit[2] ?? hit[3] ?? '',
      at: pattern.lastIndex - (hit[1] ?? hit[2] ?? hit[3] ?? '').length,
    });
  }
  return found;
}

const peek = (r: Reader) => r.tokens[r.at]?.text ?? '';
const rest = (r: Reader) => r.source.slice(r.tokens[r.at]?.at ?? r.source.length);
const lastToken = (r: Reader) =>
  r.source.slice(r.tokens[Math.min(r.at, r.tokens.length - 1)]?.at ?? 0);

const wrap = (n: bigint) => BigInt.asIntN(64, n);

/** A constant; where it is wrong the expression is shown up to its end. */
function number(r: Reader, text: string): bigint {
  const value = numberOf(text);
  if (typeof value === 'bigint') return wrap(value);
  const end = (r.tokens.findLast((t) => t.text === text)?.at ?? r.source.length) + text.length;
  return refuse({ source: r.source.slice(0, end) }, value.wrong, text);
}

const MAX_DEPTH = 1024;

function cellValue(r: Reader, name: string, index: string | null): bigint {
  const text = r.cells.get(name, index).trim();
  if (text === '') return 0n;
  if (/^-?[1-9]\d*$|^0$/.test(text)) return wrap(BigInt(text));
  if (r.depth > MAX_DEPTH) refuse(r, 'expression recursion level exceeded', text);
  return evaluate(text, r.cells, r.depth + 1);
}

const assigning = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);

function divide(r: Reader, a: bigint, b: bigint, modulo: boolean): bigint {
  if (b === 0n) {
    if (!r.live) return 0n;
    refuse(r, 'division by 0', lastToken(r));
  }
  return modulo ? a % b : a / b;
}

function binary(r: Reader, operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return wrap(a + b);
    case '-':
      return wrap(a - b);
    case '*':
      return wrap(a * b);
    case '/':
      return wrap(divide(r, a, b, false));
    case '%':
      return wrap(divide(r, a, b, true));
    case '**':
      if (b < 0n) refuse(r, 'exponent less than 0', lastToken(r));
      return wrap(a ** b);
    case '<<':
      return wrap(a << (b & 63n));
    case '>>':
      return wrap(a >> (b & 63n));
    case '<':
      return a < b ? 1n : 0n;
    case '>':
      return a > b ? 1n : 0n;
    case '<=':
      return a <= b ? 1n : 0n;
    case '>=':
      return a >= b ? 1n : 0n;
    case '==':
      return a === b ? 1n : 0n;
    case '!=':
      return a !== b ? 1n : 0n;
    case '&':
      return a & b;
    case '^':
      return a ^ b;
    default:
      return a | b;
  }
}

/** Binary operators by how tightly they bind. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

function subscript(r: Reader): string | null {
  if (peek(r) !== '[') return null;
  const from = (r.tokens[r.at]?.at ?? 0) + 1;
  let depth = 0;
  while (r.at < r.tokens.length) {
    if (peek(r) === '[') depth++;
    if (peek(r) === ']' && --depth === 0) break;
    r.at++;
  }
  const to = r.tokens[r.at++]?.at ?? r.source.length;
  return r.source.slice(from, to);
}

function write(r: Reader, name: string, index: string | null, value: bigint): bigint {
  if (r.live) r.cells.set(name, index, String(value));
  return value;
}

function variable(r: Reader, name: string): bigint {
  const index = subscript(r);
  const operator = peek(r);
  if (operator === '++' || operator === '--') {
    r.at++;
    const old = r.live ? cellValue(r, name, index) : 0n;
    write(r, name, index, wrap(operator === '++' ? old + 1n : old - 1n));
    return old;
  }
  if (assigning.has(operator)) {
    r.at++;
    const value = assignment(r);
    if (operator === '=') return write(r, name, index, value);
    const old = r.live ? cellValue(r, name, index) : 0n;
    return write(r, name, index, binary(r, operator.slice(0, -1), old, value));
  }
  return r.live ? cellValue(r, name, index) : 0n;
}

function primary(r: Reader): bigint {
  const token = peek(r);
  if (token === '(') {
    r.at++;
    const value = comma(r);
    if (peek(r) !== ')') refuse(r, "missing `)'", rest(r) || lastToken(r));
    r.at++;
    return value;
  }
  if (/^\d/.test(token)) {
    r.at++;
    return number(r, token);
  }
  if (/^[A-Za-z_]/.test(token)) {
    r.at++;
    return variable(r, token);
  }
  return refuse(r, 'syntax error: operand expected', rest(r) || lastToken(r));
}

function unary(r: Reader): bigint {
  const token = peek(r);
  if (token === '++' || token === '--') {
    const name = r.tokens[r.at + 1]?.text ?? '';
    if (/^[A-Za-z_]/.test(name)) {
      r.at += 2;
      const index = subscript(r);
      const old = r.live ? cellValue(r, name, index) : 0n;
      return write(r, name, index, wrap(token === '++' ? old + 1n : old - 1n));
    }
  }
  if (['!', '~', '-', '+', '++', '--'].includes(token)) {
    r.at++;
    const value = unary(r);
    if (token === '!') return value === 0n ? 1n : 0n;
    if (token === '~') return ~value;
    return token === '-' ? wrap(-value) : value;
  }
  return primary(r);
}

function power(r: Reader): bigint {
  const base = unary(r);
  if (peek(r) !== '**') return base;
  r.at++;
  return binary(r, '**', base, power(r));
}

/** `a && b`: b is read but not done when a has decided. */
function muted(r: Reader, mute: boolean, read: () => bigint): bigint {
  const before = r.live;
  r.live = before && !mute;
  const value = read();
  r.live = before;
  return value;
}

function climb(r: Reader, level: number): bigint {
  const operators = levels[level];
  if (operators === undefined) return power(r);
  let left = climb(r, level + 1);
  for (let operator = peek(r); operators.includes(operator); operator = peek(r)) {
    r.at++;
    const decided = (operator === '&&' && left === 0n) || (operator === '||' && left !== 0n);
    const right = muted(r, decided, () => climb(r, level + 1));
    if (operator === '&&') left = left !== 0n && right !== 0n ? 1n : 0n;
    else if (operator === '||') left = left !== 0n || right !== 0n ? 1n : 0n;
    else left = binary(r, operator, left, right);
  }
  return left;
}

function assignment(r: Reader): bigint {
  const test = climb(r, 0);
  if (peek(r) !== '?') {
    if (assigning.has(peek(r))) refuse(r, 'attempted assignment to non-variable', rest(r));
    return test;
  }
  r.at++;
  const yes = muted(r, test === 0n, () => comma(r));
  if (peek(r) !== ':')
    refuse(r, "`:' expected for conditional expression", rest(r) || lastToken(r));
  r.at++;
  const no = muted(r, test !== 0n, () => assignment(r));
  return test !== 0n ? yes : no;
}

function comma(r: Reader): bigint {
  let value = assignment(r);
  while (peek(r) === ',') {
    r.at++;
    value = assignment(r);
  }
  return value;
}

/** The value of an expression whose `$` expansions have been done. Throws Refused. */
export function evaluate(source: string, cells: Cells, depth = 0): bigint {
  if (/^\s*\d{1,15}\s*$/.test(source) && !/^\s*0\d/.test(source)) return BigInt(source.trim());
  const r: Reader = { source, tokens: tokens(source), at: 0, cells, depth, live: true };
  if (r.tokens.length === 0) return 0n;
  const value = comma(r);
  if (r.at < r.tokens.length) refuse(r, 'syntax error in expression', rest(r));
  return value;
}

export const isRefused = (thrown: unknown): thrown is Refused =>
  typeof thrown === 'object' && thrown !== null && 'refused' in thrown;
