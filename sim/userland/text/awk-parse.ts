/**
 * Reading an awk program: rules, functions, statements.
 *
 * Models: GNU awk 4.0.2 awkgram.y program, rule, statement
 * Leaves out: switch, getline from a coprocess, indirect calls, @include, BEGINFILE.
 */
import {
  expression,
  expressions,
  is,
  need,
  peek,
  type Reader,
  skipNewlines,
  take,
  unexpected,
} from './awk-expression.ts';
import type { AwkProgram, Expression, FunctionDefinition, Rule, Statement } from './awk-syntax.ts';
import { tokensOf } from './awk-tokens.ts';

/** A statement's end: `;`, a newline, or the brace that follows. */
function terminator(r: Reader): void {
  if (is(r, ';') || peek(r).kind === 'newline') {
    r.at++;
    skipNewlines(r);
  } else if (!is(r, '}') && peek(r).kind !== 'end') unexpected(r);
}

function block(r: Reader): Statement {
  need(r, '{');
  const body: Statement[] = [];
  for (;;) {
    while (is(r, ';') || peek(r).kind === 'newline') r.at++;
    if (take(r, '}')) return { kind: 'block', body };
    body.push(statement(r));
  }
}

/** print's list may stand in brackets: `print(a, b) > "f"`. */
function printList(r: Reader): Expression[] {
  const nothing =
    is(r, ';') ||
    is(r, '}') ||
    is(r, '>') ||
    is(r, '>>') ||
    is(r, '|') ||
    peek(r).kind === 'newline' ||
    peek(r).kind === 'end';
  if (nothing) return [];
  const items: Expression[] = [];
  do {
    skipNewlines(r);
    items.push(expression(r, { bare: true }));
  } while (take(r, ','));
  const [only] = items;
  return items.length === 1 && only?.kind === 'list' ? [...only.items] : items;
}

function print(r: Reader, kind: 'print' | 'printf'): Statement {
  const args = printList(r);
  const operator = ['>', '>>', '|'].find((text) => is(r, text));
  if (operator === undefined) return { kind, args, to: null };
  r.at++;
  return { kind, args, to: { operator, name: expression(r, { bare: true }) } };
}

function body(r: Reader): Statement {
  skipNewlines(r);
  if (take(r, ';')) return { kind: 'block', body: [] };
  return statement(r);
}

function conditional(r: Reader): Statement {
  need(r, '(');
  const test = expression(r);
  need(r, ')');
  const yes = body(r);
  const before = r.at;
  while (is(r, ';') || peek(r).kind === 'newline') r.at++;
  if (take(r, 'else')) return { kind: 'if', test, yes, no: body(r) };
  r.at = before;
  return { kind: 'if', test, yes, no: null };
}

function loop(r: Reader): Statement {
  need(r, '(');
  const [name, word, array, close] = [0, 1, 2, 3].map((n) => r.tokens[r.at + n]);
  if (
    name?.kind === 'name' &&
    word?.text === 'in' &&
    array?.kind === 'name' &&
    close?.text === ')'
  ) {
    r.at += 4;
    return { kind: 'each', name: name.text, array: array.text, body: body(r) };
  }
  const first = is(r, ';') ? null : simple(r);
  need(r, ';');
  skipNewlines(r);
  const test = is(r, ';') ? null : expression(r);
  need(r, ';');
  skipNewlines(r);
  const next = is(r, ')') ? null : simple(r);
  need(r, ')');
  return { kind: 'for', first, test, next, body: body(r) };
}

function repeat(r: Reader): Statement {
  const inner = body(r);
  while (is(r, ';') || peek(r).kind === 'newline') r.at++;
  need(r, 'while');
  need(r, '(');
  const test = expression(r);
  need(r, ')');
  return { kind: 'while', test, body: inner, atLeastOnce: true };
}

function removal(r: Reader): Statement {
  const name = peek(r).text;
  r.at++;
  return { kind: 'delete', name, subscripts: take(r, '[') ? expressions(r, ']') : null };
}

const atEnd = (r: Reader) =>
  is(r, ';') || is(r, '}') || peek(r).kind === 'newline' || peek(r).kind === 'end';

/** Statements that may stand in a for's head. */
function simple(r: Reader): Statement {
  const { kind, text } = peek(r);
  if (kind !== 'keyword') return { kind: 'expression', value: expression(r) };
  switch (text) {
    case 'print':
    case 'printf':
      r.at++;
      return print(r, text);
    case 'next':
    case 'nextfile':
    case 'break':
    case 'continue':
      r.at++;
      return { kind: text };
    case 'exit':
    case 'return':
      r.at++;
      return { kind: text, value: atEnd(r) ? null : expression(r) };
    case 'delete':
      r.at++;
      return removal(r);
    default:
      return { kind: 'expression', value: expression(r) };
  }
}

function statement(r: Reader): Statement {
  if (is(r, '{')) {
    const made = block(r);
    skipNewlines(r);
    return made;
  }
  if (take(r, 'if')) return conditional(r);
  if (take(r, 'for')) return loop(r);
  if (take(r, 'while')) {
    need(r, '(');
    const test = expression(r);
    need(r, ')');
    return { kind: 'while', test, body: body(r), atLeastOnce: false };
  }
  const made = take(r, 'do') ? repeat(r) : simple(r);
  terminator(r);
  return made;
}

function definition(r: Reader): [string, FunctionDefinition] {
  const name = peek(r).text;
  r.at++;
  need(r, '(');
  const parameters = expressions(r, ')').map((e) =>
    e.kind === 'variable' ? e.name : unexpected(r),
  );
  skipNewlines(r);
  return [name, { parameters, body: block(r) }];
}

function rule(r: Reader): Rule {
  if (is(r, 'BEGIN') || is(r, 'END')) {
    const when = is(r, 'BEGIN') ? 'BEGIN' : 'END';
    r.at++;
    skipNewlines(r);
    return { when, from: null, to: null, body: block(r) };
  }
  const from = is(r, '{') ? null : expression(r);
  let to: Expression | null = null;
  if (from && take(r, ',')) {
    skipNewlines(r);
    to = expression(r);
  }
  return { when: 'line', from, to, body: is(r, '{') ? block(r) : null };
}

/** Throws Wrong. */
export function parseAwk(source: string): AwkProgram {
  const r: Reader = { tokens: tokensOf(source), at: 0 };
  const rules: Rule[] = [];
  const functions: Record<string, FunctionDefinition> = {};
  for (;;) {
    while (is(r, ';') || peek(r).kind === 'newline') r.at++;
    if (peek(r).kind === 'end') return { rules, functions };
    if (take(r, 'function') || take(r, 'func')) {
      const [name, made] = definition(r);
      functions[name] = made;
    } else rules.push(rule(r));
  }
}
