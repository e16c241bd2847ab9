/**
 * The link between a shell and the world: each simple command is one `{run}` choice, answered by one step.
 *
 * The session holds the world as it is now and the list of choices that led there, which is all that a
 * trace needs to play it again.
 */
import type { Choice, Run, Seat } from '../host/choice.ts';
import type { Machinery, Observed, Watch } from '../host/route.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import { failed } from '../kernel/errno.ts';
import { get } from '../kernel/pages.ts';
import type { BashMemory } from '../userland/bash.ts';
import type { Redirect } from '../userland/bashCommand.ts';
import { SWITCHES, type UserlandSwitches } from '../userland/switches.ts';
import { askText, type View, viewAs } from './ask.ts';
import type { Written } from './builtins/builtin.ts';
import type { Descriptor, Reader } from './descriptors.ts';
import { findProgram } from './findProgram.ts';
import { leave, prolog, refuseBoth, type Shell } from './shell.ts';
import { environment } from './variables.ts';

/** A simple command, ready for the host. */
export type Typed = Readonly<{
  argv: readonly string[];
  /** Assignments before the command, for its environment. */
  env?: Readonly<Record<string, string>>;
  stdin: Descriptor | undefined;
  redirects: readonly Redirect[];
  piped: boolean;
  background?: boolean;
  /** Who gets what the command writes to its terminal or pipe. */
  stdout?: ((text: string) => void) | undefined;
  stderr?: ((text: string) => void) | undefined;
  /** Told of each system call that the command leads to. */
  watch?: Watch;
}>;

export type Session = {
  machinery: Machinery;
  seat: Seat;
  world: World;
  choices: Choice[];
  /** The next choice is typed by hand, on a new second. */
  typing: boolean;
  startedAt: number;
  /** Nobody is logged in here any more: the host went down. */
  gone: boolean;
  /** Runs a script's text in a shell; set by evaluate.ts. */
  evaluate: (shell: Shell, text: string, firstLine: number, as: 'script' | 'eval') => void;
  /** Runs a function's body; set by evaluate.ts. */
  runNode: (shell: Shell, node: unknown) => void;
  /** Runs words as a builtin or a program, past any function; set by create.ts. */
  runWords: (shell: Shell, words: readonly string[], written: Written) => number;
  isBuiltin: (name: string) => boolean;
  runExitTrap: (shell: Shell) => void;
  /** Puts the host back as the parent had it: the working directory is the login shell's. */
  leaveSubshell: (parent: Shell, child: Shell) => void;
  pid: () => number;
  parent: () => number;
  seconds: () => number;
  uid: (shell: Shell) => number;
  /** The user's groups, his own first. */
  groups: (shell: Shell) => readonly number[];
  /** The login shell's mask. */
  umask: () => number;
  /** Which bash the host has. */
  bash: '4.2' | '5.2';
  view: (shell: Shell) => View;
  write: (shell: Shell, fd: number, text: string) => void;
  type: (shell: Shell, line: Typed) => number;
};

export const ttyOf = (seat: Seat): string => seat.slice(seat.indexOf('@') + 1);

/** The login shell's own environment, which the host knows already. */
export function loginEnvironment(session: Session): Readonly<Record<string, string>> {
  const memory = session.world.processes[session.pid()]?.memory as BashMemory | undefined;
  return memory?.env ?? {};
}

const ownNames = ['PWD', 'OLDPWD', 'SHLVL'];
const showsEnvironment = /^(?:.*\/)?(?:env|printenv|[gm]?awk)$/;

/** Only what differs from what the command would be given anyway. */
function extraEnvironment(shell: Shell, line: Typed): Record<string, string> {
  const known = shell.wrapping ? shell.wrapping.env : loginEnvironment(shell.session);
  const all: Record<string, string> = { ...environment(shell), ...line.env };
  // Only those who show an environment learn what every shell puts into it.
  if (line.argv.some((word) => showsEnvironment.test(word)))
    all['_'] = findProgram(shell, line.argv[0] ?? '') ?? '';
  else for (const name of ownNames) delete all[name];
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => known[name] !== value));
}

