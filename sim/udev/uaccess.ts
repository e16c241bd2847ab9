/**
 * The builtin that gives a device to whoever sits at the seat.
 *
 * Models: systemd v219 src/udev/udev-builtin-uaccess.c builtin_uaccess, src/login/sd-login.c sd_seat_get_active,
 *   src/shared/util.c logind_running; v252 src/udev/udev-builtin-uaccess.c
 *
 * It believes logind's state file, which logind writes only after it has changed the ACLs itself. A user
 * that it removes and adds again counts as a change, so it writes, over whatever has happened meanwhile.
 */
import { type Errno, failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { devnodeAcl } from '../libc/devnode_acl.ts';
import { access, readFile, umask } from '../libc/sys.ts';
import { propertiesOf } from './device.ts';
import { note, type UdevEvent } from './event.ts';

const SOURCE = 'systemd v219 src/udev/udev-builtin-uaccess.c builtin_uaccess';

/** ACTIVE_UID of /run/systemd/seats/<seat>; null when nobody is there. */
export function activeUid(seatFile: string): number | null {
  const [, uid] = /^ACTIVE_UID=(\d+)$/m.exec(seatFile) ?? [];
  return uid === undefined ? null : Number(uid);
}

function* apply(event: UdevEvent, path: string, add: number | null): Sys<Errno | null> {
  const outcome = yield* devnodeAcl(path, { flush: true, remove: null, add }, SOURCE);
  if (outcome === null) return null;
  const reason = strerror(outcome.errno);
  if (event.switches.version === 219) {
    note(event, 'err', `Failed to apply ACL on ${path}: ${reason}`);
  } else {
    const priority = outcome.errno === 'ENOENT' ? 'debug' : 'err';
    note(event, priority, `Failed to apply ACL: ${reason}`);
  }
  return outcome.errno;
}

export function* uaccess(event: UdevEvent): Sys<Errno | null> {
  yield* umask(0o022);
  // No seats directory: logind does not run, hands off.
  if (failed(yield* access('/run/systemd/seats/', 0))) return null;
  const path = event.device.devnode;
  const seat = propertiesOf(event.device).get('ID_SEAT') ?? 'seat0';
  const file = yield* readFile(`/run/systemd/seats/${seat}`);
  if (failed(file) && file.errno !== 'ENOENT') {
    if (event.switches.version === 219) {
      note(event, 'err', `Failed to determine active user on seat ${seat}.`);
    } else {
      const reason = strerror(file.errno);
      note(event, 'warning', `Failed to determine active user on seat ${seat}: ${reason}`);
    }
  }
  if (path === null) return null;
  const uid = failed(file) ? null : activeUid(file);
  const given = uid === null ? null : yield* apply(event, path, uid);
  if (uid !== null && given === null) return null;
  // "Better be safe than sorry": without an active user, or after a failure, only flush.
  const flushed = yield* apply(event, path, null);
  return given ?? flushed;
}
