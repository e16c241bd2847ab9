/**
 * POSIX regular expressions, basic and extended with GNU's additions, as JavaScript's.
 *
 * Models: glibc 2.17 posix/regcomp.c as grep, sed, awk and bash use it
 * Leaves out: collating symbols and equivalence classes.
 */
import { own } from '../../kernel/own.ts';
import { classes } from './classes.ts';
import { longest } from './longest.ts';

export type Syntax = 'basic' | 'extended';

export type Compiled = Readonly<{ regexp: RegExp }> | Readonly<{ error: string }>;

type Reading = {
  pattern: string;
  at: number;
  syntax: Syntax;
  out: string;
  groups: number;
  open: number;
  error: string;
};

/** May an anchor or a literal star stand here: at the start of the expression or of a group? */
const atStart = (out: string): boolean =>
  out === '' || /(^|[^\\])(\\\\)*(\(|\|)$/.test(out) || out.endsWith('(?:');

function bracket(r: Reading): void {
  const start = r.at;
  let i = r.at + 1;
  const negated = r.pattern.charAt(i) === '^';
  if (negated) i++;
  let body = '';
  for (let first = true; ; first = false) {
    const c = r.pattern.charAt(i);
    if (c === '') {
      r.error = 'Unmatched [, [^, [:, [., or [=';
      r.at = r.pattern.length;
      return;
    }
    if (c === ']' && !first) break;
    const [whole, name = ''] = /^\[:([a-z]*):\]/.exec(r.pattern.slice(i)) ?? [];
    if (whole !== undefined) {
      const members = own(classes, name);
      if (members === undefined) r.error = 'Invalid character class name';
      body += members ?? '';
      i += whole.length;
      continue;
    }
    const to = r.pattern.charAt(i + 2);
    if (r.pattern.charAt(i + 1) === '-' && to !== ']' && to !== '') {
      if (to < c) r.error = 'Invalid range end';
      body += `${inSet(c)}-${inSet(to)}`;
      i += 3;
    } else {
      body += inSet(c);
      i++;
    }
  }
  r.out += `[${negated ? '^' : ''}${body}]`;
  r.at = i + 1;
  if (r.at <= start) r.error = 'Unmatched [';
}

const inSet = (c: string): string => (/[\\\]^[-]/.test(c) ? `\\${c}` : c);

const gnu: Readonly<Record<string, string>> = {
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
  n: '\\n',
  t: '\\t',
};

function openGroup(r: Reading): void {
  r.out += '(';
  r.groups++;
  r.open++;
}

function closeGroup(r: Reading): void {
  if (r.open === 0) {
    if (r.syntax === 'extended') r.out += '\\)';
    else r.error = 'Unmatched ) or \\)';
    return;
  }
  r.out += ')';
  r.open--;
}

/** `{2,5}` from after its opening; the closing is `}` or `\}`. */
function interval(r: Reading): void {
  const end = r.syntax === 'basic' ? '\\}' : '}';
  const to = r.pattern.indexOf(end, r.at);
  const inside = to < 0 ? '' : r.pattern.slice(r.at, to);
  const [, low = '', comma = '', high = ''] = /^(\d*)(,?)(\d*)$/.exec(inside) ?? [];
  const valid = to >= 0 && (low !== '' || comma !== '');
  if (!valid) {
    if (r.syntax === 'extended') r.out += '\\{';
    else r.error = to < 0 ? 'Unmatched \\{' : 'Invalid content of \\{\\}';
    return;
  }
  if (atStart(r.out)) r.error = 'Invalid preceding regular expression';
  r.out += `{${low === '' ? 0 : low}${comma}${high}}`;
  r.at = to + end.length;
}

function repeat(r: Reading, c: string): void {
  if (atStart(r.out) || (r.out === '^' && r.syntax === 'basic'))
    r.out += r.syntax === 'basic' || c !== '*' ? `\\${c}` : '';
  else if (!/(^|[^\\])(\\\\)*[*+?]$/.test(r.out)) r.out += c;
  else if (c !== r.out.slice(-1)) r.out = `${r.out.slice(0, -1)}*`;
}

function escaped(r: Reading): void {
  const c = r.pattern.charAt(r.at);
  r.at++;
  if (c === '') r.error = 'Trailing backslash';
  else if (r.syntax === 'basic' && c === '(') openGroup(r);
  else if (r.syntax === 'basic' && c === ')') closeGroup(r);
  else if (r.syntax === 'basic' && c === '{') interval(r);
  else if (r.syntax === 'basic' && c === '|') r.out += '|';
  else if (r.syntax === 'basic' && (c === '+' || c === '?')) repeat(r, c);
  else if (/[1-9]/.test(c)) {
    if (Number(c) > r.groups) r.error = 'Invalid back reference';
    r.out += `(?:\\${c})`;
  } else r.out += gnu[c] ?? (/[\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c);
}

/** `^` is an anchor at the start, `$` at the end; elsewhere only extended syntax thinks so. */
function anchor(r: Reading, c: '^' | '$'): void {
  const rest = r.pattern.slice(r.at);
  const end = rest === '' || (r.syntax === 'basic' ? /^\\[)|]/.test(rest) : /^[)|]/.test(rest));
  const anchors = r.syntax === 'extended' || (c === '^' ? atStart(r.out) : end);
  r.out += anchors ? c : `\\${c}`;
}

function translate(r: Reading): void {
  while (r.at < r.pattern.length && r.error === '') {
    const c = r.pattern.charAt(r.at);
    if (c === '[') {
      bracket(r);
      continue;
    }
    r.at++;
    if (c === '\\') escaped(r);
    else if (c === '^' || c === '$') anchor(r, c);
    else if (c === '*') repeat(r, c);
    else if (c === '.') r.out += '[\\s\\S]';
    else if (r.syntax === 'basic') r.out += /[+?(){}|/]/.test(c) ? `\\${c}` : c;
    else if (c === '(') openGroup(r);
    else if (c === ')') closeGroup(r);
    else if (c === '{') interval(r);
    else if (c === '+' || c === '?') repeat(r, c);
    else r.out += c === '|' ? '|' : /[\]}/]/.test(c) ? `\\${c}` : c;
  }
  if (r.error === '' && r.open > 0)
    r.error = r.syntax === 'basic' ? 'Unmatched ( or \\(' : 'Unmatched ( or \\(';
}

const known = new Map<string, Compiled>();

/** `flags` are JavaScript's: i, g, m, y. */
export function toRegExp(pattern: string, syntax: Syntax, flags: string): Compiled {
  const key = `${syntax}/${flags}/${pattern}`;
  const before = known.get(key);
  if (before) {
    if ('regexp' in before) before.regexp.lastIndex = 0;
    return before;
  }
  const r: Reading = { pattern, at: 0, syntax, out: '', groups: 0, open: 0, error: '' };
  translate(r);
  const made = r.error === '' ? compile(r.out, flags) : { error: r.error };
  if (known.size > 1000) known.clear();
  known.set(key, made);
  return made;
}

function compile(source: string, flags: string): Compiled {
  try {
    return { regexp: longest(source, flags) };
  } catch {
    return { error: 'Invalid regular expression' };
  }
}

export const escapeLiteral = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