const closed: Redirect = { fd: 0, mode: 'close' };

type Input = { stdin?: string; before: readonly Redirect[]; reader: Reader | null };

function inputOf(from: Descriptor | undefined): Input {
  if (from === undefined) return { before: [closed], reader: null };
  if (from.kind === 'file') {
    return { before: [{ fd: 0, mode: 'read', path: from.path }], reader: null };
  }
  if (from.kind !== 'reader') return { before: [], reader: null };
  const { reader } = from;
  const text = reader.text.slice(reader.at);
  return { stdin: text, before: [], reader };
}

/** What `<(command)` has printed, for those who are given its name. */
function substitutionInputs(shell: Shell): Pick<Run, 'inputs'> {
  const open = shell.substitutions.flatMap((fd) => {
    const from = shell.fds.get(fd);
    return from?.kind === 'reader' ? [[fd, from.reader.text.slice(from.reader.at)] as const] : [];
  });
  return open.length === 0 ? {} : { inputs: Object.fromEntries(open) };
}

/** The choice for a command, through `su` or its like when the shell is somebody else's. */
function choiceFor(shell: Shell, line: Typed, input: Input): Run {
  const env = extraEnvironment(shell, line);
  const redirects = [...input.before, ...line.redirects];
  const complainAs = prolog(shell);
  const dash = shell.dash ? { dash: true as const } : {};
  const inputs = substitutionInputs(shell);
  const common = {
    as: shell.session.seat,
    complainAs,
    ...inputs,
    ...(input.stdin === undefined ? {} : { stdin: input.stdin }),
    ...dash,
    ...(line.piped ? { piped: true as const } : {}),
    ...(line.background ? { background: true as const } : {}),
    ...(shell.session.typing ? {} : { pace: 0 as const }),
  };
  if (shell.wrapping === null) {
    return {
      run: line.argv,
      ...common,
      ...(Object.keys(env).length > 0 ? { env } : {}),
      ...(redirects.length > 0 ? { redirects } : {}),
    };
  }
  const mask = shell.umask === null ? {} : { umask: shell.umask };
  const inner = { argv: line.argv, env, redirects, complainAs, cwd: shell.cwd, ...mask, ...dash };
  return { run: shell.wrapping.command(JSON.stringify(inner)), ...common };
}

/** Has a process of this command read from descriptor 0? Then the pipe is empty for those after it. */
function watchInput(session: Session, seen: { read: boolean }, also?: Watch): Machinery {
  const newest = session.world.kernel.nextPid;
  const { watch } = session.machinery;
  return {
    ...session.machinery,
    watch: (call: Observed) => {
      watch?.(call);
      also?.(call);
      const { request, pid } = call;
      if (pid < newest || request.call !== 'read' || request.fd !== 0) return;
      const { tasks, files } = call.before.kernel;
      const file = get(files, tasks[pid]?.fds[0] ?? -1);
      if (file?.kind === 'stream') seen.read = true;
    },
  };
}

function deliver(shell: Shell, line: Typed): void {
  const { world, seat } = shell.session;
  const output = world.kernel.terminals[ttyOf(seat)]?.output ?? [];
  for (const { stream, text } of output) {
    const take = stream === 1 ? line.stdout : line.stderr;
    if (take) take(text);
    else if (stream === 2) shell.session.write(shell, 2, text);
  }
}

