/**
 * udevd's hands: what its machine asks for, done by system calls; and the rules kept fresh.
 *
 * Models: systemd v219 src/udev/udevd.c event_run, worker_returned, event_queue_update, and main's check for changed
 *   rules; v252 src/udev/udevd.c event_queue_start, manager_reload, on_sigchld
 *
 * v219 looks at the rules directories at most every 3 seconds, whenever it wakes for whatever reason. A
 * rules file that appears within 3 seconds of such a look is not seen by the event that follows it.
 */
import { failed } from '../kernel/errno.ts';
import { memoOf } from '../kernel/memo.ts';
import type { ExitStatus } from '../kernel/request.ts';
import { type Sys, spawn, unlink, waitNohang, writeFile } from '../libc/sys.ts';
import { QUEUE } from './control.ts';
import { type Log, type Priority, say, toJournal } from './log.ts';
import { sinceBoot } from './monotonic.ts';
import { type QueuedEvent, startable } from './queue.ts';
import type { RulesFile } from './rule.ts';
import { type LoadedRules, loadRules, rulesChanged } from './rulesFiles.ts';
import type { UdevSwitches } from './switches.ts';
import {
  type UdevdEffect,
  type UdevdEvent,
  type UdevdSnapshot,
  udevdAfter,
} from './udevd.machine.ts';
import type { Assignment } from './worker.ts';

const WORKER = '/usr/lib/systemd/systemd-udevd-worker';
const SECOND = 1_000_000;

export type Memory = Readonly<{
  switches: UdevSwitches;
  control: number;
  uevents: number;
  udevd: UdevdSnapshot;
  bootedAt: number;
  /** As read last, perhaps outdated (see udevd.context.stale). */
  rules: LoadedRules;
  /** When the rules were last looked at, microseconds since boot. */
  lastLook: number;
  /** seqnum -> when the event was received. */
  received: Readonly<Record<string, number>>;
  /** Workers that would sit idle: v219 wakes after 3 seconds to send them home. */
  idleWorkers: number;
  globals: Readonly<Record<string, string>>;
  childrenMax: number;
  logLevel: Priority;
  /** A client that said `exit` is answered by our end. */
  lastClient: number | null;
}>;

function* carryOut(memory: Memory, effect: UdevdEffect): Sys<Memory> {
  const source = 'systemd v219 src/udev/udevd.c event_queue_update';
  if (effect === 'touchQueue') yield* writeFile(QUEUE, '', 0o444, source);
  if (effect === 'unlinkQueue') yield* unlink(QUEUE, source);
  return effect === 'startEvents' ? yield* startEvents(memory) : memory;
}

/** Tell the machine what has happened, and do what it asks for. */
export function* happened(memory: Memory, event: UdevdEvent): Sys<Memory> {
  const { udevd, effects } = udevdAfter(memory.udevd, event);
  let after: Memory = { ...memory, udevd };
  for (const effect of effects) after = yield* carryOut(after, effect);
  return after;
}

function* freshRules(memory: Memory): Sys<Memory> {
  const log: Log = [];
  const rules = yield* loadRules(memory.switches, 'early', log);
  yield* toJournal(log, memory.logLevel);
  return yield* happened({ ...memory, rules }, { type: 'rules.loaded' });
}

/** v252 manager_reload: looks, at most every 3 seconds unless forced, and loads at once what has changed. */
export function* reload252(memory: Memory, force: boolean): Sys<Memory> {
  const now = yield* sinceBoot(memory.bootedAt);
  if (!force && now < memory.lastLook + 3 * SECOND) return memory;
  const looked = { ...memory, lastLook: now };
  return (yield* rulesChanged(memory.rules, memory.switches)) ? yield* freshRules(looked) : looked;
}

