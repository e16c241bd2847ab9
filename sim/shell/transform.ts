/**
 * `${x@Q}` and its kin: a value quoted, in other letters, or what is known of the variable.
 *
 * Models: GNU bash 5.2 subst.c string_transform, parameter_list_transform
 * Leaves out: `@P`.
 */
import { undoEscapes } from '../userland/text/format.ts';
import { doubleQuote, quoteReusable } from './quote.ts';
import { fatal, type Shell, unsupported } from './shell.ts';
import { assignmentOf, marksOf } from './show.ts';
import { cellsOf } from './variables.ts';

/** Each value on its own. */
export function transformed(shell: Shell, operator: string, value: string): string {
  switch (operator) {
    case 'Q':
    case 'K':
      return quoteReusable(value);
    case 'E':
      return undoEscapes(value, 'format').text;
    case 'U':
      return value.toUpperCase();
    case 'u':
      return value.charAt(0).toUpperCase() + value.slice(1);
    case 'L':
      return value.toLowerCase();
    case 'P':
      return unsupported(shell, 'the expansion @P');
    default:
      return fatal(shell, `\${...@${operator}}: bad substitution`);
  }
}

/** What is said of the variable and not of its value: `@a`, `@A`, and `@K` of a whole array. Null: nothing. */
export function descriptionOf(
  shell: Shell,
  name: string,
  whole: boolean,
  operator: string,
): string | null {
  const variable = shell.vars.get(name);
  if (operator === 'a') return variable ? marksOf(variable) : '';
  if (operator === 'A') return variable ? assignmentOf(shell, name, variable) : '';
  if (operator !== 'K' || !whole) return null;
  return cellsOf(shell, name)
    .map(([key, value]) => `${key} ${doubleQuote(value)}`)
    .join(' ');
}
