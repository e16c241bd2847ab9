/**
 * Builtins that touch the host: cd, kill, wait, jobs, ulimit.
 *
 * Models: GNU bash 4.2 builtins/cd.def, kill.def, wait.def, jobs.def
 * Leaves out: CDPATH, `cd -P`, job control; ulimit knows only `-n` and `unlimited`.
 */
import type { Tick } from '../../host/choice.ts';
import { nextDeadline } from '../../host/schedule.ts';
import { step } from '../../host/step.ts';
import { failed, strerror } from '../../kernel/errno.ts';
import { exitStatus } from '../../userland/bashCommand.ts';
import { askChdir } from '../ask.ts';
import { builtinError, prolog, type Shell, unsupported, viewOf, write } from '../shell.ts';
import { SIGNAL_TABLE } from '../signals.ts';
import { signalSelf, trapName } from '../traps.ts';
import { getVariable, setVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { umask } from './umask.ts';

/** The new value of PWD: text is joined to text, so symbolic links keep their names. */
export function logicalPath(cwd: string, to: string): string {
  const parts: string[] = [];
  for (const part of (to.startsWith('/') ? to : `${cwd}/${to}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The login shell on the host changes its directory; a shell of another user remembers its own. */
function changeDirectory(shell: Shell, to: string): boolean {
  const asked = askChdir(viewOf(shell), to);
  if (failed(asked)) {
    const why = shell.dash ? `can't cd to ${to}` : `${to}: ${strerror(asked.errno)}`;
    builtinError(shell, `cd: ${why}`);
    return false;
  }
  if (shell.wrapping !== null) return true;
  const line = { argv: ['cd', to], redirects: [], piped: false };
  return shell.session.type(shell, { ...line, stdin: { kind: 'keyboard' } }) === 0;
}

export const cd: Builtin = (shell, words) => {
  const args = words.slice(1).filter((word) => !/^-[LPe]+$|^--$/.test(word));
  const [given, more] = args;
  if (more !== undefined && shell.session.bash !== '4.2') {
    builtinError(shell, 'cd: too many arguments');
    return 1;
  }
  const name = given === undefined ? 'HOME' : given === '-' ? 'OLDPWD' : null;
  const to = name === null ? (given ?? '') : getVariable(shell, name);
  if (to === undefined) {
    builtinError(shell, `cd: ${name} not set`);
    return 1;
  }
  if (to === '') return 0;
  const path = logicalPath(shell.cwd, to);
  if (!changeDirectory(shell, to.includes('..') ? path : to)) return 1;
  setVariable(shell, 'OLDPWD', shell.cwd);
  shell.cwd = path;
  setVariable(shell, 'PWD', path);
  if (given === '-') write(shell, 1, `${path}\n`);
  return 0;
};

const jobsOf = (shell: Shell): number[] => shell.jobs;

/** `%1` is the first job's process; everything else is kill(1)'s business. */
const kill: Builtin = (shell, words) => {
  const target = words.at(-1) ?? '';
  if (words.length === 2 && target === '-l') {
    write(shell, 1, SIGNAL_TABLE);
    return 0;
  }
  const [, named] =
    /^-(?:s|n)?([A-Za-z0-9]+)$/.exec(words.length > 2 ? (words.at(-2) ?? '') : '') ?? [];
  const option = words.length > 2 ? (named ?? words.at(-2) ?? '') : 'TERM';
  const signal = trapName(option);
  if (
    target === String(shell.session.pid()) &&
    words.length <= 4 &&
    signal !== null &&
    option !== '0'
  ) {
    signalSelf(shell, signal);
    return 0;
  }
  const argv = words.map((word) => {
    const [, n] = /^%(\d+)$/.exec(word) ?? [];
    return n === undefined ? word : String(jobsOf(shell)[Number(n) - 1] ?? word);
  });
  return shell.session.type(shell, {
    argv,
    stdin: { kind: 'keyboard' },
    redirects: [],
    piped: false,
    stdout: (text) => write(shell, 1, text),
    stderr: (text) => write(shell, 2, text.replace(/^-bash(?=: kill)/, prolog(shell))),
  });
};

const hasEnded = (shell: Shell, pid: number): boolean => {
  const task = shell.session.world.kernel.tasks[pid];
  return task === undefined || task.state === 'zombie';
};

/** Let time pass until a job has ended, or nothing more will happen. */
function waitFor(shell: Shell, pid: number): number {
  const { session } = shell;
  while (!hasEnded(shell, pid)) {
    const deadline = nextDeadline(session.world);
    if (deadline === null)
      return unsupported(shell, `waiting for process ${pid}, which does not end`);
    const tick: Tick = { tick: Math.max(1, deadline - session.world.now) };
    session.world = step(session.machinery, session.world, tick);
    session.choices.push(tick);
  }
  const ended = session.world.kernel.tasks[pid]?.status;
  return ended ? exitStatus(ended) : 0;
}

const wait: Builtin = (shell, words) => {
  if (words.length === 1) {
    for (const pid of jobsOf(shell)) waitFor(shell, pid);
    return 0;
  }
  let status = 0;
  for (const word of words.slice(1)) {
    const pid = word.startsWith('%') ? jobsOf(shell)[Number(word.slice(1)) - 1] : Number(word);
    if (pid === undefined || !jobsOf(shell).includes(pid)) {
      builtinError(shell, `wait: pid ${word} is not a child of this shell`);
      status = 127;
    } else status = waitFor(shell, pid);
  }
  return status;
};

const jobs: Builtin = (shell) => {
  const running = jobsOf(shell).filter((pid) => !hasEnded(shell, pid));
  for (const pid of running) {
    const number = jobsOf(shell).indexOf(pid) + 1;
    const command = shell.session.world.kernel.tasks[pid]?.argv.join(' ') ?? '';
    const current = pid === running.at(-1) ? '+' : pid === running.at(-2) ? '-' : ' ';
    write(shell, 1, `[${number}]${current}  Running                 ${command} &\n`);
  }
  return 0;
};

const ulimit: Builtin = (shell, [, option, value]) => {
  if (value !== undefined || (option !== undefined && !/^-[SH]*[ncf]$/.test(option))) {
    return unsupported(shell, `ulimit ${[option, value].join(' ').trim()}`);
  }
  write(shell, 1, option?.endsWith('n') ? '1024\n' : option?.endsWith('c') ? '0\n' : 'unlimited\n');
  return 0;
};

export const hostBuiltins: Readonly<Record<string, Builtin>> = {
  cd,
  umask,
  kill,
  wait,
  jobs,
  ulimit,
};
