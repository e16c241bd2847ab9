/**
 * `${x:-default}`, `${#x}`, `${x%suffix}` and the other forms of parameter expansion.
 *
 * Models: GNU bash 4.2 subst.c parameter_brace_expand
 * Leaves out: `${x@P}`, namerefs.
 */
import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import { matches, patternRegExp } from './pattern.ts';
import { fatal, fatalUnset, type Shell, unsupported } from './shell.ts';
import { descriptionOf, transformed } from './transform.ts';
import {
  allValues,
  calculate,
  cellKey,
  cellsOf,
  getCell,
  getVariable,
  setCell,
} from './variables.ts';

/** How parameter.ts reads the words inside the braces; expand.ts gives it. */
export type Reading = Readonly<{
  text: (shell: Shell, word: Word) => string;
  pattern: (shell: Shell, word: Word) => string;
  replacement: (shell: Shell, word: Word) => string;
}>;

/** One value, or a list as of "$@"; a word to put in its place; null when unset. */
export type Expanded =
  | Readonly<{ kind: 'value'; value: string }>
  | Readonly<{ kind: 'list'; values: readonly string[]; star: boolean }>
  | Readonly<{ kind: 'word'; word: Word }>;

type Parameter = Readonly<{ name: string; index: string | null; whole: '@' | '*' | null }>;

function parameterOf(shell: Shell, part: ParameterExpansionPart, reading: Reading): Parameter {
  const name = part.parameter;
  if (name === '@' || name === '*') return { name, index: null, whole: name };
  if (part.index === undefined) return { name, index: null, whole: null };
  if (part.index.text === '@' || part.index.text === '*') {
    return { name, index: null, whole: part.index.text };
  }
  return { name, index: reading.text(shell, part.index), whole: null };
}

const currentValue = (shell: Shell, p: Parameter): string | undefined =>
  p.index === null ? getVariable(shell, p.name) : getCell(shell, p.name, p.index);

function isUnset(shell: Shell, p: Parameter): boolean {
  return p.whole ? allValues(shell, p.name).length === 0 : currentValue(shell, p) === undefined;
}

function requireSet(shell: Shell, p: Parameter): void {
  if (!shell.options.nounset || p.name === '@' || p.name === '*') return;
  // From 4.4 on a list without anything in it is no error.
  if (p.whole && shell.session.bash !== '4.2') return;
  if (!isUnset(shell, p)) return;
  const shown = p.whole
    ? `${p.name}[${p.whole}]`
    : p.index === null
      ? p.name
      : `${p.name}[${p.index}]`;
  fatalUnset(shell, `${shown}: unbound variable`);
}

/** `${x:?word}` and its kin: what they stand for, or null to go on with the value. */
function defaulted(
  shell: Shell,
  p: Parameter,
  operation: ParameterOperation & { type: 'Default' },
  reading: Reading,
): Expanded | null {
  const { operator, operand } = operation;
  const values = p.whole ? allValues(shell, p.name) : [currentValue(shell, p)];
  const empty = operator.startsWith(':') && values.join('') === '';
  const missing = isUnset(shell, p) || empty;
  switch (operator.at(-1)) {
    case '+':
      return missing ? { kind: 'value', value: '' } : { kind: 'word', word: operand };
    case '-':
      return missing ? { kind: 'word', word: operand } : null;
    case '=': {
      if (!missing) return null;
      if (!/^[A-Za-z_]\w*$/.test(p.name)) fatal(shell, `$${p.name}: cannot assign in this way`);
      const value = reading.text(shell, operand);
      setCell(shell, p.name, p.index === null ? '0' : cellKey(shell, p.name, p.index), value);
      return { kind: 'value', value };
    }
    default: {
      if (!missing) return null;
      const said = operand.text === '' ? '' : reading.text(shell, operand);
      const why = operator === '?' ? 'parameter not set' : 'parameter null or not set';
      return fatalUnset(shell, `${p.name}: ${said === '' ? why : said}`);
    }
  }
}

/** `#p`, `##p`, `%p`, `%%p`. */
function removed(value: string, operator: string, pattern: string): string {
  const longest = operator.length === 2;
  const n = value.length;
  const lengths = Array.from({ length: n + 1 }, (_, i) => (longest ? n - i : i));
  for (const length of lengths) {
    if (operator.startsWith('#') && matches(pattern, value.slice(0, length)))
      return value.slice(length);
    if (operator.startsWith('%') && matches(pattern, value.slice(n - length)))
      return value.slice(0, n - length);
  }
  return value;
}

/** The longest match at a position; -1 for none. */
function matchAt(value: string, pattern: string, at: number, flags: string): number {
  for (let end = value.length; end >= at; end--) {
    if (matches(pattern, value.slice(at, end), flags)) return end;
  }
  return -1;
}

function replaced(
  value: string,
  operator: string,
  pattern: string,
  by: (match: string) => string,
  flags: string,
): string {
  if (pattern === '' && (operator === '/' || operator === '//')) return value;
  if (operator === '/#') {
    const end = matchAt(value, pattern, 0, flags);
    return end < 0 ? value : by(value.slice(0, end)) + value.slice(end);
  }
  if (operator === '/%') {
    for (let at = 0; at <= value.length; at++) {
      const rest = value.slice(at);
      if (matches(pattern, rest, flags)) return value.slice(0, at) + by(rest);
    }
    return value;
  }
  let result = '';
  let at = 0;
  while (at < value.length) {
    const end = matchAt(value, pattern, at, flags);
    if (end <= at) result += value.charAt(at++);
    else {
      result += by(value.slice(at, end));
      at = end;
      if (operator === '/') break;
    }
  }
  return result + value.slice(at);
}

