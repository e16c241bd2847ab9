/**
 * One system call: the state before, a request, the state after, and who is answered.
 *
 * Models: Linux 3.10 the entry path of system calls; kernel/sched wake-ups as far as they are seen
 *
 * A call that cannot go on parks its task; whenever something changes, parked calls are tried again in
 * the order of their pids. A call that fails changes nothing, except for the kernel log line that the
 * real one writes.
 */
import { createDraft, type Draft, finishDraft } from 'immer';
import { type After, type Effect, type Outcome, PARK, withTask } from './call.ts';
import type { Failure } from './errno.ts';
import { strike } from './faults.ts';
import type { Answer, Request } from './request.ts';
import type { KernelState, Task } from './state.ts';
import { systemCall } from './systemCall.ts';
import { stillWaits } from './waiting.ts';

type Attempt = Readonly<{ kernel: KernelState; outcome: Outcome; quiet?: boolean }>;

const keeps = (outcome: Outcome): outcome is { keep: Failure } =>
  typeof outcome === 'object' && outcome !== null && 'keep' in outcome;

const fails = (outcome: Outcome): outcome is Failure =>
  typeof outcome === 'object' && outcome !== null && 'errno' in outcome;

const isAfter = (outcome: Outcome): outcome is After =>
  typeof outcome === 'object' && outcome !== null && 'becomes' in outcome;

/** Try one call on a state: the draft is kept only if the call succeeds. */
function attempt(
  kernel: KernelState,
  task: Task,
  request: Request,
  now: number,
  effects: Effect[],
): Attempt {
  let draft: Draft<KernelState> | null = null;
  const mine: Effect[] = [];
  const open = () => {
    draft ??= createDraft(kernel);
    return draft;
  };
  const outcome = systemCall({ kernel, draft: open, task, now, effects: mine }, request);
  if (outcome === PARK || fails(outcome)) return { kernel, outcome };
  effects.push(...mine);
  if (isAfter(outcome)) {
    const { becomes, answer, quiet = false } = outcome;
    return { kernel: becomes, outcome: answer, quiet };
  }
  const after = draft === null ? kernel : (finishDraft(draft) as KernelState);
  return { kernel: after, outcome: keeps(outcome) ? outcome.keep : (outcome ?? null) };
}

export type Reply = Readonly<{ pid: number; answer: Answer }>;

export type Reaction = Readonly<{
  kernel: KernelState;
  /** The caller's answer, unless it blocks, and those of tasks that its call has woken. */
  replies: readonly Reply[];
  effects: readonly Effect[];
}>;

const timeLimit = (request: Request, now: number): number | null => {
  if (request.call === 'nanosleep') return now + request.ms;
  return request.call === 'poll' && request.timeout !== null ? now + request.timeout : null;
};

/** Calls that a caught signal ends; the others start again by themselves (SA_RESTART). */
const interruptible: ReadonlySet<string> = new Set(['poll', 'accept', 'recvmsg', 'nanosleep']);

/** What a parked call answers when a signal or its time limit ends it. null: go on waiting. */
function interrupted(task: Task, now: number): Answer | null {
  const call = task.parked?.call ?? '';
  if (task.pending.length > 0 && interruptible.has(call)) return { errno: 'EINTR' };
  if (task.deadline === null || now < task.deadline) return null;
  return call === 'poll' ? [] : undefined;
}

/** Has somebody's time limit come? */
const due = ({ tasks }: KernelState, now: number): boolean =>
  Object.values(tasks).some(({ deadline }) => deadline !== null && now >= deadline);

/** Try parked calls again, lowest pid first, until none can go on. */
function wake(from: KernelState, now: number, replies: Reply[], effects: Effect[]): KernelState {
  let kernel = from;
  for (let changed = true; changed; ) {
    changed = false;
    for (const task of Object.values(kernel.tasks)) {
      if (task.state !== 'blocked' || task.parked === null) continue;
      const ended = interrupted(task, now);
      if (ended === null && stillWaits(kernel, task, task.parked)) continue;
      const tried = ended === null ? attempt(kernel, task, task.parked, now, effects) : null;
      if (tried?.outcome === PARK) continue;
      const after = tried?.kernel ?? kernel;
      const fresh = after.tasks[task.pid] ?? task;
      kernel = withTask(after, { ...fresh, state: 'running', parked: null, deadline: null });
      replies.push({ pid: task.pid, answer: tried ? tried.outcome : (ended ?? null) });
      changed = true;
    }
  }
  return kernel;
}

/** The kernel's reaction to one request of one task at one moment. */
export function handle(kernel: KernelState, pid: number, request: Request, now: number): Reaction {
  const task = kernel.tasks[pid];
  if (task === undefined) throw new Error(`pid ${pid} makes a system call after its end`);
  const effects: Effect[] = [];
  const replies: Reply[] = [];
  const struck = kernel.faults.calls.length > 0 ? strike(kernel, task, request) : null;
  const before = struck?.kernel ?? kernel;
  const tried: Attempt =
    struck !== null && struck.errno !== null
      ? { kernel: before, outcome: { errno: struck.errno }, quiet: true }
      : attempt(before, task, request, now, effects);
  if (tried.outcome === PARK) {
    const blocked: Task = {
      ...task,
      state: 'blocked',
      parked: request,
      deadline: timeLimit(request, now),
    };
    const waiting = withTask(before, blocked);
    // A task that lies down wakes no other, and itself only if a signal is pending already.
    const quiet = task.pending.length === 0 && !due(waiting, now);
    const after = quiet ? waiting : wake(waiting, now, replies, effects);
    return { kernel: after, replies, effects };
  }
  const ended = effects.some((e) => e.type === 'process.ended' && e.pid === pid);
  if (!ended) replies.push({ pid, answer: tried.outcome });
  const nobody = tried.kernel === before || (tried.quiet && !due(kernel, now));
  const after = nobody ? tried.kernel : wake(tried.kernel, now, replies, effects);
  return { kernel: after, replies, effects };
}

/** Time has passed: sleepers and timed waits may end. */
export function passTime(kernel: KernelState, now: number): Reaction {
  const effects: Effect[] = [];
  const replies: Reply[] = [];
  return { kernel: wake(kernel, now, replies, effects), replies, effects };
}

/** Ctrl-C at a terminal: SIGINT to these tasks, from the line discipline and not from a task. */
export function interrupt(kernel: KernelState, pids: readonly number[], now: number): Reaction {
  const effects: Effect[] = [];
  const replies: Reply[] = [];
  let after = kernel;
  for (const pid of pids) {
    const init = after.tasks[1];
    if (init === undefined || after.tasks[pid] === undefined) continue;
    after = attempt(after, init, { call: 'kill', pid, signal: 'SIGINT' }, now, effects).kernel;
  }
  return { kernel: wake(after, now, replies, effects), replies, effects };
}
