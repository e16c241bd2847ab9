/**
 * test and [: questions about files, strings and numbers, answered by the exit status.
 *
 * Models: coreutils 8.22 src/test.c posixtest, expr, term, unary_operator, binary_operator
 *
 * With up to four arguments POSIX decides by their number; more are read as an expression. -r, -w and -x
 * ask access(2): the kernel's verdict, with the ACL, for the ids of the caller.
 */
import { failed } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { access, err, fstat, getcred, lstat, stat } from '../../libc/sys.ts';

/** What is wrong with the expression, in test's words. */
type Wrong = Readonly<{ wrong: string }>;
type Verdict = boolean | Wrong;

const isWrong = (v: unknown): v is Wrong => typeof v === 'object' && v !== null && 'wrong' in v;

const UNARY = /^-[a-hknoprstuwxzGLOSN]$/;
const BINARY = /^(=|==|!=|-nt|-ot|-ef|-eq|-ne|-lt|-le|-gt|-ge|<|>)$/;

const ofType: Readonly<Record<string, Stat['type']>> = {
  b: 'block',
  c: 'char',
  d: 'dir',
  f: 'file',
  p: 'fifo',
  S: 'socket',
};

function* about(letter: string, path: string): Sys<boolean> {
  if (letter === 'r' || letter === 'w' || letter === 'x')
    return !failed(yield* access(path, { r: 4, w: 2, x: 1 }[letter]));
  if (letter === 'h' || letter === 'L') {
    const st = yield* lstat(path);
    return !failed(st) && st.type === 'symlink';
  }
  const st = yield* stat(path);
  if (failed(st)) return false;
  const type = ofType[letter];
  if (type !== undefined) return st.type === type;
  if (letter === 's') return st.size > 0;
  if (letter === 'u' || letter === 'g' || letter === 'k')
    return (st.mode & { u: 0o4000, g: 0o2000, k: 0o1000 }[letter]) !== 0;
  if (letter === 'O') return st.uid === (yield* getcred()).uid;
  if (letter === 'G') return st.gid === (yield* getcred()).gid;
  if (letter === 'N') return st.mtime > st.atime;
  return true;
}

function* unary(operator: string, operand: string): Sys<Verdict> {
  const letter = operator.charAt(1);
  if (letter === 'n') return operand !== '';
  if (letter === 'z') return operand === '';
  if (letter === 't') {
    if (!/^\s*\d+\s*$/.test(operand)) return { wrong: `invalid integer '${operand}'` };
    const st = yield* fstat(Number(operand));
    return !failed(st) && st.type === 'char';
  }
  return yield* about(letter, operand);
}

function compareNumbers(left: string, operator: string, right: string): Verdict {
  const bad = [left, right].find((n) => !/^\s*[-+]?\d+\s*$/.test(n));
  if (bad !== undefined) return { wrong: `invalid integer '${bad}'` };
  const difference = Number(left) - Number(right);
  return (
    {
      '-eq': difference === 0,
      '-ne': difference !== 0,
      '-lt': difference < 0,
      '-le': difference <= 0,
      '-gt': difference > 0,
      '-ge': difference >= 0,
    }[operator] ?? false
  );
}

function* binary(left: string, operator: string, right: string): Sys<Verdict> {
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  if (!/^-(nt|ot|ef)$/.test(operator)) return compareNumbers(left, operator, right);
  const a = yield* stat(left);
  const b = yield* stat(right);
  if (operator === '-ef') return !failed(a) && !failed(b) && a.ino === b.ino && a.dev === b.dev;
  const newer = operator === '-nt' ? [a, b] : [b, a];
  const [young, old] = newer;
  if (young === undefined || failed(young)) return false;
  return old === undefined || failed(old) || young.mtime > old.mtime;
}

/** More than four arguments: -o over -a over ! over parentheses. */
type Reader = { words: readonly string[]; at: number };

const peek = (r: Reader) => r.words[r.at];

function* term(r: Reader): Sys<Verdict> {
  const word = peek(r);
  if (word === undefined) return { wrong: 'missing argument after' };
  const after = r.words[r.at + 1];
  const third = r.words[r.at + 2];
  if (word === '!') {
    r.at++;
    const inner = yield* term(r);
    return isWrong(inner) ? inner : !inner;
  }
  if (after !== undefined && third !== undefined && BINARY.test(after)) {
    r.at += 3;
    return yield* binary(word, after, third);
  }
  if (word === '(') {
    r.at++;
    const inner = yield* either(r);
    if (isWrong(inner)) return inner;
    if (peek(r) !== ')')
      return { wrong: peek(r) === undefined ? "')' expected" : `')' expected, found ${peek(r)}` };
    r.at++;
    return inner;
  }
  if (UNARY.test(word) && after !== undefined) {
    r.at += 2;
    return yield* unary(word, after);
  }
  r.at++;
  return word !== '';
}

function* both(r: Reader): Sys<Verdict> {
  let value = yield* term(r);
  while (!isWrong(value) && peek(r) === '-a') {
    r.at++;
    const right = yield* term(r);
    value = isWrong(right) ? right : value && right;
  }
  return value;
}

function* either(r: Reader): Sys<Verdict> {
  let value = yield* both(r);
  while (!isWrong(value) && peek(r) === '-o') {
    r.at++;
    const right = yield* both(r);
    value = isWrong(right) ? right : value || right;
  }
  return value;
}

function* expression(words: readonly string[]): Sys<Verdict> {
  const reader = { words, at: 0 };
  const value = yield* either(reader);
  if (isWrong(value) || reader.at === words.length) return value;
  return { wrong: `extra argument '${peek(reader)}'` };
}

const negated = (v: Verdict): Verdict => (isWrong(v) ? v : !v);

/** posixtest: what the number of arguments means. */
function* judge(words: readonly string[]): Sys<Verdict> {
  const [a = '', b = '', c = '', d = ''] = words;
  if (words.length === 0) return false;
  if (words.length === 1) return a !== '';
  if (words.length === 2) {
    if (a === '!') return b === '';
    if (UNARY.test(a)) return yield* unary(a, b);
    return {
      wrong:
        a.startsWith('-') && a.length === 2
          ? `'${a}': unary operator expected`
          : `missing argument after '${b}'`,
    };
  }
  if (words.length === 3) {
    if (BINARY.test(b)) return yield* binary(a, b, c);
    if (a === '!') return negated(yield* judge([b, c]));
    if (a === '(' && c === ')') return b !== '';
    if (b === '-a' || b === '-o') return yield* expression(words);
    return { wrong: `'${b}': binary operator expected` };
  }
  if (words.length === 4) {
    if (a === '!') return negated(yield* judge([b, c, d]));
    if (a === '(' && d === ')') return yield* judge([b, c]);
  }
  return yield* expression(words);
}

const tester = (bracket: boolean) =>
  command(function* ({ argv: [name = '', ...words] }) {
    if (bracket && words.at(-1) !== ']') {
      yield* err(`${name}: missing ']'\n`);
      return 2;
    }
    const verdict = yield* judge(bracket ? words.slice(0, -1) : words);
    if (!isWrong(verdict)) return verdict ? 0 : 1;
    yield* err(`${name}: ${verdict.wrong}\n`);
    return 2;
  });

export const test = tester(false);
export const bracket = tester(true);
