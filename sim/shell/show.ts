/**
 * A variable as `declare -p` prints it, and its marks in letters.
 *
 * Models: GNU bash 4.2, 5.2 builtins/setattr.def show_var_attributes; variables.c; arrayfunc.c print_array_assignment
 */
import { doubleQuote, quoteKey, quoteReusable } from './quote.ts';
import type { Shell, Variable } from './shell.ts';
import { cellsOf } from './variables.ts';

/** The letters without the dash; none for a plain variable. */
export const marksOf = (variable: Variable): string =>
  (variable.kind === 'array' ? 'a' : variable.kind === 'assoc' ? 'A' : '') +
  (variable.integer ? 'i' : '') +
  (variable.readonly ? 'r' : '') +
  (variable.exported ? 'x' : '') +
  (variable.folds === 'lower' ? 'l' : variable.folds === 'upper' ? 'u' : '');

function listText(shell: Shell, name: string, variable: Variable): string {
  const assoc = variable.kind === 'assoc';
  const cells = cellsOf(shell, name).map(
    ([key, value]) => `[${assoc ? quoteKey(key) : key}]=${doubleQuote(value)}`,
  );
  const list = assoc ? cells.map((c) => `${c} `).join('') : cells.join(' ');
  // 4.2 puts quotes around the whole of it.
  return shell.session.bash === '4.2' ? `'(${list})'` : `(${list})`;
}

export function declared(shell: Shell, name: string, variable: Variable): string {
  const letters = marksOf(variable);
  const start = `declare -${letters === '' ? '-' : letters} ${name}`;
  if (variable.kind !== 'plain') {
    const unset = variable.cells.size === 0 && shell.session.bash !== '4.2';
    return unset && !variable.emptied ? start : `${start}=${listText(shell, name, variable)}`;
  }
  const value = variable.cells.get('0');
  return value === undefined ? start : `${start}=${doubleQuote(value)}`;
}

/** `${x@A}`: an assignment that would make it again. */
export function assignmentOf(shell: Shell, name: string, variable: Variable): string {
  if (variable.kind !== 'plain') return declared(shell, name, variable);
  const letters = marksOf(variable);
  const value = variable.cells.get('0');
  const text = value === undefined ? name : `${name}=${quoteReusable(value)}`;
  return letters === '' ? text : `declare -${letters} ${text}`;
}
