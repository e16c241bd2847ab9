/**
 * systemd-udevd: receives uevents, keeps them in order, hands each to a worker.
 *
 * Models: systemd v219 src/udev/udevd.c main, event_run, worker_returned, handle_ctrl_msg, handle_signal;
 *   v252 src/udev/udevd.c on_uevent, manager_reload, event_queue_start, on_ctrl_msg
 * Leaves out: socket activation, inotify watches, time-outs of events, the cgroup's clean-up.
 *
 * v219 looks at the rules directories at most every 3 seconds, whenever it wakes for whatever reason. A
 * rules file that appears within 3 seconds of such a look is not seen by the event that follows it, unless
 * somebody says `udevadm control --reload`; and even that only sets a flag: the files are read, and names
 * of groups looked up, when the next event comes.
 */
import { failed } from '../kernel/errno.ts';
import { daemon, type Turn } from '../kernel/program.ts';
import type { ExitStatus } from '../kernel/request.ts';
import { readQuestion } from '../libc/json-socket.ts';
import {
  accept,
  chmod,
  close,
  listen,
  mkdir,
  netlink,
  poll,
  recvmsg,
  type Sys,
  sigaction,
  sigpending,
  spawn,
  umask,
  unlink,
  waitNohang,
  write,
  writeFile,
} from '../libc/sys.ts';
import { CONTROL, type ControlMessage, QUEUE } from './control.ts';
import { type Log, type Priority, say, toJournal } from './log.ts';
import { monotonic } from './monotonic.ts';
import { type QueuedEvent, startable } from './queue.ts';
import { type LoadedRules, loadRules, rulesChanged } from './rulesFiles.ts';
import { applyStaticNodes } from './staticNodes.ts';
import { readSwitches, type UdevSwitches } from './switches.ts';
import {
  idleUdevd,
  type UdevdEffect,
  type UdevdEvent,
  type UdevdSnapshot,
  udevdAfter,
} from './udevd.machine.ts';
import type { Assignment } from './worker.ts';

const WORKER = '/usr/lib/systemd/systemd-udevd-worker';
const SECOND = 1_000_000;

