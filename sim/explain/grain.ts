/**
 * Where one actor can be interrupted by another: the system calls that touch what they share.
 *
 * Everything between two such calls is private to its process and may run at once: nobody could tell the
 * difference. What counts as shared here is the device node and logind's seat file; the rules' directories,
 * udev's database and the queue are not in this grain, so races over them are not found by it.
 */
import type { World } from '../host/world.ts';

const NODE = '/dev/kvm';
const SEAT = '/run/systemd/seats/seat0';

/** The name of a shared step, in the field's words. */
export type Label =
  | 'lstat'
  | 'chmod'
  | 'chown'
  | 'utimensat'
  | 'get'
  | 'set'
  | 'read seat'
  | 'save seat';

/** What the process is about to do that others could see or spoil; null while it is about its own business. */
export function labelOf(world: World, pid: number): Label | null {
  const request = world.processes[pid]?.request;
  if (request === undefined || !('path' in request)) return null;
  if (request.path === SEAT) {
    if (request.call === 'rename') return 'save seat';
    return request.call === 'open' ? 'read seat' : null;
  }
  if (request.path !== NODE) return null;
  switch (request.call) {
    case 'lstat':
    case 'chmod':
    case 'chown':
    case 'utimensat':
      return request.call;
    case 'getxattr':
      return 'get';
    case 'setxattr':
      return 'set';
    default:
      return null;
  }
}
