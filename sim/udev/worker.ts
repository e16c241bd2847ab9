/**
 * The worker: one event, from its rules to its commands, then the message to everybody who listens.
 *
 * Models: systemd v219 src/udev/udevd.c worker_new (the child's loop); v252 worker_process_device, worker_device_monitor_handler
 * Leaves out: further events in the same process, locks on block devices, inotify watches.
 *
 * fork(2) gives the real worker the daemon's rules as they are at that moment; here they come as
 * arguments. Rules that have changed on disk meanwhile do not count.
 */

import { failed } from '../kernel/errno.ts';
import { memo } from '../kernel/memo.ts';
import type { Program } from '../kernel/program.ts';
import type { Uevent } from '../kernel/request.ts';
import { close, netlink, type Sys, sendmsg } from '../libc/sys.ts';
import { setUsec } from './database.ts';
import { deviceOfUevent, publicProperties } from './device.ts';
import { newEvent, note } from './event.ts';
import { executeRules, executeRun } from './execute.ts';
import { type Log, type Priority, toJournal } from './log.ts';
import type { RulesFile } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

/** What the daemon hands to a worker, as JSON: the rules in argv[1], the rest in argv[2]. */
export type Assignment = Readonly<{
  uevent: Uevent;
  /** When the daemon received it, microseconds since boot. */
  received: number;
  rules: readonly RulesFile[];
  globals: Readonly<Record<string, string>>;
  logLevel: Priority;
  switches: UdevSwitches;
}>;

function* handle(assignment: Assignment): Sys<void> {
  const { uevent, rules, globals, switches, logLevel } = assignment;
  const log: Log = [];
  const device = deviceOfUevent(uevent, switches);
  const event = newEvent(device, log, logLevel, globals);
  const tell = (v219: string, v252: string) =>
    note(event, 'debug', switches.version === 219 ? v219 : v252);
  const which = `(SEQNUM=${uevent.seqnum}, ACTION=${uevent.action})`;
  tell(`seq ${uevent.seqnum} running`, `Processing device ${which}`);
  if (switches.version === 219) setUsec(device, assignment.received);
  yield* executeRules(event, rules);
  yield* executeRun(event);
  const socket = yield* netlink('udev');
  if (!failed(socket)) {
    const message = { ...uevent, properties: publicProperties(device) };
    yield* sendmsg(socket, message);
    yield* close(socket);
  }
  tell(`seq ${uevent.seqnum} processed with 0`, `Device processed ${which}`);
  yield* toJournal(log, 'debug');
}

/** Worker after worker gets the same. */
const rulesIn = memo((text) => JSON.parse(text) as readonly RulesFile[], 8);

/** Parses its assignment once; the turn then runs on plain data. */
export const worker: Program = {
  begin: ({ argv }): Assignment => ({
    ...(JSON.parse(argv[2] ?? 'null') as Omit<Assignment, 'rules'>),
    rules: rulesIn(argv[1] ?? '[]'),
  }),
  *turn(memory) {
    yield* handle(memory as Assignment);
    return { exit: 0 };
  },
};