/** The top of v219's loop: "check for changed config, every 3 seconds at most". */
export function* look219(memory: Memory): Sys<Memory> {
  const now = yield* sinceBoot(memory.bootedAt);
  if (now - memory.lastLook <= 3 * SECOND) return memory;
  const looked = { ...memory, lastLook: now };
  const changed =
    !memory.udevd.context.stale && (yield* rulesChanged(memory.rules, memory.switches));
  return changed ? yield* happened(looked, { type: 'rules.outdated' }) : looked;
}

function* startEvents(from: Memory): Sys<Memory> {
  if (from.udevd.context.held || from.udevd.value !== 'busy') return from;
  if (from.udevd.context.queue.length === 0) return from;
  let memory = from.switches.reload === 'at-once' ? yield* reload252(from, false) : from;
  if (memory.udevd.context.stale) memory = yield* freshRules(memory);
  const { queue } = memory.udevd.context;
  for (const event of startable(queue, memory.switches.version, memory.childrenMax)) {
    memory = yield* startWorker(memory, event);
  }
  return memory;
}

/** What the daemon says of an event, at debug level. */
export function* trace(
  memory: Memory,
  { uevent }: QueuedEvent,
  v219: string,
  v252: string,
): Sys<void> {
  const name = uevent.devpath.slice(uevent.devpath.lastIndexOf('/') + 1);
  const text = memory.switches.version === 219 ? v219 : `${name}: ${v252}`;
  yield* toJournal([{ priority: 'debug', text }], memory.logLevel);
}

/** The rules seldom change between two events. */
const rulesText = memoOf((rules: readonly RulesFile[]) => JSON.stringify(rules));

function* startWorker(memory: Memory, event: QueuedEvent): Sys<Memory> {
  const assignment: Omit<Assignment, 'rules'> = {
    uevent: event.uevent,
    received: memory.received[event.seqnum] ?? 0,
    globals: memory.globals,
    logLevel: memory.logLevel,
    switches: memory.switches,
  };
  const { seqnum, action } = event.uevent;
  if (memory.switches.version !== 219) {
    const ready = `Device ready for processing (SEQNUM=${seqnum}, ACTION=${action})`;
    yield* trace(memory, event, '', ready);
  }
  const rules = rulesText(memory.rules.files);
  const argv = ['systemd-udevd-worker', rules, JSON.stringify(assignment)];
  const pid = yield* spawn(WORKER, argv, { inherit: false });
  if (failed(pid)) {
    throw new Error(`udevd cannot start ${WORKER}: the host's profile has to install it.`);
  }
  yield* trace(
    memory,
    event,
    `seq ${seqnum} forked new worker [${pid}]`,
    `Worker [${pid}] is forked for processing SEQNUM=${seqnum}.`,
  );
  return yield* happened(memory, { type: 'worker.started', seqnum, pid });
}

function logEnd(memory: Memory, { pid, code, signal }: ExitStatus, log: Log): void {
  if (code === 0 && signal === null) return;
  const busy = memory.udevd.context.queue.find((event) => event.worker === pid);
  const how = signal === null ? `exit with return code ${code}` : `terminated by signal ${signal}`;
  say(log, 'err', `worker [${pid}] ${how}`);
  if (busy) say(log, 'err', `worker [${pid}] failed while handling '${busy.uevent.devpath}'`);
}

/** worker_returned and SIGCHLD in one: a worker's end is its report. */
export function* reap(from: Memory): Sys<Memory> {
  let memory = from;
  for (;;) {
    const ended = yield* waitNohang(-1);
    if (ended === null || failed(ended)) return memory;
    const log: Log = [];
    logEnd(memory, ended, log);
    yield* toJournal(log, memory.logLevel);
    const waiting = new Set(memory.udevd.context.queue.map((event) => String(event.seqnum)));
    const received = Object.fromEntries(
      Object.entries(memory.received).filter(([seqnum]) => waiting.has(seqnum)),
    );
    memory = yield* happened(
      { ...memory, received, idleWorkers: 1 },
      { type: 'worker.ended', pid: ended.pid },
    );
  }
}
