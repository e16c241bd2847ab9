/**
 * A sed script as commands with addresses.
 *
 * Models: GNU sed 4.2.2 sed/compile.c compile_program
 * Leaves out: e, F, l N, L, Q and q with w, W, M flags other than m, 0~step addresses' corner cases.
 */
import { type Syntax, toRegExp } from './regex.ts';
import type { Address, SedCommand, Substitution } from './sedCommand.ts';

export type Compiled = Readonly<{ commands: readonly SedCommand[] }> | Readonly<{ error: string }>;

type Writable = { -readonly [K in keyof SedCommand]: SedCommand[K] };

type Reader = { source: string; at: number; syntax: Syntax; commands: Writable[]; open: number[] };

type Wrong = Readonly<{ wrong: string }>;

function refuse(r: Reader, why: string): never {
  const thrown: Wrong = { wrong: `-e expression #1, char ${r.at}: ${why}` };
  throw thrown;
}

const peek = (r: Reader) => r.source.charAt(r.at);

function skip(r: Reader, what: RegExp): void {
  while (r.at < r.source.length && what.test(peek(r))) r.at++;
}

function number(r: Reader): number {
  const [digits = ''] = /^\d+/.exec(r.source.slice(r.at)) ?? [];
  r.at += digits.length;
  return Number(digits);
}

/** Text up to a delimiter. `\n` is a newline; an escaped delimiter loses its backslash. */
function delimited(r: Reader, delimiter: string, command: string, inRegExp: boolean): string {
  let text = '';
  let bracket = false;
  for (; r.at < r.source.length; r.at++) {
    const c = peek(r);
    if (c === '\\') {
      const next = r.source.charAt(++r.at);
      if (next === delimiter && delimiter !== '\\')
        text += inRegExp && /[.*[\]^$+?(){}|]/.test(next) ? `\\${next}` : next;
      else if (next === 'n' && inRegExp) text += '\\n';
      else if (next === '\n' && inRegExp) text += '\n';
      else text += `\\${next}`;
      continue;
    }
    if (inRegExp && c === '[' && !bracket) {
      bracket = true;
      text += c;
      if (r.source.charAt(r.at + 1) === '^') text += r.source.charAt(++r.at);
      if (r.source.charAt(r.at + 1) === ']') text += r.source.charAt(++r.at);
      continue;
    }
    if (bracket && c === '[' && r.source.charAt(r.at + 1) === ':') {
      const end = r.source.indexOf(':]', r.at);
      if (end > 0) {
        text += r.source.slice(r.at, end + 2);
        r.at = end + 1;
        continue;
      }
    }
    if (c === ']') bracket = false;
    if (c === delimiter && !bracket) {
      r.at++;
      return text;
    }
    text += c;
  }
  return refuse(
    r,
    command === 'y'
      ? "unterminated `y' command"
      : command === 's'
        ? "unterminated `s' command"
        : 'unterminated address regex',
  );
}

function regexp(r: Reader, source: string, flags: string): RegExp | null {
  if (source === '') return null;
  const compiled = toRegExp(source, r.syntax, flags);
  return 'regexp' in compiled ? compiled.regexp : refuse(r, compiled.error);
}

function address(r: Reader): Address | null {
  const c = peek(r);
  if (/\d/.test(c)) {
    const first = number(r);
    if (peek(r) !== '~') return { kind: 'line', n: first };
    r.at++;
    return { kind: 'step', first, step: number(r) };
  }
  if (c === '$') {
    r.at++;
    return { kind: 'last' };
  }
  if (c !== '/' && c !== '\\') return null;
  if (c === '\\') r.at++;
  const delimiter = peek(r);
  r.at++;
  const source = delimited(r, delimiter, 'address', true);
  let flags = 'g';
  for (; /[IM]/.test(peek(r)); r.at++) flags += peek(r) === 'I' ? 'i' : 'm';
  return { kind: 'regexp', regexp: regexp(r, source, flags) };
}

function secondAddress(r: Reader): Address | null {
  skip(r, /[ \t]/);
  const c = peek(r);
  if (c === '+' || c === '~') {
    r.at++;
    return { kind: c === '+' ? 'plus' : 'multiple', n: number(r) };
  }
  return address(r) ?? refuse(r, "unexpected `,'");
}

function restOfLine(r: Reader): string {
  const end = r.source.indexOf('\n', r.at);
  const text = r.source.slice(r.at, end < 0 ? undefined : end);
  r.at = end < 0 ? r.source.length : end;
  return text;
}

function substitution(r: Reader): Substitution {
  const delimiter = peek(r);
  r.at++;
  const source = delimited(r, delimiter, 's', true);
  const replacement = delimited(r, delimiter, 's', false);
  let [global, print, nth, flags] = [false, false, 0, 'g'];
  let file: string | null = null;
  for (; ; r.at++) {
    const c = peek(r);
    if (c === 'g') global = true;
    else if (c === 'p') print = true;
    else if (c === 'i' || c === 'I') flags += 'i';
    else if (c === 'm' || c === 'M') flags += 'm';
    else if (/\d/.test(c)) {
      nth = number(r);
      if (nth === 0) refuse(r, "number option to `s' command may not be zero");
      r.at--;
    } else if (c === 'w') {
      r.at++;
      file = restOfLine(r).trim();
      break;
    } else break;
  }
  if (!/^[\s;}#]?$/.test(peek(r))) {
    r.at++;
    refuse(r, "unknown option to `s'");
  }
  return { regexp: regexp(r, source, flags), replacement, global, print, nth, file };
}

