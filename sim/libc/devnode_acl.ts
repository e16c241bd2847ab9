/**
 * Give a device node to one user and take it from another, by its ACL.
 *
 * Models: systemd v219 src/login/logind-acl.c devnode_acl, flush_acl (linked into udevd and logind);
 *   libacl 2.2.51 acl_get_file, acl_set_file, acl_calc_mask
 *
 * Three system calls with time between them: what another process writes to the ACL or the mode between
 * the get and the set is lost. And nothing here ever touches group_obj or removes the mask: after the
 * last named user has gone, `user::rw- group::--- mask::--- other::---` is still an extended ACL, to
 * which the next chmod(2) writes its group bits as the *mask*.
 */
import { type Acl, calcMask, entry, find, fromMode, inOrder, READ, WRITE } from '../acl/entry.ts';
import { fromXattr, toXattr } from '../acl/xattr.ts';
import { type Failure, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { getxattr, setxattr, stat } from './sys.ts';

const ACCESS = 'system.posix_acl_access';

export type AclChange = Readonly<{
  /** Remove every named user first. */
  flush: boolean;
  /** Remove this user, unless flushing or root. */
  del: number | null;
  /** Give this user read and write, unless root. */
  add: number | null;
}>;

/** devnode_acl's decision: the new ACL, or null when nothing is to be written. */
export function changedAcl(acl: Acl, { flush, del, add }: AclChange): Acl | null {
  const kept = acl.filter((e) => e.tag !== 'user' || (!flush && (e.id !== del || del === 0)));
  const before = add === null || add <= 0 ? undefined : find(kept, 'user', add);
  const wants = add !== null && add > 0 && ((before?.perm ?? 0) & (READ | WRITE)) !== 6;
  if (kept.length === acl.length && !wants) return null;
  const given = entry('user', (before?.perm ?? 0) | READ | WRITE, add);
  return calcMask(wants ? inOrder([...kept.filter((e) => e !== before), given]) : kept);
}

/** acl_get_file: a file without an ACL has the one that its mode says. */
export function* aclGetFile(path: string): Sys<Acl | Failure> {
  const value = yield* getxattr(path, ACCESS);
  if (!failed(value)) return fromXattr(value) ?? { errno: 'EINVAL' };
  if (value.errno !== 'ENODATA') return value;
  const seen = yield* stat(path);
  return failed(seen) ? seen : fromMode(seen.mode);
}

export const aclSetFile = (path: string, acl: Acl, source: string) =>
  setxattr(path, ACCESS, toXattr(acl), source);

/** Null when the node is as wished, changed or not. */
export function* devnodeAcl(
  path: string,
  change: AclChange,
  source = 'systemd v219 src/login/logind-acl.c devnode_acl',
): Sys<Failure | null> {
  const acl = yield* aclGetFile(path);
  if (failed(acl)) return acl;
  const wanted = changedAcl(acl, change);
  return wanted === null ? null : yield* aclSetFile(path, wanted, source);
}
