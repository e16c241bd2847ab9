/**
 * Command substitution: `$(...)` runs in a copy of the shell, its output becomes text.
 *
 * Models: GNU bash 4.2 subst.c command_substitute, read_comsub
 */
import type { CommandExpansionPart } from 'unbash';
import { setUmask } from './builtins/umask.ts';
import { collector, readerOf } from './descriptors.ts';
import { complain, isLeaving, lineOf, type Shell, subshellOf } from './shell.ts';

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

/** /dev/fd has room for more than anybody will want; bash counts down from here. */
const HIGHEST = 63;

/** `<(command)`: what it prints, under the name of a descriptor that stays open until the command has ended. */
export function processSubstitution(shell: Shell, text: string): string {
  const output = collector();
  const { status, pipestatus } = shell;
  inSubshell(shell, (child) => {
    child.fds.set(1, output.descriptor);
    child.level++;
    child.session.evaluate(child, text.slice(2, -1), lineOf(shell), 'script');
  });
  Object.assign(shell, { status, pipestatus });
  let fd = HIGHEST;
  while (shell.fds.has(fd)) fd--;
  shell.fds.set(fd, readerOf(output.text()));
  shell.substitutions = [...shell.substitutions, fd];
  return `/dev/fd/${fd}`;
}

/** Run a command; what its process substitutions have opened is closed after it. */
export function closingSubstitutions(shell: Shell, run: () => void): void {
  const before = shell.substitutions;
  try {
    run();
  } finally {
    for (const fd of shell.substitutions) if (!before.includes(fd)) shell.fds.delete(fd);
    shell.substitutions = before;
  }
}

export function substitute(shell: Shell, part: CommandExpansionPart): string {
  const output = collector();
  const firstLine = lineOf(shell);
  const status = inSubshell(shell, (child) => {
    child.fds.set(1, output.descriptor);
    child.level++;
    if (!shell.dash && !shell.shopts.has('inherit_errexit')) child.options.errexit = false;
    child.session.evaluate(child, inner(part), firstLine, 'script');
  });
  shell.status = status;
  shell.substituted = true;
  const text = output.text();
  if (text.includes('\0') && shell.session.bash !== '4.2')
    complain(shell, 'warning: command substitution: ignored null byte in input');
  return text.replaceAll('\0', '').replace(/\n+$/, '');
}