function typeLine(session: Session, shell: Shell, line: Typed): number {
  if (session.gone) return leave({ leaving: 'exit', status: 255 });
  const input = inputOf(line.stdin);
  const choice = choiceFor(shell, line, input);
  const seen = { read: false };
  const watched = input.reader !== null || line.watch !== undefined;
  const machinery = watched ? watchInput(session, seen, line.watch) : session.machinery;
  session.world = step(machinery, session.world, choice);
  session.choices.push(choice);
  session.typing = false;
  if (input.reader && seen.read) input.reader.at = input.reader.text.length;
  deliver(shell, line);
  const pid = shellOn(session.world, ttyOf(session.seat));
  if (pid === null) {
    session.gone = true;
    return leave({ leaving: 'exit', status: 255 });
  }
  const memory = session.world.processes[pid]?.memory as BashMemory;
  if (line.background) {
    shell.lastJob = memory.background.at(-1) ?? null;
    if (shell.lastJob !== null) shell.jobs.push(shell.lastJob);
  }
  return memory.status;
}

function writeTo(session: Session, shell: Shell, fd: number, text: string): void {
  const to = shell.fds.get(fd);
  if (to?.kind === 'text') to.take(text);
  refuseBoth(shell, to);
  if (to?.kind !== 'file' || to.path === '/dev/null') return;
  typeLine(session, shell, {
    argv: ['printf', '%s', text],
    stdin:
      shell.fds.get(0)?.kind === 'keyboard'
        ? shell.fds.get(0)
        : { kind: 'file', path: '/dev/null' },
    redirects: [{ fd: 1, mode: 'append', path: to.path }],
    piped: false,
  });
}

/** The profile says it in a file of the host. */
function bashOf(view: View): Session['bash'] {
  const text = askText(view, SWITCHES);
  return failed(text) ? '4.2' : (JSON.parse(text) as UserlandSwitches).bash;
}

const unset = (): never => {
  throw new Error(
    'A session evaluates nothing until createShell has set it up; see shell/create.ts.',
  );
};

const silent = {
  stdin: { kind: 'keyboard' } as const,
  redirects: [],
  piped: false,
};

export function createSession(machinery: Machinery, world: World, seat: Seat): Session {
  const loginPid = () => shellOn(session.world, ttyOf(seat)) ?? 0;
  const session: Session = {
    machinery,
    seat,
    world,
    choices: [],
    typing: false,
    startedAt: world.now,
    gone: false,
    evaluate: unset,
    runNode: unset,
    runExitTrap: unset,
    runWords: unset,
    isBuiltin: unset,
    leaveSubshell: (parent, child) => {
      if (child.cwd === parent.cwd || child.wrapping !== parent.wrapping) return;
      if (child.wrapping !== null || session.gone) return;
      typeLine(session, parent, { ...silent, argv: ['cd', parent.cwd] });
    },
    pid: loginPid,
    parent: () => session.world.kernel.tasks[loginPid()]?.ppid ?? 0,
    seconds: () => Math.floor((session.world.now - session.startedAt) / 1000),
    uid: (shell) => {
      const view = session.view(shell);
      return view.kernel.tasks[view.pid]?.cred.uid ?? 0;
    },
    groups: (shell) => {
      const view = session.view(shell);
      const cred = view.kernel.tasks[view.pid]?.cred;
      return cred ? [...new Set([cred.gid, ...cred.groups])] : [];
    },
    view: (shell) => {
      const own = { kernel: session.world.kernel, pid: loginPid(), now: session.world.now };
      if (shell.wrapping === null) return own;
      return viewAs(own, { cred: shell.wrapping.credentials, cwd: shell.cwd });
    },
    umask: () => session.world.kernel.tasks[loginPid()]?.umask ?? 0,
    bash: bashOf({ kernel: world.kernel, pid: shellOn(world, ttyOf(seat)) ?? 0, now: world.now }),
    write: (shell, fd, text) => writeTo(session, shell, fd, text),
    type: (shell, line) => typeLine(session, shell, line),
  };
  if (shellOn(world, ttyOf(seat)) === null) {
    throw new Error(`Nobody is logged in at ${seat}: add a login there before the shell.`);
  }
  return session;
}
