/**
 * Who gets which message: a process's request goes to the kernel, answers go back to those who wait.
 *
 * One system call is the unit. `advance` carries a process over its next one; the default schedule, a
 * search and a replay all call it and nothing else.
 */
import type { Effect } from '../kernel/call.ts';
import { handle, interrupt, passTime, type Reaction } from '../kernel/kernel.ts';
import type { Programs } from '../kernel/program.ts';
import type { Answer, Request } from '../kernel/request.ts';
import { begin, type Process, react } from './process.ts';
import type { World } from './world.ts';

/** What an observer of a run is told: one system call, with the world before and after. */
export type Observed = Readonly<{
  pid: number;
  request: Request;
  /** undefined while the call blocks. */
  answer: Answer | undefined;
  before: World;
  after: World;
}>;

export type Watch = (call: Observed) => void;

/** What the host is made of besides its state. */
export type Machinery = Readonly<{
  programs: Programs;
  /** What reboot(2) leads to. */
  reboot: (world: World) => World;
  watch?: Watch;
}>;

type Processes = Record<number, Process>;

/**
 * Carry a process over what it finds out without the kernel, at no cost and in no time: the clock is read from a page
 * that the kernel shares (vDSO clock_gettime), and glibc 2.17 remembers the pid.
 */
function inUserSpace(programs: Programs, from: Process, pid: number, now: number): Process {
  let process = from;
  for (;;) {
    const { call } = process.request;
    if (call !== 'clock' && call !== 'getpid') return process;
    process = react(programs, process, call === 'clock' ? now : pid);
  }
}

function carryOut(world: World, programs: Programs, processes: Processes, effect: Effect): void {
  if (effect.type === 'process.born' || effect.type === 'process.replaced') {
    const process = begin(programs, effect.program, effect.start);
    processes[effect.pid] = inUserSpace(programs, process, effect.pid, world.now);
  }
  if (effect.type === 'process.ended') delete processes[effect.pid];
}

/** Effects first, then answers: a parent hears of its child after the child exists. */
function deliver(machinery: Machinery, world: World, reaction: Reaction): World {
  const processes: Processes = { ...world.processes };
  const { programs } = machinery;
  const { effects, replies } = reaction;
  for (const effect of effects) carryOut(world, programs, processes, effect);
  for (const { pid, answer } of replies) {
    const process = processes[pid];
    const replaced = effects.some((e) => e.type === 'process.replaced' && e.pid === pid);
    if (process && !replaced) {
      const reacted = react(programs, process, answer);
      processes[pid] = inUserSpace(programs, reacted, pid, world.now);
    }
  }
  const next = { ...world, kernel: reaction.kernel, processes };
  return effects.some((e) => e.type === 'host.rebooted') ? machinery.reboot(next) : next;
}

/** One system call of one task: the world after it, and its answer; undefined while it blocks. A tick of the kernel's clock passes. */
export function call(
  machinery: Machinery,
  world: World,
  pid: number,
  request: Request,
): Readonly<{ after: World; answer: Answer | undefined }> {
  const now = world.now + world.kernel.switches.tickMs;
  const reaction = handle(world.kernel, pid, request, now);
  const after = deliver(machinery, { ...world, now }, reaction);
  const answer = reaction.replies.find((r) => r.pid === pid)?.answer;
  machinery.watch?.({ pid, request, answer, before: world, after });
  return { after, answer };
}

/** Carry one process over its next system call. */
export function advance(machinery: Machinery, world: World, pid: number): World {
  const process = world.processes[pid];
  if (process === undefined) throw new Error(`pid ${pid} cannot run: there is no such process`);
  return call(machinery, world, pid, process.request).after;
}

/** Let time pass up to `now`; sleepers whose time has come go on. */
export function tick(machinery: Machinery, world: World, now: number): World {
  return deliver(machinery, { ...world, now }, passTime(world.kernel, now));
}

/** Ctrl-C for the processes of a terminal. */
export const ctrlC = (machinery: Machinery, world: World, pids: readonly number[]): World =>
  deliver(machinery, world, interrupt(world.kernel, pids, world.now));
