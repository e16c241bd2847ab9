/**
 * `test`, `[` and the primaries of `[[`: questions about strings, numbers and files.
 *
 * Models: GNU bash 4.2 test.c test_command, posixtest, unary_test, binary_test
 *
 * Questions about files are system calls of the simulated kernel, made as the user: `-r` is access(2)
 * and knows ACLs, capabilities and device control groups.
 */
import { failed } from '../kernel/errno.ts';
import type { Stat } from '../kernel/request.ts';
import { askAccess, askStat, type View } from './ask.ts';
import type { Descriptor } from './descriptors.ts';
import { openedAs } from './ownDescriptors.ts';
import { type Shell, viewOf } from './shell.ts';
import { optionLetters } from './variables.ts';

/** What is wrong with the arguments, in bash's words. */
export type Misused = Readonly<{ misused: string }>;

function misuse(text: string): never {
  const thrown: Misused = { misused: text };
  throw thrown;
}

const fileTypes: Readonly<Record<string, Stat['type']>> = {
  f: 'file',
  d: 'dir',
  c: 'char',
  b: 'block',
  p: 'fifo',
  S: 'socket',
};

const unaryLetters = 'abcdefghknoprstuvwxzGLNORS';

export const isUnary = (word: string): boolean =>
  word.length === 2 && word.startsWith('-') && unaryLetters.includes(word.charAt(1));

function fileTest(view: View, letter: string, path: string): boolean {
  if ('rwx'.includes(letter)) {
    return (
      path !== '' && !failed(askAccess(view, path, letter === 'r' ? 4 : letter === 'w' ? 2 : 1))
    );
  }
  const st = askStat(view, path, letter !== 'h' && letter !== 'L');
  if (failed(st)) return false;
  const cred = view.kernel.tasks[view.pid]?.cred;
  switch (letter) {
    case 'h':
    case 'L':
      return st.type === 'symlink';
    case 's':
      return st.size > 0;
    case 'u':
      return (st.mode & 0o4000) !== 0;
    case 'g':
      return (st.mode & 0o2000) !== 0;
    case 'k':
      return (st.mode & 0o1000) !== 0;
    case 'O':
      return st.uid === cred?.uid;
    case 'G':
      return st.gid === cred?.gid;
    case 'N':
      return st.mtime > st.atime;
    default:
      return fileTypes[letter] === undefined || fileTypes[letter] === st.type;
  }
}

/** `-t`: a prompt's descriptors are its terminal, a script's are not. */
function isTerminal(shell: Shell, fd: string): boolean {
  const to = shell.fds.get(Number(fd));
  return to?.kind === 'keyboard' || (to?.kind === 'text' && !to.piped && shell.interactive);
}

function isSet(shell: Shell, word: string): boolean {
  const [, name = word, index = '0'] = /^(\w+)\[(.*)\]$/.exec(word) ?? [];
  return shell.vars.get(name)?.cells.has(index) ?? false;
}

export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-t':
      return isTerminal(shell, operand);
    case '-v':
      return isSet(shell, operand);
    case '-R':
      // Nothing is a nameref here: declare -n is refused.
      return false;
    case '-o': {
      const known = [...optionLetters.map(([name]) => name), 'pipefail' as const];
      const name = known.find((n) => n === operand);
      return name !== undefined && shell.options[name];
    }
    default: {
      const opened = openedAs(shell, operand);
      if (opened === undefined || opened?.kind === 'file')
        return fileTest(viewOf(shell), operator.charAt(1), opened?.path ?? operand);
      return opened !== null && isOpened(opened, operator.charAt(1));
    }
  }
}

/** A pipe, or the terminal: one's own, to be read and written. */
function isOpened({ kind }: Descriptor, letter: string): boolean {
  return (kind === 'keyboard' ? 'aercwOG' : 'aerpwOG').includes(letter);
}

