/**
 * `set -x`: what is about to be run, on standard error.
 *
 * Models: GNU bash 5.2 print_cmd.c indirection_level_string, xtrace_print_word_list, xtrace_print_for_command_head,
 *   xtrace_print_case_command_head, xtrace_print_cond_term, xtrace_print_arith_cmd, xtrace_print_assignment
 * Leaves out: expansions in PS4, BASH_XTRACEFD.
 */
import { quoteForTrace } from './quote.ts';
import { type Shell, write } from './shell.ts';

/** PS4, its first character once more for each level of eval, source and `$( )`. */
function mark(shell: Shell): string {
  const ps4 = shell.vars.get('PS4')?.cells.get('0') ?? '+ ';
  return ps4.charAt(0).repeat(shell.level) + ps4;
}

/** Something as it was written. */
export function trace(shell: Shell, text: string): void {
  if (shell.options.xtrace) write(shell, 2, `${mark(shell)}${text}\n`);
}

export const traceWords = (shell: Shell, words: readonly string[]): void =>
  trace(shell, words.map(quoteForTrace).join(' '));

export const traceAssignment = (shell: Shell, name: string, value: string, append = false): void =>
  trace(shell, `${name}${append ? '+' : ''}=${value === '' ? '' : quoteForTrace(value)}`);

export const traceArithmetic = (shell: Shell, expression: string): void =>
  trace(shell, `(( ${expression.trim()} ))`);
