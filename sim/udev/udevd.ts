/**
 * systemd-udevd: receives uevents, keeps them in order, hands each to a worker.
 *
 * Models: systemd v219 src/udev/udevd.c main, event_queue_insert, handle_ctrl_msg, handle_signal;
 *   v252 src/udev/udevd.c on_uevent, on_ctrl_msg, on_sigterm, on_sighup
 * Leaves out: socket activation, inotify watches, time-outs of events, the cgroup's clean-up.
 *
 * In v219 even `udevadm control --reload` only sets a flag: the files are read, and the names of groups
 * looked up, when the next event comes.
 */
import { failed } from '../kernel/errno.ts';
import { daemon, type Turn } from '../kernel/program.ts';
import { readQuestion } from '../libc/jsonSocket.ts';
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
  umask,
  unlink,
  write,
} from '../libc/sys.ts';
import { CONTROL, type ControlMessage, QUEUE } from './control.ts';
import { happened, look219, type Memory, reap, reload252, trace } from './dispatch.ts';
import { type Log, say, toJournal } from './log.ts';
import { bootTime, sinceBoot } from './monotonic.ts';
import type { QueuedEvent } from './queue.ts';
import { loadRules } from './rulesFiles.ts';
import { applyStaticNodes } from './staticNodes.ts';
import { readSwitches } from './switches.ts';
import { idleUdevd } from './udevd.machine.ts';

/** event_queue_insert, on_uevent. */
function* receive(memory: Memory): Sys<Memory> {
  const uevent = yield* recvmsg(memory.uevents);
  if (failed(uevent)) return memory;
  const received = { ...memory.received, [uevent.seqnum]: yield* sinceBoot(memory.bootedAt) };
  const { seqnum, action, subsystem } = uevent;
  const event: QueuedEvent = { seqnum, uevent, worker: null };
  const text219 = `seq ${seqnum} queued, '${action}' '${subsystem}'`;
  yield* trace(memory, event, text219, `Device is queued (SEQNUM=${seqnum}, ACTION=${action})`);
  return yield* happened({ ...memory, received }, { type: 'kernel.announced', event });
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
  const bootedAt = yield* bootTime();
  return {
    switches,
    control,
    uevents,
    udevd: idleUdevd,
    rules,
    lastLook: switches.version === 219 ? 0 : yield* sinceBoot(bootedAt),
    bootedAt,
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
