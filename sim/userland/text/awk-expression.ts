/**
 * Reading awk expressions, loosest binding first.
 *
 * Models: POSIX.1-2008 awk, Expressions in Decreasing Precedence; GNU awk 4.0.2 awkgram.y
 */
import type { Expression, Target } from './awk-syntax.ts';
import { type Token, wrong } from './awk-tokens.ts';

export type Reader = { tokens: readonly Token[]; at: number };

/** `bare`: in print's list, where > redirects; `noIn`: in a for's head. */
export type Where = Readonly<{ bare?: boolean; noIn?: boolean }>;

export const peek = (r: Reader): Token =>
  r.tokens[r.at] ?? { kind: 'end', text: '', line: 0, at: 0 };
export const is = (r: Reader, text: string): boolean =>
  peek(r).text === text && peek(r).kind !== 'string' && peek(r).kind !== 'regexp';

export function take(r: Reader, text: string): boolean {
  if (!is(r, text)) return false;
  r.at++;
  return true;
}

export function unexpected(r: Reader): never {
  const { line, at, kind } = peek(r);
  return wrong(
    kind === 'end' || kind === 'newline' ? 'unexpected newline or end of string' : 'syntax error',
    line,
    at,
  );
}

export function need(r: Reader, text: string): void {
  if (!take(r, text)) unexpected(r);
}

export function skipNewlines(r: Reader): void {
  while (peek(r).kind === 'newline') r.at++;
}

const isTarget = (e: Expression): e is Target =>
  e.kind === 'variable' || e.kind === 'element' || e.kind === 'field';

const assigning = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);

export function expression(r: Reader, where: Where = {}): Expression {
  const left = choice(r, where);
  const operator = peek(r).text;
  if (peek(r).kind !== 'operator' || !assigning.has(operator) || !isTarget(left)) return left;
  r.at++;
  skipNewlines(r);
  return { kind: 'assign', operator, target: left, value: expression(r, where) };
}

function choice(r: Reader, where: Where): Expression {
  const test = either(r, where);
  if (!take(r, '?')) return test;
  skipNewlines(r);
  const yes = expression(r, where);
  skipNewlines(r);
  need(r, ':');
  skipNewlines(r);
  return { kind: 'choice', test, yes, no: expression(r, where) };
}

function either(r: Reader, where: Where): Expression {
  let left = both(r, where);
  while (take(r, '||')) {
    skipNewlines(r);
    left = { kind: 'binary', operator: '||', left, right: both(r, where) };
  }
  return left;
}

function both(r: Reader, where: Where): Expression {
  let left = membership(r, where);
  while (take(r, '&&')) {
    skipNewlines(r);
    left = { kind: 'binary', operator: '&&', left, right: membership(r, where) };
  }
  return left;
}

function membership(r: Reader, where: Where): Expression {
  let left = matching(r, where);
  while (!where.noIn && is(r, 'in')) {
    r.at++;
    const name = peek(r).text;
    r.at++;
    left = { kind: 'in', subscripts: left.kind === 'list' ? left.items : [left], name };
  }
  return left;
}

function matching(r: Reader, where: Where): Expression {
  let left = comparison(r, where);
  while (is(r, '~') || is(r, '!~')) {
    const operator = peek(r).text;
    r.at++;
    left = { kind: 'binary', operator, left, right: comparison(r, where) };
  }
  return left;
}

const comparing = new Set(['<', '<=', '==', '!=', '>', '>=']);

function comparison(r: Reader, where: Where): Expression {
  let left = concatenation(r, where);
  for (;;) {
    const token = peek(r);
    if (token.kind === 'operator' && token.text === '|' && r.tokens[r.at + 1]?.text === 'getline') {
      r.at += 2;
      left = { kind: 'getline', from: 'command', source: left, target: getlineTarget(r) };
      continue;
    }
    const compares = token.kind === 'operator' && comparing.has(token.text);
    if (!compares || (token.text === '>' && where.bare)) return left;
    r.at++;
    left = { kind: 'binary', operator: token.text, left, right: concatenation(r, where) };
  }
}

/** May this token begin an operand that is joined to what stands before? */
function joins(token: Token): boolean {
  if (['number', 'string', 'regexp', 'name', 'function-name', 'builtin'].includes(token.kind))
    return true;
  return token.kind === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(token.text);
}

