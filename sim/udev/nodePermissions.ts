/**
 * Owner and mode of a device node, put right if they differ.
 *
 * Models: systemd v219 src/udev/udev-node.c node_permissions_apply, udev-event.c udev_event_execute_rules (the defaults);
 *   v252 udev-node.c udev_node_apply_permissions_impl, udev-event.c update_devnode, src/basic/fs-util.c fchmod_and_chown
 * Leaves out: SELinux and SMACK labels beyond their messages; v252 holds the node by an O_PATH descriptor, here by its path.
 *
 * It compares st_mode, whose group bits are the ACL's *mask* when there is an ACL, and knows nothing of
 * ACLs itself. So a node with `group::---` and `mask::rw-` looks right to it, for ever.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { Stat } from '../kernel/request.ts';
import { chmod, chown, lstat, stat, utimensat } from '../libc/sys.ts';
import { idOf } from './device.ts';
import { note, octal, type UdevEvent } from './event.ts';
import { INVALID_ID } from './numbers.ts';

const SOURCE_219 = 'systemd v219 src/udev/udev-node.c node_permissions_apply';
const SOURCE_252 = 'systemd v252 src/udev/udev-node.c udev_node_apply_permissions_impl';

/** What the kernel suggests with DEVMODE, DEVUID, DEVGID. */
function suggested(event: UdevEvent, key: string, base: number): number | null {
  const text = event.device.properties.get(key);
  return text === undefined ? null : Number.parseInt(text, base);
}

export type Permissions = Readonly<{ mode: number; uid: number; gid: number }>;

/** v219: what the node shall have, and whether this event may touch it. */
export function permissions219(event: UdevEvent): Permissions & { apply: boolean } {
  const set = event.uid !== null || event.gid !== null || event.mode !== null;
  const uid = event.uid ?? suggested(event, 'DEVUID', 10) ?? 0;
  const gid = event.gid ?? suggested(event, 'DEVGID', 10) ?? 0;
  const fallback = suggested(event, 'DEVMODE', 8) || (gid > 0 ? 0o660 : 0o600);
  return { mode: event.mode ?? fallback, uid, gid, apply: event.device.action === 'add' || set };
}

/** The comparison that decides whether chmod and chown happen at all. */
export const differ219 = (seen: Permissions, wanted: Permissions): boolean =>
  (seen.mode & 0o777) !== (wanted.mode & 0o777) ||
  seen.uid !== wanted.uid ||
  seen.gid !== wanted.gid;

const isNode = (event: UdevEvent, seen: Stat): boolean => {
  const { subsystem, devnum } = event.device;
  const type = subsystem === 'block' ? 'block' : 'char';
  return seen.type === type && seen.rdev?.[0] === devnum?.[0] && seen.rdev?.[1] === devnum?.[1];
};

/** False when there is no such node: links are not made either. */
export function* apply219(event: UdevEvent, path: string): Sys<boolean> {
  const { apply, mode, uid, gid } = permissions219(event);
  const ids = `uid=${uid}, gid=${gid}`;
  const id = idOf(event.device);
  note(event, 'debug', `handling device node '${path}', devnum=${id}, mode=${octal(mode)}, ${ids}`);
  const seen = yield* lstat(path);
  if (failed(seen)) {
    note(event, 'debug', `can not stat() node '${path}' (${strerror(seen.errno)})`);
    return false;
  }
  if (!isNode(event, seen)) {
    note(event, 'debug', `found node '${path}' with non-matching devnum ${id}, skip handling`);
    return false;
  }
  // The file type is part of the mode that v219 prints: 020666 for a character device.
  const full = octal(mode | (seen.type === 'block' ? 0o060000 : 0o020000));
  if (apply && differ219(seen, { mode, uid, gid })) {
    note(event, 'debug', `set permissions ${path}, ${full}, ${ids}`);
    const changed = yield* chmod(path, mode & 0o7777, SOURCE_219);
    if (failed(changed)) {
      const reason = strerror(changed.errno);
      note(event, 'warning', `setting mode of ${path} to ${full} failed: ${reason}`);
    }
    const owned = yield* chown(path, uid, gid, SOURCE_219);
    if (failed(owned)) {
      const reason = strerror(owned.errno);
      note(event, 'warning', `setting owner of ${path} to ${ids} failed: ${reason}`);
    }
  } else if (apply) {
    note(event, 'debug', `preserve permissions ${path}, ${full}, ${ids}`);
  }
  yield* utimensat(path, null, null, SOURCE_219);
  return true;
}