function transliteration(r: Reader): Map<string, string> {
  const delimiter = peek(r);
  r.at++;
  const undo = (text: string) => [...text.replace(/\\n/g, '\n').replace(/\\\\/g, '\\')];
  const from = undo(delimited(r, delimiter, 'y', false));
  const to = undo(delimited(r, delimiter, 'y', false));
  if (from.length !== to.length) refuse(r, "strings for `y' command are different lengths");
  return new Map(from.map((c, n) => [c, to[n] ?? '']));
}

/** a, i, c: `a\` and a line, or GNU's text on the same line. */
function insertedText(r: Reader): string {
  skip(r, /[ \t]/);
  if (peek(r) === '\\') {
    r.at++;
    skip(r, /[ \t]/);
    if (peek(r) === '\n') r.at++;
  }
  if (r.at >= r.source.length) refuse(r, "expected \\ after `a', `c' or `i'");
  let text = '';
  for (; r.at < r.source.length && peek(r) !== '\n'; r.at++) {
    if (peek(r) === '\\') r.at++;
    text += peek(r);
  }
  return `${text}\n`;
}

function label(r: Reader, greedy: boolean): string {
  skip(r, /[ \t]/);
  const end = /[\n;}]/;
  let text = '';
  while (r.at < r.source.length && !(greedy ? /[\n;]/ : end).test(peek(r)))
    text += r.source.charAt(r.at++);
  return text.trim();
}

function endOfCommand(r: Reader): void {
  skip(r, /[ \t]/);
  const c = peek(r);
  if (c === ';' || c === '\n') r.at++;
  else if (c !== '' && c !== '}' && c !== '#') {
    r.at++;
    refuse(r, 'extra characters after command');
  }
}

function argument(r: Reader, made: Writable): void {
  switch (made.name) {
    case 's':
      made.substitution = substitution(r);
      break;
    case 'y':
      made.map = transliteration(r);
      break;
    case 'a':
    case 'i':
    case 'c':
      made.text = insertedText(r);
      break;
    case 'b':
    case 't':
    case 'T':
    case ':':
      made.text = label(r, made.name === ':');
      if (made.name === ':' && made.text === '') refuse(r, '":" lacks a label');
      break;
    case 'r':
    case 'w':
      made.text = restOfLine(r).trim();
      if (made.text === '') refuse(r, 'missing filename in r/R/w/W commands');
      break;
    case 'q':
    case 'Q':
      skip(r, /[ \t]/);
      made.text = String(number(r));
      break;
    default:
      if (!'dDpPnNhHgGx=l'.includes(made.name)) refuse(r, `unknown command: \`${made.name}'`);
  }
}

function command(r: Reader): void {
  skip(r, /[\s;]/);
  if (r.at >= r.source.length) return;
  if (peek(r) === '#') {
    restOfLine(r);
    return;
  }
  const made: Writable = {
    from: address(r),
    to: null,
    negated: false,
    name: '',
    text: '',
    substitution: null,
    map: null,
    end: 0,
  };
  skip(r, /[ \t]/);
  if (made.from && peek(r) === ',') {
    r.at++;
    made.to = secondAddress(r);
  }
  skip(r, /[ \t]/);
  for (; peek(r) === '!'; skip(r, /[ \t]/)) {
    made.negated = true;
    r.at++;
  }
  made.name = peek(r);
  r.at++;
  if (made.name === '') refuse({ ...r, at: r.at - 1 }, 'missing command');
  if (made.name === '}') {
    const open = r.open.pop();
    const begun = open === undefined ? undefined : r.commands[open];
    if (begun === undefined) refuse(r, "unexpected `}'");
    else begun.end = r.commands.length;
    endOfCommand(r);
    return;
  }
  if (made.name === '{') r.open.push(r.commands.length);
  else argument(r, made);
  r.commands.push(made);
  if (!'{'.includes(made.name)) endOfCommand(r);
}

export function compileSed(source: string, syntax: Syntax): Compiled {
  const r: Reader = { source, at: 0, syntax, commands: [], open: [] };
  try {
    while (r.at < source.length) command(r);
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'wrong' in thrown) {
      return { error: String(thrown.wrong) };
    }
    throw thrown;
  }
  if (r.open.length > 0) return { error: "-e expression #1, char 0: unmatched `{'" };
  const labels = new Set(r.commands.filter((c) => c.name === ':').map((c) => c.text));
  const lost = r.commands.find(
    (c) => /^[btT]$/.test(c.name) && c.text !== '' && !labels.has(c.text),
  );
  return lost
    ? { error: `can't find label for jump to \`${lost.text}'` }
    : { commands: r.commands };
}
