/**
 * The expression of a find command line: tests and actions joined by -and, -or and !.
 *
 * Models: findutils 4.5.11 find/parser.c, tree.c get_expr
 */
import { parseMode } from '../coreutils/modechange.ts';

export type Expression =
  | Readonly<{ kind: 'and' | 'or' | 'list'; left: Expression; right: Expression }>
  | Readonly<{ kind: 'not'; inner: Expression }>
  | Readonly<{ kind: 'primary'; name: string; args: readonly string[] }>;

export type Parsed =
  | Readonly<{
      expression: Expression;
      min: number;
      max: number;
      depthFirst: boolean;
      newer: readonly string[];
    }>
  | Readonly<{ error: string }>;

const unary = new Set(
  '-name -iname -path -wholename -ipath -type -user -group -uid -gid -perm -size -newer -links -inum -maxdepth -mindepth -printf -mtime -mmin -lname'.split(
    ' ',
  ),
);
const nullary = new Set(
  '-print -print0 -delete -prune -empty -true -false -depth -quit -readable -writable -executable -nouser -nogroup -xdev -mount'.split(
    ' ',
  ),
);
const actions = new Set(['-print', '-print0', '-delete', '-exec', '-printf', '-quit']);

type Reader = {
  words: readonly string[];
  at: number;
  error: string;
  acts: boolean;
  min: number;
  max: number;
  depthFirst: boolean;
  newer: string[];
};

const yes: Expression = { kind: 'primary', name: '-true', args: [] };

function refuse(r: Reader, error: string): Expression {
  if (r.error === '') r.error = error;
  r.at = r.words.length;
  return yes;
}

function execArguments(r: Reader): string[] | null {
  const args: string[] = [];
  while (r.at < r.words.length) {
    const word = r.words[r.at++] ?? '';
    if (word === ';') return args;
    if (word === '+' && args.at(-1) === '{}') return args;
    args.push(word);
  }
  return null;
}

function primary(r: Reader): Expression {
  const name = r.words[r.at++] ?? '';
  if (name === '(') {
    const inner = list(r);
    if (r.words[r.at++] !== ')')
      return refuse(
        r,
        "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
      );
    return inner;
  }
  if (name === '!' || name === '-not') return { kind: 'not', inner: primary(r) };
  if (actions.has(name)) r.acts = true;
  if (name === '-exec' || name === '-execdir') {
    r.acts = true;
    const args = execArguments(r);
    return args === null
      ? refuse(r, "missing argument to `-exec'")
      : { kind: 'primary', name: '-exec', args };
  }
  if (nullary.has(name)) {
    if (name === '-depth' || name === '-delete') r.depthFirst = true;
    return name === '-depth' || name === '-xdev' || name === '-mount'
      ? yes
      : { kind: 'primary', name, args: [] };
  }
  if (!unary.has(name)) {
    return refuse(
      r,
      name.startsWith('-')
        ? `unknown predicate \`${name}'`
        : `paths must precede expression: ${name}`,
    );
  }
  const value = r.words[r.at++];
  if (value === undefined) return refuse(r, `missing argument to \`${name}'`);
  if (name === '-perm' && parseMode(value.replace(/^[-/]/, '')) === null)
    return refuse(r, `invalid mode '${value}'`);
  if (name === '-type' && !/^[bcdpfls](,[bcdpfls])*$/.test(value))
    return refuse(r, `Unknown argument to -type: ${value}`);
  if (name === '-maxdepth' || name === '-mindepth') {
    if (!/^\d+$/.test(value))
      return refuse(
        r,
        `Expected a positive decimal integer argument to ${name}, but got \`${value}'`,
      );
    r[name === '-maxdepth' ? 'max' : 'min'] = Number(value);
    return yes;
  }
  if (name === '-newer') r.newer.push(value);
  return { kind: 'primary', name, args: [value] };
}

const ends = (word: string | undefined) =>
  word === undefined || word === ')' || word === ',' || word === '-o' || word === '-or';

function and(r: Reader): Expression {
  let left = primary(r);
  while (!ends(r.words[r.at])) {
    if (r.words[r.at] === '-a' || r.words[r.at] === '-and') r.at++;
    left = { kind: 'and', left, right: primary(r) };
  }
  return left;
}

function or(r: Reader): Expression {
  let left = and(r);
  while (r.words[r.at] === '-o' || r.words[r.at] === '-or') {
    r.at++;
    left = { kind: 'or', left, right: and(r) };
  }
  return left;
}

function list(r: Reader): Expression {
  let left = or(r);
  while (r.words[r.at] === ',') {
    r.at++;
    left = { kind: 'list', left, right: or(r) };
  }
  return left;
}

export function parseExpression(words: readonly string[]): Parsed {
  const r: Reader = {
    words,
    at: 0,
    error: '',
    acts: false,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    depthFirst: false,
    newer: [],
  };
  const given = words.length === 0 ? yes : list(r);
  if (r.error === '' && r.at < words.length)
    r.error = `paths must precede expression: ${words[r.at]}`;
  if (r.error !== '') return { error: r.error };
  const printing: Expression = { kind: 'primary', name: '-print', args: [] };
  const expression: Expression = r.acts ? given : { kind: 'and', left: given, right: printing };
  return { expression, min: r.min, max: r.max, depthFirst: r.depthFirst, newer: r.newer };
}
