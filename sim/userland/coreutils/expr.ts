/**
 * expr: sums, comparisons and pattern matches of words.
 *
 * Models: coreutils 8.22 src/expr.c eval, eval1..eval7, docolon
 * Leaves out: numbers beyond what JavaScript counts exactly.
 */
import { command } from '../../kernel/program.ts';
import { err, out } from '../../libc/sys.ts';
import { toRegExp } from '../text/regex.ts';
import { tryHelp } from './quote.ts';

type Reader = { words: readonly string[]; at: number };

class Refused extends Error {}

const isNull = (text: string) => text === '' || /^-?0+$/.test(text);
const isNumber = (text: string) => /^-?\d+$/.test(text);

function numbers(a: string, b: string): [number, number] {
  if (!isNumber(a) || !isNumber(b)) throw new Refused('non-integer argument');
  return [Number(a), Number(b)];
}

function colon(text: string, pattern: string): string {
  const compiled = toRegExp(pattern, 'basic', 'y');
  if ('error' in compiled) throw new Refused(compiled.error);
  const found = compiled.regexp.exec(text);
  if (/\\\(/.test(pattern)) return found?.[1] ?? '';
  return String(found?.[0].length ?? 0);
}

function primary(r: Reader): string {
  const word = r.words[r.at++];
  if (word === undefined)
    throw new Refused(`syntax error: missing argument after '${r.words.at(-1)}'`);
  if (word === '(') {
    const inner = or(r);
    if (r.words[r.at++] !== ')')
      throw new Refused(`syntax error: expecting ')' after '${r.words[r.at - 2] ?? ''}'`);
    return inner;
  }
  if (word === 'length' && r.at < r.words.length) return String(primary(r).length);
  if (word === 'substr') {
    const [text, from, length] = [primary(r), Number(primary(r)), Number(primary(r))];
    return from > 0 && length > 0 ? text.slice(from - 1, from - 1 + length) : '';
  }
  if (word === 'index') {
    const [text, letters] = [primary(r), primary(r)];
    return String([...text].findIndex((c) => letters.includes(c)) + 1);
  }
  if (word === 'match') return colon(primary(r), primary(r));
  return word;
}

const binary =
  (
    next: (r: Reader) => string,
    operators: Readonly<Record<string, (a: string, b: string) => string>>,
  ) =>
  (r: Reader): string => {
    let left = next(r);
    for (;;) {
      const operator = operators[r.words[r.at] ?? ''];
      if (operator === undefined) return left;
      r.at++;
      left = operator(left, next(r));
    }
  };

const sum = (of: (a: number, b: number) => number) => (a: string, b: string) => {
  const [x, y] = numbers(a, b);
  return String(of(x, y));
};
const divided = (of: (a: number, b: number) => number) => (a: string, b: string) => {
  const [x, y] = numbers(a, b);
  if (y === 0) throw new Refused('division by zero');
  return String(of(x, y));
};
const compared = (holds: (order: number) => boolean) => (a: string, b: string) => {
  const order = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  return holds(order) ? '1' : '0';
};

const match = binary(primary, { ':': colon });
const product = binary(match, {
  '*': sum((a, b) => a * b),
  '/': divided((a, b) => Math.trunc(a / b)),
  '%': divided((a, b) => a % b),
});
const addition = binary(product, { '+': sum((a, b) => a + b), '-': sum((a, b) => a - b) });
const comparison = binary(addition, {
  '<': compared((n) => n < 0),
  '<=': compared((n) => n <= 0),
  '=': compared((n) => n === 0),
  '==': compared((n) => n === 0),
  '!=': compared((n) => n !== 0),
  '>=': compared((n) => n >= 0),
  '>': compared((n) => n > 0),
});
const and = binary(comparison, { '&': (a, b) => (isNull(a) || isNull(b) ? '0' : a) });
const or = binary(and, { '|': (a, b) => (isNull(a) ? (isNull(b) ? '0' : b) : a) });

export const expr = command(function* ({ argv: [name = '', ...words] }) {
  if (words.length === 0) {
    yield* err(`${name}: missing operand\n${tryHelp(name)}`);
    return 2;
  }
  const reader = { words, at: 0 };
  try {
    const value = or(reader);
    const rest = words[reader.at];
    if (rest !== undefined) throw new Refused(`syntax error: unexpected argument '${rest}'`);
    yield* out(`${value}\n`);
    return isNull(value) ? 1 : 0;
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    yield* err(`${name}: ${thrown.message}\n`);
    return 2;
  }
});
