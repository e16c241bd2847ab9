/**
 * Command substitution: `$(...)` runs in a copy of the shell, its output becomes text.
 *
 * Models: GNU bash 4.2 subst.c command_substitute, read_comsub
 */
import type { CommandExpansionPart } from 'unbash';
import { setUmask } from './builtins/umask.ts';
import { collector } from './descriptors.ts';
import { isLeaving, lineOf, type Shell, subshellOf } from './shell.ts';

/** The text between the brackets, as the shell will read it. */
function inner(part: CommandExpansionPart): string {
  if (part.text.startsWith('`')) {
    return part.text.slice(1, -1).replace(/\\([\\`$])/g, '$1');
  }
  return part.text.slice(2, -1);
}

/** Run a script in a copy of the shell; answers its status. */
export function inSubshell(shell: Shell, run: (inner: Shell) => void): number {
  const child = subshellOf(shell);
  const mask = shell.session.gone ? 0 : shell.session.umask();
  try {
    run(child);
  } catch (thrown) {
    if (!isLeaving(thrown)) throw thrown;
    if ('status' in thrown) child.status = thrown.status;
  }
  child.session.runExitTrap(child);
  child.session.leaveSubshell(shell, child);
  if (!shell.session.gone && shell.session.umask() !== mask)
    setUmask({ ...shell, wrapping: null }, mask);
  return child.status;
}

export function substitute(shell: Shell, part: CommandExpansionPart): string {
  const output = collector();
  const firstLine = lineOf(shell);
  const status = inSubshell(shell, (child) => {
    child.fds.set(1, output.descriptor);
    child.session.evaluate(child, inner(part), firstLine, 'script');
  });
  shell.status = status;
  shell.substituted = true;
  return output.text().replace(/\n+$/, '').replaceAll('\0', '');
}
