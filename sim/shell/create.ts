/**
 * A shell at a terminal of a simulated host: scripts go in, text, a status and the next world come out.
 *
 * Synchronous and without effects: the same world and the same script give the same answer.
 */
import type { Choice, Seat } from '../host/choice.ts';
import type { Machinery } from '../host/route.ts';
import type { World } from '../host/world.ts';
import { askCwd } from './ask.ts';
import { type Descriptor, readerOf } from './descriptors.ts';
import { evaluate, runCommand } from './evaluate.ts';
import { createSession, loginEnvironment, type Session } from './session.ts';
import { settle } from './settle.ts';
import { isLeaving, type Shell } from './shell.ts';
import { usualShopts } from './shopts.ts';
import { isBuiltin, runWords } from './simple.ts';
import { sourceOf } from './source.ts';
import { runExitTrap } from './traps.ts';
import { blankVariable, getVariable } from './variables.ts';

export type Io = Readonly<{
  /** Text on the script's standard input; none by default. */
  stdin?: string;
  /** Lines typed at a prompt: no line numbers in complaints, and an error does not end the shell. */
  interactive?: boolean;
  /** $0 and what complaints begin with. */
  name?: string;
  args?: readonly string[];
  /** Told of each piece of output as it appears. */
  show?: (stream: 1 | 2, text: string) => void;
}>;

export type Outcome = Readonly<{
  stdout: string;
  stderr: string;
  /** Both, in the order in which they appeared. */
  chunks: readonly Readonly<{ stream: 1 | 2; text: string }>[];
  status: number;
  world: World;
  /** The script has said `exit`, or the host has gone down. */
  exited: boolean;
}>;

export type ShellSession = Readonly<{
  run: (source: string, io?: Io) => Outcome;
  /** What has been done to the world so far: enough to play it again. */
  choices: () => readonly Choice[];
  world: () => World;
  cwd: () => string;
  home: () => string;
  /** The host went down under the shell. */
  gone: () => boolean;
}>;

function newShell(session: Session): Shell {
  const vars = Object.entries(loginEnvironment(session)).map(
    ([name, value]) =>
      [name, { ...blankVariable(), exported: true, cells: new Map([['0', value]]) }] as const,
  );
  const shell: Shell = {
    lastWord: '/usr/bin/bash',
    session,
    vars: new Map(vars),
    functions: new Map(),
    aliases: new Map(),
    hashed: new Map(),
    directories: [],
    locals: [],
    args: [],
    name: 'bash',
    speaker: 'bash',
    calls: [],
    frames: [],
    status: 0,
    level: 0,
    subshells: 0,
    command: '',
    pipestatus: [0],
    options: {
      errexit: false,
      nounset: false,
      xtrace: false,
      pipefail: false,
      noglob: false,
      noclobber: false,
      noexec: false,
      verbose: false,
      allexport: false,
      errtrace: false,
      functrace: false,
    },
    shopts: usualShopts(session.bash),
    fds: new Map(),
    substitutions: [],
    cwd: '/',
    loops: 0,
    asking: 0,
    traps: new Map(),
    trapping: false,
    umask: null,
    lastJob: null,
    substituted: false,
    source: sourceOf(''),
    pos: 0,
    interactive: false,
    origin: 'stdin',
    subshell: false,
    sourcing: false,
    jobs: [],
    optionAt: { index: 1, at: 1 },
    wrapping: null,
    dash: false,
  };
  shell.cwd = askCwd(session.view(shell));
  settle(shell);
  return shell;
}

function open(shell: Shell, io: Io, chunks: { stream: 1 | 2; text: string }[]): void {
  const output = (stream: 1 | 2): Descriptor => ({
    kind: 'text',
    piped: !io.interactive && stream === 1,
    take: (text) => {
      chunks.push({ stream, text });
      io.show?.(stream, text);
    },
  });
  shell.fds = new Map<number, Descriptor>([
    [0, io.interactive ? { kind: 'keyboard' } : readerOf(io.stdin ?? '')],
    [1, output(1)],
    [2, output(2)],
  ]);
}

/** Run a text; true when the shell is to end. At a prompt, an expansion error ends only the line. */
function runText(shell: Shell, text: string): boolean {
  try {
    evaluate(shell, text, 1, 'script');
    return false;
  } catch (thrown) {
    if (!isLeaving(thrown)) throw thrown;
    if ('status' in thrown) shell.status = thrown.status;
    Object.assign(shell, { loops: 0, asking: 0, locals: [] });
    const over = thrown.leaving === 'exit' && thrown.failed !== true;
    return !shell.interactive || over || shell.session.gone;
  }
}

export function createShell(machinery: Machinery, world: World, seat: Seat): ShellSession {
  const session = createSession(machinery, world, seat);
  session.evaluate = evaluate;
  session.runNode = (shell, node) => runCommand(shell, node as Parameters<typeof runCommand>[1]);
  session.runExitTrap = runExitTrap;
  session.runWords = (shell, words, written) => runWords(shell, words, written, false);
  session.isBuiltin = isBuiltin;
  const shell = newShell(session);
  return {
    run: (source, io = {}) => {
      const chunks: { stream: 1 | 2; text: string }[] = [];
      open(shell, io, chunks);
      shell.interactive = io.interactive ?? false;
      shell.name = io.name ?? (shell.interactive ? '-bash' : 'bash');
      shell.speaker = shell.name;
      if (io.args) shell.args = io.args;
      session.typing = shell.interactive;
      const exited = runText(shell, source);
      if (exited || !shell.interactive) runExitTrap(shell);
      const text = (stream: 1 | 2) =>
        chunks.flatMap((c) => (c.stream === stream ? [c.text] : [])).join('');
      return {
        stdout: text(1),
        stderr: text(2),
        chunks,
        status: shell.status & 0xff,
        world: session.world,
        exited,
      };
    },
    choices: () => session.choices,
    world: () => session.world,
    cwd: () => shell.cwd,
    home: () => getVariable(shell, 'HOME') ?? '/',
    gone: () => session.gone,
  };
}