type Memory = Readonly<{
  switches: UdevSwitches;
  control: number;
  uevents: number;
  udevd: UdevdSnapshot;
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
function* happened(memory: Memory, event: UdevdEvent): Sys<Memory> {
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
function* reload252(memory: Memory, force: boolean): Sys<Memory> {
  const now = yield* monotonic();
  if (!force && now < memory.lastLook + 3 * SECOND) return memory;
  const looked = { ...memory, lastLook: now };
  return (yield* rulesChanged(memory.rules, memory.switches)) ? yield* freshRules(looked) : looked;
}

/** The top of v219's loop: "check for changed config, every 3 seconds at most". */
function* look219(memory: Memory): Sys<Memory> {
  const now = yield* monotonic();
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

function* startWorker(memory: Memory, event: QueuedEvent): Sys<Memory> {
  const assignment: Assignment = {
    uevent: event.uevent,
    received: memory.received[event.seqnum] ?? 0,
    rules: memory.rules.files,
    globals: memory.globals,
    logLevel: memory.logLevel,
    switches: memory.switches,
  };
  const argv = ['systemd-udevd-worker', JSON.stringify(assignment)];
  const pid = yield* spawn(WORKER, argv, { inherit: false });
  if (failed(pid)) {
    throw new Error(`udevd cannot start ${WORKER}: the host's profile has to install it.`);
  }
  return yield* happened(memory, { type: 'worker.started', seqnum: event.seqnum, pid });
}

/** event_queue_insert, on_uevent. */
function* receive(memory: Memory): Sys<Memory> {
  const uevent = yield* recvmsg(memory.uevents);
  if (failed(uevent)) return memory;
  const received = { ...memory.received, [uevent.seqnum]: yield* monotonic() };
  const event: QueuedEvent = { seqnum: uevent.seqnum, uevent, worker: null };
  return yield* happened({ ...memory, received }, { type: 'kernel.announced', event });
}

function logEnd(memory: Memory, { pid, code, signal }: ExitStatus, log: Log): void {
  if (code === 0 && signal === null) return;
  const busy = memory.udevd.context.queue.find((event) => event.worker === pid);
  const how = signal === null ? `exit with return code ${code}` : `terminated by signal ${signal}`;
  say(log, 'err', `worker [${pid}] ${how}`);
  if (busy) say(log, 'err', `worker [${pid}] failed while handling '${busy.uevent.devpath}'`);
}

/** worker_returned and SIGCHLD in one: a worker's end is its report. */
function* reap(from: Memory): Sys<Memory> {
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

function* obey(memory: Memory, message: ControlMessage): Sys<Memory> {
  switch (message.type) {
    case 'reload':
      if (memory.switches.reload === 'at-once') return yield* reload252(memory, true);
      return yield* happened(memory, { type: 'rules.outdated' });
    case 'exit':
      return yield* happened(memory, { type: 'exit.asked' });
    case 'stop-exec-queue':
      return yield* happened(memory, { type: 'queue.held' });
    case 'start-exec-queue':
      return yield* happened(memory, { type: 'queue.released' });
    case 'log-level':
      return { ...memory, logLevel: message.level };
    case 'children-max':
      return { ...memory, childrenMax: message.count };
    case 'property':
      return { ...memory, globals: { ...memory.globals, [message.key]: message.value } };
    default:
      return memory;
  }
}

function* serveClient(memory: Memory): Sys<Memory> {
  const client = yield* accept(memory.control);
  if (failed(client)) return memory;
  const message = yield* readQuestion<ControlMessage>(client);
  const after = message === null ? memory : yield* obey(memory, message);
  if (message?.type === 'exit') return { ...after, lastClient: client };
  yield* write(client, '{}\n');
  yield* close(client);
  return after;
}

/** children_max: 8 and two for each CPU; the number of CPUs is not asked for here. */
const CHILDREN_MAX = 16;

function* startUp(): Sys<Memory> {
  const switches = yield* readSwitches();
  yield* umask(0o022);
  yield* mkdir('/run/udev', 0o755);
  yield* unlink(CONTROL);
  const control = yield* listen(CONTROL);
  const uevents = yield* netlink('kernel');
  if (failed(control) || failed(uevents)) {
    throw new Error(`udevd needs ${CONTROL} and the kernel's uevents: is /run mounted?`);
  }
  yield* chmod(CONTROL, 0o600, 'systemd v219 src/udev/udev-ctrl.c udev_ctrl_enable_receiving');
  yield* sigaction(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGCHLD']);
  const log: Log = [];
  if (switches.version === 219) say(log, 'info', 'starting version 219');
  const rules = yield* loadRules(switches, 'early', log);
  yield* applyStaticNodes(rules.files, switches, log);
  yield* toJournal(log, 'info');
  yield* unlink(QUEUE);
  return {
    switches,
    control,
    uevents,
    udevd: idleUdevd,
    rules,
    lastLook: switches.version === 219 ? 0 : yield* monotonic(),
    received: {},
    idleWorkers: 0,
    globals: {},
    childrenMax: CHILDREN_MAX,
    logLevel: 'info',
    lastClient: null,
  };
}

/** Signals of one look: the children's ends, a wish to leave, a wish to reload. */
function* signalled(from: Memory): Sys<Memory> {
  const signals = yield* sigpending();
  let memory = signals.includes('SIGCHLD') ? yield* reap(from) : from;
  if (signals.includes('SIGTERM') || signals.includes('SIGINT')) {
    memory = yield* happened(memory, { type: 'exit.asked' });
  }
  if (signals.includes('SIGHUP')) {
    memory =
      memory.switches.reload === 'at-once'
        ? yield* reload252(memory, true)
        : yield* happened(memory, { type: 'rules.outdated' });
  }
  return memory;
}

function* leave(memory: Memory): Sys<Turn<Memory | null>> {
  yield* unlink(CONTROL);
  if (memory.lastClient !== null) yield* close(memory.lastClient);
  return { exit: 0 };
}

/** One time round the loop, in v219's order: look at the rules, children, one uevent, then one client. */
function* round(memory: Memory): Sys<Turn<Memory | null>> {
  if (memory.udevd.value === 'gone') return yield* leave(memory);
  const leaving = memory.udevd.value === 'leaving';
  const fds = leaving ? [] : [memory.uevents, memory.control];
  const busy = memory.udevd.value !== 'idle' || memory.idleWorkers > 0;
  const ready = yield* poll(fds, memory.switches.version === 219 && busy && !leaving ? 3000 : null);
  let after = memory.switches.version === 219 ? yield* look219(memory) : memory;
  if (failed(ready)) return { again: yield* signalled(after) };
  if (ready.length === 0 && after.udevd.value === 'idle') after = { ...after, idleWorkers: 0 };
  if (ready.includes(memory.uevents)) after = yield* receive(after);
  if (ready.includes(memory.control)) after = yield* serveClient(after);
  return { again: after };
}

export const systemdUdevd = daemon<Memory | null>({
  begin: () => null,
  *turn(memory) {
    return memory === null ? { again: yield* startUp() } : yield* round(memory);
  },
});
