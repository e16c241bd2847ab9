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
      /** Files that must be there, users and groups that must be known. */
      named: readonly string[];
      owners: readonly (readonly [string, string])[];
    }>
  | Readonly<{ error: string; unmodelled?: true }>;

const unary = new Set(
  '-samefile -name -iname -path -wholename -ipath -ilname -regex -iregex -regextype -type -xtype -user -group -uid -gid -perm -size -newer -anewer -cnewer -newermt -links -inum -maxdepth -mindepth -printf -mtime -mmin -atime -amin -ctime -cmin -lname'.split(
    ' ',
  ),
);
const nullary = new Set(
  '-print -print0 -delete -prune -empty -true -false -depth -quit -readable -writable -executable -nouser -nogroup -xdev -mount -noleaf -daystart -follow'.split(
    ' ',
  ),
);
const actions = new Set(['-print', '-print0', '-delete', '-printf', '-quit']);

/** What findutils has and this find has not. */
const refused =
  /^-(ls|fls|fprint|fprint0|fprintf|context|fstype|used|wholename|files0-from|newer[aBcm][aBcmt]|daystart|follow|regextype)$/;

type Reader = {
  words: readonly string[];
  at: number;
  error: string;
  unmodelled: boolean;
  acts: boolean;
  min: number;
  max: number;
  depthFirst: boolean;
  named: string[];
  owners: (readonly [string, string])[];
  /** Of -regex. */
  syntax: string;
};

const yes: Expression = { kind: 'primary', name: '-true', args: [] };

function refuse(r: Reader, error: string): Expression {
  if (r.error === '') r.error = error;
  r.at = r.words.length;
  return yes;
}

/** The words up to `;`, or up to `{} +`, which wants them all at once. */
function execArguments(r: Reader): Readonly<{ args: string[]; once: boolean }> | null {
  const args: string[] = [];
  while (r.at < r.words.length) {
    const word = r.words[r.at++] ?? '';
    if (word === ';') return args.length === 0 ? null : { args, once: false };
    if (word === '+' && args.at(-1) === '{}') return { args: args.slice(0, -1), once: true };
    args.push(word);
  }
  return null;
}

/** -exec, -execdir, -ok, -okdir. */
function running(r: Reader, name: string): Expression {
  r.acts = true;
  const given = execArguments(r);
  if (given === null) return refuse(r, `missing argument to \`${name}'`);
  return { kind: 'primary', name: given.once ? `${name} +` : name, args: given.args };
}

const syntaxes =
  /^(emacs|findutils-default|posix-extended|egrep|posix-egrep|posix-basic|grep|sed|ed)$/;

/** What is wrong with a test's argument; null: nothing. */
function wrong(name: string, value: string): string | null {
  if (name === '-perm' && parseMode(value.replace(/^[-/]/, '')) === null)
    return `invalid mode '${value}'`;
  if (/^-x?type$/.test(name) && !/^[bcdpfls](,[bcdpfls])*$/.test(value))
    return `Unknown argument to ${name}: ${value}`;
  if (name === '-size' && !/^[-+]?\d+[bckwMG]?$/.test(value)) {
    const unit = /^[-+]?\d+(.)$/.exec(value)?.[1];
    return unit === undefined
      ? `Invalid argument \`${value}' to -size`
      : `invalid -size type \`${unit}'`;
  }
  if (/^-([acm](time|min)|links|inum|uid|gid)$/.test(name) && !/^[-+]?\d+$/.test(value))
    return `invalid argument \`${value}' to \`${name}'`;
  if (name === '-regextype' && !syntaxes.test(value))
    return `Unknown regular expression type '${value}'`;
  if (/^-m(ax|in)depth$/.test(name) && !/^\d+$/.test(value))
    return `Expected a positive decimal integer argument to ${name}, but got '${value}'`;
  return null;
}

/** A test with its argument, or an option that holds for the whole walk. */
function withValue(r: Reader, name: string): Expression {
  const value = r.words[r.at++];
  if (value === undefined) return refuse(r, `missing argument to \`${name}'`);
  const complaint = wrong(name, value);
  if (complaint !== null) return refuse(r, complaint);
  if (name === '-regextype') {
    r.syntax = value;
    return yes;
  }
  if (name === '-regex' || name === '-iregex')
    return { kind: 'primary', name, args: [value, r.syntax] };
  if (name === '-maxdepth' || name === '-mindepth') {
    r[name === '-maxdepth' ? 'max' : 'min'] = Number(value);
    return yes;
  }
  if (/^-([ac]?newer|samefile)$/.test(name)) r.named.push(value);
  if (name === '-user' || name === '-group' || name === '-newermt') r.owners.push([name, value]);
  return { kind: 'primary', name, args: [value] };
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
  if (/^-(exec|execdir|ok|okdir)$/.test(name)) return running(r, name);
  if (refused.test(name) && name !== '-newermt' && !unary.has(name)) {
    r.unmodelled = r.error === '';
    return refuse(r, name);
  }
  if (ends(name))
    return refuse(
      r,
      `invalid expression; you have used a binary operator '${name}' with nothing before it.`,
    );
  if (nullary.has(name)) {
    if (name === '-depth' || name === '-delete') r.depthFirst = true;
    if (name === '-daystart' || name === '-follow') {
      r.unmodelled = r.error === '';
      return refuse(r, name);
    }
    return /^-(depth|xdev|mount|noleaf)$/.test(name) ? yes : { kind: 'primary', name, args: [] };
  }
  if (!unary.has(name)) {
    return refuse(
      r,
      name.startsWith('-')
        ? `unknown predicate \`${name}'`
        : `paths must precede expression: ${name}`,
    );
  }
  return withValue(r, name);
}

const ends = (word: string | undefined) =>
  word === undefined || word === ')' || word === ',' || word === '-o' || word === '-or';

function and(r: Reader): Expression {
  let left = primary(r);
  while (!ends(r.words[r.at])) {
    const joined = r.words[r.at];
    if (joined === '-a' || joined === '-and') {
      r.at++;
      if (r.at >= r.words.length) return refuse(r, `expected an expression after '${joined}'`);
    }
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
    unmodelled: false,
    acts: false,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    depthFirst: false,
    named: [],
    owners: [],
    syntax: 'emacs',
  };
  const given = words.length === 0 ? yes : list(r);
  if (r.error === '' && r.at < words.length)
    r.error = `paths must precede expression: ${words[r.at]}`;
  if (r.error !== '')
    return r.unmodelled ? { error: r.error, unmodelled: true } : { error: r.error };
  const printing: Expression = { kind: 'primary', name: '-print', args: [] };
  const expression: Expression = r.acts ? given : { kind: 'and', left: given, right: printing };
  return {
    expression,
    min: r.min,
    max: r.max,
    depthFirst: r.depthFirst,
    named: r.named,
    owners: r.owners,
  };
}