function concatenation(r: Reader, where: Where): Expression {
  let left = sum(r, where);
  while (joins(peek(r)) && !(where.noIn && is(r, 'in'))) {
    left = { kind: 'binary', operator: ' ', left, right: sum(r, where) };
  }
  return left;
}

function sum(r: Reader, where: Where): Expression {
  let left = product(r, where);
  while (is(r, '+') || is(r, '-')) {
    const operator = peek(r).text;
    r.at++;
    left = { kind: 'binary', operator, left, right: product(r, where) };
  }
  return left;
}

function product(r: Reader, where: Where): Expression {
  let left = unary(r, where);
  while (is(r, '*') || is(r, '/') || is(r, '%')) {
    const operator = peek(r).text;
    r.at++;
    left = { kind: 'binary', operator, left, right: unary(r, where) };
  }
  return left;
}

function unary(r: Reader, where: Where): Expression {
  for (const operator of ['!', '-', '+']) {
    if (take(r, operator)) return { kind: 'unary', operator, operand: unary(r, where) };
  }
  return power(r, where);
}

function power(r: Reader, where: Where): Expression {
  const base = postfix(r, where);
  if (!take(r, '^')) return base;
  const negative = take(r, '-');
  const exponent = negative
    ? ({ kind: 'unary', operator: '-', operand: power(r, where) } as const)
    : power(r, where);
  return { kind: 'binary', operator: '^', left: base, right: exponent };
}

function postfix(r: Reader, where: Where): Expression {
  const operand = primary(r, where);
  const operator = is(r, '++') ? '++' : is(r, '--') ? '--' : null;
  if (operator === null || !isTarget(operand)) return operand;
  r.at++;
  return { kind: 'step', operator, before: false, target: operand };
}

export function expressions(r: Reader, end: string, where: Where = {}): Expression[] {
  const items: Expression[] = [];
  skipNewlines(r);
  while (!is(r, end)) {
    items.push(expression(r, where));
    skipNewlines(r);
    if (!take(r, ',')) break;
    skipNewlines(r);
  }
  need(r, end);
  return items;
}

function getlineTarget(r: Reader): Target | null {
  const token = peek(r);
  if (token.kind !== 'name' && !(token.kind === 'operator' && token.text === '$')) return null;
  const target = primary(r, {});
  return isTarget(target) ? target : unexpected(r);
}

function getline(r: Reader): Expression {
  const target = getlineTarget(r);
  if (!take(r, '<')) return { kind: 'getline', from: 'input', source: null, target };
  return { kind: 'getline', from: 'file', source: postfix(r, {}), target };
}

function named(r: Reader, name: string): Expression {
  if (!take(r, '[')) return { kind: 'variable', name };
  return { kind: 'element', name, subscripts: expressions(r, ']') };
}

function builtin(r: Reader, name: string): Expression {
  if (!take(r, '(')) return { kind: 'call', name, args: [] };
  return { kind: 'call', name, args: expressions(r, ')') };
}

function grouped(r: Reader): Expression {
  const items = expressions(r, ')');
  const [only] = items;
  if (items.length !== 1 || only === undefined) return { kind: 'list', items };
  return isTarget(only) ? only : { kind: 'list', items: [only] };
}

function operator(r: Reader, token: Token, where: Where): Expression {
  if (token.text === '(') return grouped(r);
  if (token.text === '$') {
    const step = is(r, '++') || is(r, '--');
    return {
      kind: 'field',
      index: step ? unary(r, where) : is(r, '-') ? unary(r, where) : primary(r, where),
    };
  }
  if (token.text === '++' || token.text === '--') {
    const target = primary(r, where);
    if (isTarget(target)) return { kind: 'step', operator: token.text, before: true, target };
  }
  r.at--;
  return unexpected(r);
}

function primary(r: Reader, where: Where): Expression {
  const token = peek(r);
  r.at++;
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: Number(token.text) };
    case 'string':
      return { kind: 'string', value: token.text };
    case 'regexp':
      return { kind: 'regexp', source: token.text };
    case 'name':
      return named(r, token.text);
    case 'function-name':
      need(r, '(');
      return { kind: 'call', name: token.text, args: expressions(r, ')') };
    case 'builtin':
      return builtin(r, token.text);
    case 'operator':
      return operator(r, token, where);
    default:
      if (token.text === 'getline' && token.kind === 'keyword') return getline(r);
      r.at--;
      return unexpected(r);
  }
}