function integer(word: string): bigint {
  const [, digits] = /^\s*([+-]?\d+)\s*$/.exec(word) ?? [];
  const value = digits === undefined ? null : BigInt(digits.replace(/^\+/, ''));
  // legal_number: what strtoimax cannot hold is no number.
  return value === null || BigInt.asIntN(64, value) !== value
    ? misuse(`${word}: integer expression expected`)
    : value;
}

function newer(view: View, a: string, b: string): boolean {
  const [x, y] = [askStat(view, a), askStat(view, b)];
  if (failed(x)) return false;
  return failed(y) || x.mtime > y.mtime;
}

function sameFile(view: View, a: string, b: string): boolean {
  const [x, y] = [askStat(view, a), askStat(view, b)];
  return !failed(x) && !failed(y) && x.ino === y.ino && x.dev === y.dev;
}

const binaryOperators = new Set('= == != < > -eq -ne -lt -le -gt -ge -nt -ot -ef'.split(' '));

export const isBinary = (word: string): boolean => binaryOperators.has(word);

export function compareNumbers(operator: string, a: bigint, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}

export function binaryTest(shell: Shell, a: string, operator: string, b: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '-nt':
      return newer(viewOf(shell), a, b);
    case '-ot':
      return newer(viewOf(shell), b, a);
    case '-ef':
      return sameFile(viewOf(shell), a, b);
    default:
      return compareNumbers(operator, integer(a), integer(b));
  }
}

type Words = { shell: Shell; words: readonly string[]; at: number };

const peek = (w: Words) => w.words[w.at];

function primary(w: Words): boolean {
  const word = peek(w);
  if (word === undefined) return misuse('argument expected');
  if (word === '!') {
    w.at++;
    return !primary(w);
  }
  const next = w.words[w.at + 1];
  if (next !== undefined && isBinary(next) && w.at + 2 < w.words.length) {
    const right = w.words[w.at + 2] ?? '';
    w.at += 3;
    return binaryTest(w.shell, word, next, right);
  }
  if (word === '(') {
    w.at++;
    const value = either(w);
    if (peek(w) !== ')')
      misuse(peek(w) === undefined ? "`)' expected" : `\`)' expected, found ${peek(w)}`);
    w.at++;
    return value;
  }
  if (isUnary(word) && next !== undefined) {
    w.at += 2;
    return unaryTest(w.shell, word, next);
  }
  w.at++;
  return word !== '';
}

function both(w: Words): boolean {
  let value = primary(w);
  while (peek(w) === '-a') {
    w.at++;
    value = primary(w) && value;
  }
  return value;
}

function either(w: Words): boolean {
  let value = both(w);
  while (peek(w) === '-o') {
    w.at++;
    value = both(w) || value;
  }
  return value;
}

function two(shell: Shell, [a = '', b = '']: readonly string[]): boolean {
  if (a === '!') return b === '';
  if (isUnary(a)) return unaryTest(shell, a, b);
  return misuse(`${a}: unary operator expected`);
}

function three(shell: Shell, words: readonly string[]): boolean {
  const [a = '', b = '', c = ''] = words;
  if (isBinary(b)) return binaryTest(shell, a, b, c);
  if (b === '-a') return a !== '' && c !== '';
  if (b === '-o') return a !== '' || c !== '';
  if (a === '!') return !two(shell, [b, c]);
  if (a === '(' && c === ')') return b !== '';
  return misuse(`${b}: binary operator expected`);
}

/** posixtest: the number of arguments decides how they are read. Throws Misused. */
export function evaluateTest(shell: Shell, words: readonly string[]): boolean {
  if (words.length === 0) return false;
  if (words.length === 1) return words[0] !== '';
  if (words.length === 2) return two(shell, words);
  if (words.length === 3) return three(shell, words);
  if (words.length === 4 && words[0] === '!') return !three(shell, words.slice(1));
  const w: Words = { shell, words, at: 0 };
  const value = either(w);
  if (w.at < words.length) misuse('too many arguments');
  return value;
}

export const isMisused = (thrown: unknown): thrown is Misused =>
  typeof thrown === 'object' && thrown !== null && 'misused' in thrown;