export type Wish = Readonly<{ mode: number | null; uid: number | null; gid: number | null }>;

const valid = (id: number | null) => (id === INVALID_ID ? null : id);

/** v252: what rules or kernel have asked for; null leaves as it is. */
export function wish252(event: UdevEvent): Wish {
  const uid = valid(event.uid) ?? suggested(event, 'DEVUID', 10);
  const gid = valid(event.gid) ?? suggested(event, 'DEVGID', 10);
  return { mode: event.mode ?? suggested(event, 'DEVMODE', 8), uid, gid };
}

/** "If group is set, but mode is not set, upgrade mode for the group." */
export const upgraded = (wish: Wish): Wish =>
  wish.mode === null && wish.gid !== null && wish.gid > 0 ? { ...wish, mode: 0o660 } : wish;

export function differ252(seen: Permissions, { mode, uid, gid }: Wish): boolean {
  return (
    (mode !== null && (seen.mode & 0o777) !== (mode & 0o777)) ||
    (uid !== null && uid !== seen.uid) ||
    (gid !== null && gid !== seen.gid)
  );
}

/** fchmod_and_chown: never more rights than before and after; with new owners that is chmod, chown, chmod. */
export function* chmodAndChown(
  path: string,
  seen: Stat,
  wish: Wish,
  source: string,
): Sys<null | string> {
  const owners =
    (wish.uid !== null && wish.uid !== seen.uid) || (wish.gid !== null && wish.gid !== seen.gid);
  const mode = (wish.mode ?? seen.mode) & 0o7777;
  const modes = owners || mode !== seen.mode;
  const minimal = seen.mode & mode;
  if (owners && minimal !== seen.mode) {
    const cut = yield* chmod(path, minimal, source);
    if (failed(cut)) return strerror(cut.errno);
  }
  if (owners) {
    const owned = yield* chown(path, wish.uid ?? -1, wish.gid ?? -1, source);
    if (failed(owned)) return strerror(owned.errno);
  }
  const set = modes ? yield* chmod(path, mode, source) : null;
  return failed(set) ? strerror(set.errno) : null;
}

function logLabels(event: UdevEvent): void {
  for (const [name, label] of event.seclabels) {
    if (name === 'selinux') note(event, 'debug', `SECLABEL: set SELinux label '${label}'`);
    else if (name === 'smack') note(event, 'debug', `SECLABEL: set SMACK label '${label}'`);
    else note(event, 'err', `SECLABEL: unknown subsystem, ignoring '${name}'='${label}'`);
  }
}

/** False: the node cannot even be looked at, and the event ends here. */
export function* apply252(event: UdevEvent, path: string): Sys<boolean> {
  const seen = yield* lstat(path);
  const opened = failed(seen) ? seen : yield* stat(path);
  if (failed(opened) && opened.errno === 'ELOOP') {
    note(event, 'err', `Cannot open node ${path}: ${strerror('ELOOP')}`);
    note(event, 'err', `Failed to apply devnode permissions: ${strerror('ELOOP')}`);
    return false;
  }
  if (failed(seen) || !isNode(event, seen)) {
    note(event, 'debug', `Device node ${path} is missing, skipping handling.`);
    return true;
  }
  const wish = upgraded(wish252(event));
  const ids = `uid=${wish.uid ?? seen.uid}, gid=${wish.gid ?? seen.gid}`;
  const target = `${path}, ${ids}, mode=${octal((wish.mode ?? seen.mode) & 0o777)}`;
  const change = differ252(seen, wish);
  if (change) {
    note(event, 'debug', `Setting permissions ${target}`);
    const error = yield* chmodAndChown(path, seen, wish, SOURCE_252);
    if (error !== null) {
      const what = `${path} to ${target.slice(path.length + 2)}`;
      note(event, 'err', `Failed to set owner/mode of ${what}: ${error}`);
    }
  } else if (event.device.action === 'add') {
    note(event, 'debug', `Preserve permissions of ${target}`);
  }
  if (change || event.device.action === 'add') logLabels(event);
  yield* utimensat(path, null, null, SOURCE_252);
  return true;
}