function cased(value: string, operator: string, pattern: string | null): string {
  const change = (c: string) => (operator.startsWith('^') ? c.toUpperCase() : c.toLowerCase());
  const fits = pattern === null ? null : patternRegExp(pattern);
  const one = (c: string) => (fits === null || fits.test(c) ? change(c) : c);
  return operator.length === 2
    ? [...value].map(one).join('')
    : one(value.charAt(0)) + value.slice(1);
}

function slice(
  shell: Shell,
  p: Parameter,
  operation: ParameterOperation & { type: 'Slice' },
  reading: Reading,
): Expanded {
  const offset = Number(calculate(shell, reading.text(shell, operation.offset)));
  const length =
    operation.length === undefined
      ? null
      : Number(calculate(shell, reading.text(shell, operation.length)));
  const cut = <T>(all: { length: number; slice: (from: number, to?: number) => T }): T => {
    const from = offset < 0 ? all.length + offset : offset;
    if (from < 0 || from > all.length) return all.slice(0, 0);
    if (length === null) return all.slice(from);
    const to = length < 0 ? all.length + length : from + length;
    if (to < from) fatal(shell, `${operation.length?.text ?? ''}: substring expression < 0`);
    return all.slice(from, to);
  };
  if (p.whole === null) return { kind: 'value', value: cut(currentValue(shell, p) ?? '') };
  const values = allValues(shell, p.name);
  const list = p.name === '@' || p.name === '*' ? [shell.name, ...values] : values;
  return { kind: 'list', values: cut(list), star: p.whole === '*' };
}

/** Operations that change each value on its own. */
function changed(
  shell: Shell,
  operation: ParameterOperation,
  reading: Reading,
): (v: string) => string {
  switch (operation.type) {
    case 'Remove': {
      const pattern = reading.pattern(shell, operation.operand);
      return (value) => removed(value, operation.operator, pattern);
    }
    case 'Replace': {
      const pattern = reading.pattern(shell, operation.pattern);
      const flags = shell.shopts.has('nocasematch') ? 'i' : '';
      if (!shell.shopts.has('patsub_replacement')) {
        const by = reading.text(shell, operation.replacement);
        return (value) => replaced(value, operation.operator, pattern, () => by, flags);
      }
      const by = reading.replacement(shell, operation.replacement);
      const made = (match: string) =>
        by.replace(/\\([\\&])|&/g, (_, escaped?: string) => escaped ?? match);
      return (value) => replaced(value, operation.operator, pattern, made, flags);
    }
    case 'Transform':
      return (value) => transformed(shell, operation.operand.text, value);
    case 'CaseModification': {
      const pattern = operation.operand ? reading.pattern(shell, operation.operand) : null;
      return (value) => cased(value, operation.operator, pattern);
    }
    default:
      return unsupported(
        shell,
        `the expansion \${...${'operator' in operation ? operation.operator : ''}}`,
      );
  }
}

function counted(shell: Shell, p: Parameter): Expanded {
  if (p.whole) return { kind: 'value', value: String(allValues(shell, p.name).length) };
  requireSet(shell, p);
  return { kind: 'value', value: String([...(currentValue(shell, p) ?? '')].length) };
}

/** `${!x}`, `${!a[@]}`, `${!prefix*}`. */
function indirect(shell: Shell, part: ParameterExpansionPart, p: Parameter): Expanded | Parameter {
  if (part.operation?.type === 'Names') {
    const values = [...shell.vars.keys()].filter((name) => name.startsWith(p.name)).sort();
    return { kind: 'list', values, star: part.operation.operator === '*' };
  }
  if (p.whole && p.name !== '@' && p.name !== '*') {
    const values = cellsOf(shell, p.name).map(([key]) => key);
    return { kind: 'list', values, star: p.whole === '*' };
  }
  const target = currentValue(shell, p) ?? '';
  const [, name = '', index] = /^([A-Za-z_]\w*|\d+|[?#$!@*-])(?:\[(.*)\])?$/.exec(target) ?? [];
  if (name === '') fatal(shell, `${target}: invalid variable name`);
  const whole = index === '@' || index === '*' ? index : name === '@' || name === '*' ? name : null;
  return { name, index: whole ? null : (index ?? null), whole };
}

function description(shell: Shell, p: Parameter, operator: string): Expanded | null {
  const text = descriptionOf(shell, p.name, p.whole !== null, operator);
  return text === null ? null : { kind: 'value', value: text };
}

export function expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  reading: Reading,
): Expanded {
  let p = parameterOf(shell, part, reading);
  if (part.prefix === '#') return counted(shell, p);
  if (part.prefix === '!') {
    const found = indirect(shell, part, p);
    if ('kind' in found) return found;
    p = found;
  }
  const { operation } = part;
  if (operation?.type === 'Transform') {
    const described = description(shell, p, operation.operand.text);
    if (described !== null) return described;
  }
  const alien =
    operation && ['Slice', 'Replace', 'CaseModification', 'Transform'].includes(operation.type);
  if (shell.dash && (alien || part.prefix === '!')) fatal(shell, 'Bad substitution', 2);
  if (operation?.type === 'Unknown') fatal(shell, `${part.text}: bad substitution`);
  if (operation?.type === 'Default') {
    const other = defaulted(shell, p, operation, reading);
    if (other) return other;
  } else requireSet(shell, p);
  if (operation?.type === 'Slice') return slice(shell, p, operation, reading);
  const plain = operation === undefined || operation.type === 'Default';
  const change = plain ? (v: string) => v : changed(shell, operation, reading);
  if (p.whole) {
    return { kind: 'list', values: allValues(shell, p.name).map(change), star: p.whole === '*' };
  }
  return { kind: 'value', value: change(currentValue(shell, p) ?? '') };
}
