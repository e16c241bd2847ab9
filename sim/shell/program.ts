/**
 * Running what is no builtin: a function, a script that this evaluator reads, or a program of the host.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_function, execute_disk_command
 */
import { findProgram } from './findProgram.ts';
import { emission, openAll, type Plan } from './redirect.ts';
import { scriptWithin } from './scriptWithin.ts';
import { isLeaving, leave, lineOf, refuseBoth, type Shell, write } from './shell.ts';

/** Run something with a command's redirections in place. `special`: dash ends when a special builtin's fail. */
export function withDescriptors(
  shell: Shell,
  planned: Plan,
  run: () => number,
  special = false,
): number {
  const table = openAll(shell, planned);
  if (table === null) {
    if (shell.dash && special) leave({ leaving: 'exit', status: 2 });
    return shell.dash ? 2 : 1;
  }
  const before = shell.fds;
  shell.fds = table;
  try {
    return run();
  } finally {
    shell.fds = before;
  }
}

const MAX_FRAMES = 500;

export function callFunction(shell: Shell, name: string, args: readonly string[]): number {
  const body = shell.functions.get(name);
  if (body === undefined) return 127;
  if (shell.locals.length >= MAX_FRAMES) {
    write(shell, 2, `kvmlab: ${name}: function calls more than ${MAX_FRAMES} deep\n`);
    return leave({ leaving: 'exit', status: 2 });
  }
  const { args: outerArgs, source, pos, loops, speaker, calls, frames } = shell;
  shell.frames = [{ name, file: body.speaker, line: lineOf(shell) }, ...frames];
  shell.args = args;
  shell.source = body.source;
  shell.speaker = body.speaker;
  shell.calls = [name, ...calls];
  shell.loops = 0;
  shell.locals.push(new Map());
  try {
    shell.session.runNode(shell, body.node);
    return shell.status;
  } catch (thrown) {
    if (!isLeaving(thrown) || thrown.leaving !== 'return') throw thrown;
    return thrown.status;
  } finally {
    for (const [local, hidden] of shell.locals.pop() ?? []) {
      if (hidden) shell.vars.set(local, hidden);
      else shell.vars.delete(local);
    }
    Object.assign(shell, { args: outerArgs, source, pos, loops, speaker, calls, frames });
  }
}

/** phash_insert: a name along PATH is looked up once. */
function remember(shell: Shell, name: string): void {
  if (name === '' || name.includes('/') || shell.hashed.has(name)) return;
  const path = findProgram(shell, name);
  if (path !== null) shell.hashed.set(name, path);
}

/** A program of the host, or a script that this evaluator reads for it. */
export function runProgram(
  shell: Shell,
  argv: readonly string[],
  planned: Plan,
  background: boolean,
): number {
  if (!background) remember(shell, argv[0] ?? '');
  const script = background ? null : scriptWithin(shell, argv);
  if (script) return withDescriptors(shell, planned, () => script());
  for (const fd of [0, 1, 2]) {
    const descriptor = planned.table.get(fd);
    if (descriptor?.kind !== 'opening') refuseBoth(shell, descriptor);
  }
  return shell.session.type(shell, {
    argv,
    background,
    ...emission(planned),
    // A job's pipe would be waited for: what it writes later goes to the terminal.
    ...(background ? { piped: false } : {}),
  });
}
