/**
 * People at terminals: logging in, typing a line, reading what appears.
 *
 * A terminal's shell is an ordinary process of the host. Typing is the only way in; the answer is what
 * the terminal shows until the shell waits for the next line.
 */
import type { BashMemory } from '../userland/bash.ts';
import type { CommandLine } from '../userland/bashCommand.ts';
import type { Login, Logout, Run, Seat } from './choice.ts';
import { ctrlC, type Machinery } from './route.ts';
import { passUntil, settle, settleUntil } from './schedule.ts';
import type { World } from './world.ts';

const ttyOf = (seat: Seat): string => seat.slice(seat.indexOf('@') + 1);
const userOf = (seat: Seat): string => seat.slice(0, seat.indexOf('@'));

/** The login shell on a terminal; null when nobody is logged in. */
export function shellOn(world: World, tty: string): number | null {
  for (const task of Object.values(world.kernel.tasks)) {
    const first = task.argv[0] === '-bash';
    if (task.tty === tty && first && world.processes[task.pid]?.program === 'bash') return task.pid;
  }
  return null;
}

function shellMemory(world: World, pid: number | null): BashMemory | null {
  const process = pid === null ? undefined : world.processes[pid];
  return process === undefined ? null : (process.memory as BashMemory);
}

export type Shown = Readonly<{ stdout: string; stderr: string; status: number; text: string }>;

/** What the last command line on a terminal has shown, and its exit status. */
export function shown(world: World, tty: string): Shown {
  const chunks = world.kernel.terminals[tty]?.output ?? [];
  const join = (stream: 1 | 2) =>
    chunks
      .filter((c) => c.stream === stream)
      .map((c) => c.text)
      .join('');
  const status = shellMemory(world, shellOn(world, tty))?.status ?? 0;
  const text = chunks.map((c) => c.text).join('');
  return { stdout: join(1), stderr: join(2), status, text };
}

/** Put a line on a terminal's input; what it showed before is cleared. */
function type(world: World, tty: string, line: string): World {
  const old = world.kernel.terminals[tty] ?? { input: [], output: [] };
  const terminal = { input: [...old.input, line], output: [] };
  return {
    ...world,
    kernel: { ...world.kernel, terminals: { ...world.kernel.terminals, [tty]: terminal } },
  };
}

const SECOND = 1000;

/** A typed line starts on a new second; what was due before it has happened. */
export const nextSecond = (machinery: Machinery, world: World): World =>
  passUntil(machinery, world, (Math.floor(world.now / SECOND) + 1) * SECOND);

/** The descendants of a shell, without its background jobs. */
function foreground(world: World, shell: number): number[] {
  const jobs = new Set(shellMemory(world, shell)?.background ?? []);
  const found: number[] = [];
  const visit = (pid: number) => {
    for (const task of Object.values(world.kernel.tasks)) {
      if (task.ppid !== pid || jobs.has(task.pid)) continue;
      found.push(task.pid);
      visit(task.pid);
    }
  };
  visit(shell);
  return found;
}

/** The line discipline wakes whoever reads the terminal. */
const arrive = (machinery: Machinery, world: World): World => ctrlC(machinery, world, []);

/** A line arrives at a terminal, on a new second unless the choice says otherwise. */
function typed(
  machinery: Machinery,
  from: World,
  choice: Login | Logout | Run,
  tty: string,
  line: string,
): World {
  const paced = choice.pace === 0 ? from : nextSecond(machinery, from);
  return arrive(machinery, type(paced, tty, line));
}

export function login(machinery: Machinery, from: World, choice: Login): World {
  if (shellOn(from, choice.on) !== null) {
    throw new Error(`Somebody is already logged in on ${choice.on}: log out there first.`);
  }
  const remote = choice.on.startsWith('pts/');
  const line = remote ? `${choice.on} ${choice.login}` : choice.login;
  const world = typed(machinery, from, choice, remote ? 'network' : choice.on, line);
  return choice.settle === false ? world : settle(machinery, world);
}

const plainLine: CommandLine = {
  argv: [],
  env: {},
  stdin: null,
  redirects: [],
  piped: false,
  background: false,
  complainAs: '-bash',
};

export function logout(machinery: Machinery, from: World, choice: Logout): World {
  const tty = choice.logout;
  if (shellOn(from, tty) === null) throw new Error(`Nobody is logged in on ${tty}.`);
  const line = JSON.stringify({ ...plainLine, argv: ['exit'] });
  const world = typed(machinery, from, choice, tty, line);
  return choice.settle === false ? world : settle(machinery, world);
}

/** Type a command line and let the host run until its shell waits for the next one. */
export function run(machinery: Machinery, from: World, choice: Run): World {
  const tty = ttyOf(choice.as);
  const shell = shellOn(from, tty);
  if (shell === null) {
    throw new Error(
      `${userOf(choice.as)} is not logged in on ${tty}: add a login there before this line.`,
    );
  }
  const { run: argv, env, stdin, inputs, redirects, piped, background, complainAs, dash } = choice;
  const given = { env, stdin, inputs, redirects, piped, background, complainAs, dash };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const line: CommandLine = { ...plainLine, ...said, argv };
  const world = typed(machinery, from, choice, tty, JSON.stringify(line));
  if (choice.settle === false) return world;
  const before = shellMemory(from, shell)?.done ?? 0;
  const waiting = (at: World) =>
    shellMemory(at, shell)?.done === before && shellOn(at, tty) === shell;
  const settled = settleUntil(machinery, world, waiting);
  if (!waiting(settled)) return settled;
  return settle(machinery, ctrlC(machinery, settled, foreground(settled, shell)));
}
