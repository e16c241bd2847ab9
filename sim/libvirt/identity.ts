/**
 * As whom QEMU runs: the user and group of qemu.conf, and the groups that /etc/group adds.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_conf.c virQEMUDriverConfigNew (user, group);
 *   src/util/virutil.c virGetUserID, virGetGroupID, virGetGroupList
 *
 * Membership of group kvm comes from /etc/group, not from qemu.conf, and is read anew at each use; but
 * whether anyone looks again is another question (see kvmUsable.ts).
 * Leaves out: the session daemon, which has no user to change to.
 */
import type { Credentials } from '../kernel/credentials.ts';
import type { Sys } from '../kernel/program.ts';
import { getgrnam, getgrouplist, getpwnam, getpwuid } from '../libc/nss.ts';
import type { Conf } from './conf.ts';
import type { LibvirtSwitches } from './switches.ts';

export type RunAs = Readonly<{ uid: number; gid: number }>;

/** A leading plus forces a number; a bare number is tried as a name first. */
const numeric = (text: string): number | null =>
  /^\+\d+$/.test(text) ? Number(text.slice(1)) : null;
const fallback = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);

/** virGetUserID, virGetGroupID; null where the real daemon would refuse to start its driver. */
export function* runAs(conf: Conf, built: LibvirtSwitches): Sys<RunAs | null> {
  const user = conf['user'] ?? built.qemuUser;
  const group = conf['group'] ?? built.qemuGroup;
  const uid = numeric(user) ?? (yield* getpwnam(user))?.uid ?? fallback(user);
  const gid = numeric(group) ?? (yield* getgrnam(group))?.gid ?? fallback(group);
  return uid === null || gid === null ? null : { uid, gid };
}

/** virGetGroupList: the user's groups, and the gid itself if they lack it. */
export function* groupList({ uid, gid }: RunAs): Sys<readonly number[]> {
  const user = yield* getpwuid(uid);
  if (user === null) return [gid];
  const list = yield* getgrouplist(user.name, user.gid);
  return list.includes(gid) ? list : [...list, gid];
}

/** What virSetUIDGIDWithCaps leaves of a child: no capability, or those it was allowed. */
export function* credentialsOf(who: RunAs, caps: Credentials['caps'] = []): Sys<Credentials> {
  return { uid: who.uid, gid: who.gid, groups: yield* groupList(who), caps };
}
