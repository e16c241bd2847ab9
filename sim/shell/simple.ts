/**
 * Simple commands: assignments, functions, builtins, and everything else as a choice for the host.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_simple_command, execute_builtin_or_function
 */
import type { Assignment, Command } from 'unbash';
import { assignList } from './assignText.ts';
import type { Builtin, Written } from './builtins/builtin.ts';
import { builtins } from './builtins/table.ts';
import { expandText, expandWord, expandWords } from './expand.ts';
import { callFunction, runProgram, withDescriptors } from './program.ts';
import { type Plan, plan } from './redirect.ts';
import { complain, leave, type Shell, type Variable, write } from './shell.ts';
import { trace, traceAssignment, traceWords } from './trace.ts';
import { cellKey, setCell, setVariable, writable } from './variables.ts';

/** `a=(x y [5]=z)`, `a[1]=x`, `a=x`. */
export function assign(shell: Shell, assignment: Assignment): void {
  const { name, value } = assignment;
  const append = assignment.append ?? false;
  if (value.type === 'Word') {
    const text = expandText(shell, value, true);
    const index = assignment.index && expandText(shell, assignment.index);
    traceAssignment(shell, index === undefined ? name : `${name}[${index}]`, text, append);
    if (index === undefined) setVariable(shell, name, text, append);
    else setCell(shell, name, cellKey(shell, name, index), text, append);
    return;
  }
  if (shell.dash) {
    complain(shell, 'Syntax error: "(" unexpected');
    leave({ leaving: 'exit', status: 2 });
  }
  trace(shell, assignment.text);
  assignList(shell, name, value.elements, append);
}

/** Assignments before a command hold for it alone. */
function withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  run: () => number,
): number {
  if (assignments.length === 0) return run();
  const before = new Map<string, Variable | undefined>();
  for (const assignment of assignments) {
    const old = shell.vars.get(assignment.name);
    before.set(assignment.name, old);
    if (old?.readonly) {
      complain(shell, `${assignment.name}: readonly variable`);
      continue;
    }
    if (old) shell.vars.set(assignment.name, { ...old, cells: new Map(old.cells) });
    assign(shell, assignment);
    writable(shell, assignment.name).exported = true;
  }
  try {
    return run();
  } finally {
    for (const [name, old] of before) {
      if (old) shell.vars.set(name, old);
      else shell.vars.delete(name);
    }
  }
}

function assignmentsAlone(
  shell: Shell,
  command: Command,
  assignments: readonly Assignment[],
): number {
  shell.substituted = false;
  for (const assignment of assignments) {
    assign(shell, assignment);
  }
  const status = shell.substituted ? shell.status : 0;
  if (command.redirects.length === 0) return status;
  const planned = plan(shell, command.redirects);
  if (planned === null) return 1;
  return withDescriptors(shell, planned, () => {
    const input = shell.fds.get(0);
    const reads = command.redirects.every((r) => r.type === 'Redirect' && r.operator === '<');
    if (reads && input?.kind === 'reader') write(shell, 1, input.reader.text);
    return status;
  });
}

/** `echo x > file`: the login shell on the host has these builtins too, and may write where the user may. */
const inHost = ([name, format = '']: readonly string[], planned: Plan): boolean => {
  const to = planned.table.get(1);
  // What %q and %(...)T print is the shell's own knowledge.
  const plainly = name === 'echo' || (name === 'printf' && !/%[-+ #0\d]*[q(]/.test(format));
  return plainly && (to?.kind === 'opening' || (to?.kind === 'file' && to.path !== '/dev/null'));
};

/** POSIX 2.14: when one of these goes wrong, so does the script. */
const isSpecial = (name: string): boolean =>
  /^(?:[:.]|break|continue|eval|export|readonly|return|set|shift|times|trap|unset)$/.test(name);

function runBuiltin(
  shell: Shell,
  builtin: Builtin,
  words: readonly string[],
  written: Written,
): number {
  const { planned } = written;
  const [name = ''] = words;
  if (inHost(words, planned)) return runProgram(shell, words, planned, false);
  if (name === 'exec' || name === 'command' || name === 'builtin')
    return builtin(shell, words, written);
  return withDescriptors(shell, planned, () => builtin(shell, words, written), isSpecial(name));
}

/** Words of a command; those of `export x=$y` and its kin are assignments, not split. */
function commandWords(shell: Shell, command: Command): string[] {
  const name = command.name ? expandWord(shell, command.name) : [];
  const declares = /^(export|readonly|local|declare|typeset)$/.test(name[0] ?? '');
  const rest = command.args.flatMap((arg) => {
    if (arg.type === 'Word') return expandWords(shell, [arg]);
    if (arg.value.type === 'ArrayValue') return [arg.text];
    const left = arg.text.slice(0, arg.value.pos - arg.pos);
    if (declares) return [left + expandText(shell, arg.value, true)];
    return expandWord(shell, arg.value).map((text, n) => (n === 0 ? left + text : text));
  });
  return [...name, ...rest];
}

/** `$_` is the last word of the command before. */
export function runSimple(shell: Shell, command: Command, background = false): number {
  shell.pos = command.pos;
  const assignments = command.prefix.filter((p) => p.type === 'Assignment');
  if (command.name === undefined) {
    shell.lastWord = '';
    return assignmentsAlone(shell, command, assignments);
  }
  const words = commandWords(shell, command);
  const [name] = words;
  if (name === undefined) return assignmentsAlone(shell, command, assignments);
  if (assignments.length === 0) traceWords(shell, words);
  const planned = plan(shell, command.redirects, name === 'exec' && words.length === 1);
  if (planned === null) return 1;
  const lastWord = words.at(-1) ?? '';
  const status = withAssignments(shell, assignments, () => {
    if (assignments.length > 0) traceWords(shell, words);
    if (shell.functions.has(name) && !background) {
      return withDescriptors(shell, planned, () => callFunction(shell, name, words.slice(1)));
    }
    return runWords(shell, words, { command, planned }, background);
  });
  shell.lastWord = lastWord;
  return status;
}

export const isBuiltin = (name: string): boolean => builtins[name] !== undefined;

/** A builtin or a program, but no function. */
export function runWords(
  shell: Shell,
  words: readonly string[],
  written: Written,
  background: boolean,
): number {
  const builtin = background ? undefined : builtins[words[0] ?? ''];
  return builtin
    ? runBuiltin(shell, builtin, words, written)
    : runProgram(shell, words, written.planned, background);
}
