/**
 * Shell patterns: `*`, `?`, `[...]` and the extended forms, as regular expressions.
 *
 * Models: GNU bash 4.2 lib/glob/sm_loop.c GMATCH, BRACKMATCH
 * Leaves out: collation; ranges follow code points, as in the C locale.
 *
 * A pattern is text in which a quoted special character carries a backslash.
 */
import { classes } from '../userland/text/classes.ts';
import { escapeLiteral } from '../userland/text/regex.ts';

const special = /[\\^$.*+?()[\]{}|/]/;

/** Quote what a pattern would give a meaning to. */
export const literalPattern = (text: string): string => text.replace(/[\\*?[\]()|!+@]/g, '\\$&');

export const hasPattern = (pattern: string): boolean =>
  /[*?[]|[@+!]\(/.test(pattern.replace(/\\[\s\S]/g, ''));

/** The text that a pattern without special characters stands for. */
export const unescapePattern = (pattern: string): string => pattern.replace(/\\([\s\S])/g, '$1');

type Read = { source: string; next: number };

/** `[...]` from its bracket on; null when it has no end and is an ordinary character. */
function bracket(pattern: string, at: number): Read | null {
  let i = at + 1;
  const negated = pattern.charAt(i) === '!' || pattern.charAt(i) === '^';
  if (negated) i++;
  let body = '';
  for (let first = true; ; first = false) {
    const c = pattern.charAt(i);
    if (c === '') return null;
    if (c === ']' && !first) break;
    const [whole, name] = /^\[:(\w+):\]/.exec(pattern.slice(i)) ?? [];
    if (whole !== undefined && classes[name ?? ''] !== undefined) {
      body += classes[name ?? ''];
      i += whole.length;
    } else if (c === '\\' && i + 1 < pattern.length) {
      body += `\\${pattern.charAt(i + 1)}`.replace(/^\\([a-zA-Z0-9])$/, '$1');
      i += 2;
    } else {
      body += c === '-' ? '-' : special.test(c) ? `\\${c}` : c;
      i++;
    }
  }
  return { source: `[${negated ? '^' : ''}${body}]`, next: i + 1 };
}

/** `@(a|b)` and its kin from the bracket on. */
function extended(pattern: string, at: number): Read | null {
  let depth = 0;
  const parts: string[] = [];
  let from = at + 2;
  for (let i = at + 1; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '\\') i++;
    else if (c === '(') depth++;
    else if (c === '|' && depth === 1) {
      parts.push(pattern.slice(from, i));
      from = i + 1;
    } else if (c === ')' && --depth === 0) {
      parts.push(pattern.slice(from, i));
      const group = `(?:${parts.map((p) => translate(p, '[\\s\\S]')).join('|')})`;
      const operator = pattern.charAt(at);
      if (operator === '!') return { source: `(?:(?!${group}$)[\\s\\S]*)`, next: i + 1 };
      return { source: group + (operator === '@' ? '' : operator), next: i + 1 };
    }
  }
  return null;
}

/** The source of a regular expression for a pattern; `any` is what `?` stands for. */
function translate(pattern: string, any: string): string {
  let source = '';
  for (let i = 0; i < pattern.length; ) {
    const c = pattern.charAt(i);
    const group =
      pattern.charAt(i + 1) === '(' && '?*+@!'.includes(c) ? extended(pattern, i) : null;
    const set = group === null && c === '[' ? bracket(pattern, i) : null;
    const read = group ?? set;
    if (read) {
      source += read.source;
      i = read.next;
    } else if (c === '\\') {
      source += escapeLiteral(pattern.charAt(i + 1) || '\\');
      i += 2;
    } else {
      source += c === '*' ? `${any}*` : c === '?' ? any : escapeLiteral(c);
      i++;
    }
  }
  return source;
}

const compiled = new Map<string, RegExp>();

/** A whole-string matcher. */
export function patternRegExp(pattern: string, flags = ''): RegExp {
  const key = `${flags}/${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = new RegExp(`^(?:${translate(pattern, '[\\s\\S]')})$`, flags);
  if (compiled.size > 2000) compiled.clear();
  compiled.set(key, made);
  return made;
}

export const matches = (pattern: string, text: string, flags = ''): boolean =>
  patternRegExp(pattern, flags).test(text);
