/**
 * A bench for single programs: one kernel, one task at a time, no other processes.
 *
 * The program under test runs against the real simulated kernel (kernel.ts handle).
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { powerOn } from '../../sim/host/boot.ts';
import type { DiskFile } from '../../sim/host/disk.ts';
import { centos7 } from '../../sim/host/profiles/centos7.ts';
import { programs } from '../../sim/host/programs.ts';
import { type Credentials, root } from '../../sim/kernel/credentials.ts';
import { handle, passTime } from '../../sim/kernel/kernel.ts';
import { withThing } from '../../sim/kernel/pages.ts';
import type { Start } from '../../sim/kernel/program.ts';
import type { Request } from '../../sim/kernel/request.ts';
import type { KernelState, OpenFile, Task } from '../../sim/kernel/state.ts';
import type { KernelSwitches } from '../../sim/kernel/switches.ts';

export type Bench = Readonly<{ kernel: KernelState; now: number }>;

/** A booted CentOS 7 whose other processes have stopped; files may be added to its disk. */
export function bench(
  files: readonly DiskFile[] = [],
  switches: Partial<KernelSwitches> = {},
): Bench {
  const profile = {
    ...centos7,
    disk: [...centos7.disk, ...files],
  };
  const machinery = {
    programs,
    reboot: () => {
      throw new Error('the bench does not reboot');
    },
  };
  const world = powerOn(machinery, profile);
  const { kernel, now } = world;
  return { kernel: { ...kernel, switches: { ...kernel.switches, ...switches } }, now };
}

const PID = 9000;
const TTY = 'bench';

export type Setting = Readonly<{
  as?: Credentials;
  cwd?: string;
  stdin?: string;
  env?: Readonly<Record<string, string>>;
}>;

export type Result = Readonly<{
  at: Bench;
  status: number;
  out: string;
  err: string;
  calls: readonly Request[];
}>;

/** A task that stands ready to make system calls. */
function seated(kernel: KernelState, setting: Setting): KernelState {
  const init = kernel.tasks[1] as Task;
  const file = kernel.nextFile;
  const stream = { kind: 'terminal', tty: TTY, refs: 1, flags: ['read', 'write'] } as const;
  const input = {
    kind: 'stream',
    from: kernel.nextBuffer,
    to: null,
    peer: PID,
    refs: 1,
    flags: [],
  } as const;
  const task: Task = {
    ...init,
    pid: PID,
    ppid: 1,
    cred: setting.as ?? root,
    cwd: setting.cwd ?? '/',
    fds: { 0: file, 1: file + 1, 2: file + 2 },
    pending: [],
    caught: [],
    state: 'running',
    parked: null,
  };
  return {
    ...kernel,
    nextFile: file + 3,
    nextBuffer: kernel.nextBuffer + 1,
    files: [input, { ...stream, stream: 1 } as const, { ...stream, stream: 2 } as const].reduce(
      (files, end, i) => withThing<OpenFile>(files, file + i, end),
      kernel.files,
    ),
    buffers: {
      ...kernel.buffers,
      [kernel.nextBuffer]: { data: setting.stdin ?? '', readers: 1, writers: 0 },
    },
    tasks: { ...kernel.tasks, [PID]: task },
    terminals: { ...kernel.terminals, [TTY]: { input: [], output: [] } },
  };
}

function turnOf(name: string, start: Start) {
  const program = programs[name];
  if (program === undefined) throw new Error(`no program ${name} in the table`);
  return program.turn(program.begin(start));
}

/** Run one program to its end; what it execs runs in its place, and sleeping takes no time. */
export function run(from: Bench, argv: readonly string[], setting: Setting = {}): Result {
  const name = (argv[0] ?? '').replace(/.*\//, '');
  let kernel = seated(from.kernel, setting);
  let now = from.now;
  const calls: Request[] = [];
  let turn = turnOf(name, { argv, env: setting.env ?? {} });
  let step = turn.next();
  while (!step.done) {
    calls.push(step.value);
    now += kernel.switches.tickMs;
    const reaction = handle(kernel, PID, step.value, now);
    kernel = reaction.kernel;
    const born = reaction.effects.find((e) => e.type === 'process.replaced');
    if (born?.type === 'process.replaced') {
      turn = turnOf(born.program, born.start);
      step = turn.next();
      continue;
    }
    let reply = reaction.replies.find((r) => r.pid === PID);
    const deadline = kernel.tasks[PID]?.deadline ?? null;
    if (reply === undefined && deadline !== null) {
      now = deadline;
      const later = passTime(kernel, now);
      kernel = later.kernel;
      reply = later.replies.find((r) => r.pid === PID);
    }
    if (reply === undefined) throw new Error(`${name} blocks in ${step.value.call}`);
    step = turn.next(reply.answer);
  }
  if (!('exit' in step.value)) throw new Error(`${name} is a daemon`);
  const chunks = kernel.terminals[TTY]?.output ?? [];
  const text = (stream: 1 | 2) =>
    chunks
      .filter((c) => c.stream === stream)
      .map((c) => c.text)
      .join('');
  return { at: { kernel, now }, status: step.value.exit & 0xff, out: text(1), err: text(2), calls };
}

/** One system call of a task with these credentials. */
export function ask(
  from: Bench,
  request: Request,
  setting: Setting = {},
): { at: Bench; answer: unknown } {
  const now = from.now + from.kernel.switches.tickMs;
  const reaction = handle(seated(from.kernel, setting), PID, request, now);
  return {
    at: { kernel: reaction.kernel, now },
    answer: reaction.replies.find((r) => r.pid === PID)?.answer,
  };
}

function fixture(name: string): string {
  const bytes = readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export const recorded = <Case>(name: string): Case[] =>
  fixture(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case)
    .filter((row) => !(row as { meta?: unknown }).meta);

/** The first line of a recording: what was recorded, and how. */
export const metaOf = <Meta>(name: string): Meta => {
  const [first = ''] = fixture(name).split('\n');
  return (JSON.parse(first) as { meta: Meta }).meta;
};
