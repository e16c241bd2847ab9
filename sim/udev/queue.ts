/**
 * Which events may be handled at the same time, and which must wait for an earlier one.
 *
 * Models: systemd v219 src/udev/udevd.c event_queue_insert, is_devpath_busy; v252 event_is_blocked, devpath_conflict
 * Leaves out: the remembered `delaying_seqnum`, which only saves work.
 *
 * Events of one device are strictly in the order of their numbers; parents and children wait for each
 * other; everything else runs side by side.
 */
import type { Uevent } from '../kernel/request.ts';

export type QueuedEvent = Readonly<{
  seqnum: number;
  uevent: Uevent;
  /** The worker's pid while it is being handled. */
  worker: number | null;
}>;

const property = (event: QueuedEvent, key: string): string | undefined =>
  event.uevent.properties[key];

/** `c10:232`, `b7:0`; null without a device number. */
function devnum(event: QueuedEvent): string | null {
  const major = Number(property(event, 'MAJOR') ?? 0);
  if (major === 0) return null;
  const kind = event.uevent.subsystem === 'block' ? 'b' : 'c';
  return `${kind}${major}:${property(event, 'MINOR') ?? 0}`;
}

const contains = (parent: string, child: string): boolean => child.startsWith(`${parent}/`);

const related = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && (a === b || contains(a, b) || contains(b, a));

/** v219: an identical path is no conflict when the numbers show that the name has been taken over by another device. */
function conflict219(earlier: QueuedEvent, event: QueuedEvent): boolean {
  const number = devnum(event);
  if (number !== null && number === devnum(earlier)) return true;
  const ifindex = property(event, 'IFINDEX');
  if (ifindex !== undefined && ifindex === property(earlier, 'IFINDEX')) return true;
  const path = event.uevent.devpath;
  const other = earlier.uevent.devpath;
  if (property(event, 'DEVPATH_OLD') === other) return true;
  if (path !== other) return related(path, other);
  if (number !== null) return false;
  return ifindex === undefined;
}

/** v252: the same id, related paths, or the same node name. */
function conflict252(earlier: QueuedEvent, event: QueuedEvent): boolean {
  const number = devnum(event);
  if (number !== null && number === devnum(earlier)) return true;
  const path = event.uevent.devpath;
  const other = earlier.uevent.devpath;
  const node = property(event, 'DEVNAME');
  return (
    related(path, other) ||
    related(path, property(earlier, 'DEVPATH_OLD')) ||
    related(property(event, 'DEVPATH_OLD'), other) ||
    (node !== undefined && node === property(earlier, 'DEVNAME'))
  );
}

/** The earlier event that this one waits for; undefined when it may start. */
export function blocker(
  queue: readonly QueuedEvent[],
  event: QueuedEvent,
  version: 219 | 252,
): QueuedEvent | undefined {
  const conflicts = version === 219 ? conflict219 : conflict252;
  return queue.find((earlier) => earlier.seqnum < event.seqnum && conflicts(earlier, event));
}

/** Events that may start now, in order, no more than there is room for. */
export function startable(
  queue: readonly QueuedEvent[],
  version: 219 | 252,
  childrenMax: number,
): readonly QueuedEvent[] {
  const running = queue.filter((event) => event.worker !== null).length;
  return queue
    .filter((event) => event.worker === null && !blocker(queue, event, version))
    .slice(0, Math.max(0, childrenMax - running));
}
