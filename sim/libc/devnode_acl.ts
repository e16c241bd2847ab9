/**
 * Give a device node to one user and take it from others, by way of its ACL.
 *
 * Models: systemd v219 src/login/logind-acl.c devnode_acl, flush_acl; libacl acl_get_file, acl_set_file
 *
 * Only named users are touched. Whenever something changes the mask is calculated anew and stays for
 * ever, so the ACL remains extended after the last named user has gone: group_obj then keeps whatever
 * it was when the first entry came, and no later chmod reaches it. Root (uid 0) gets no entry.
 */
import { type Acl, calcMask, entry, fromMode, inOrder, READ, WRITE } from '../acl/entry.ts';
import { fromXattr, toXattr } from '../acl/xattr.ts';
import { type Failure, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { getxattr, setxattr, stat } from './sys.ts';

export type AclChange = Readonly<{
  /** Remove every named user first. */
  flush: boolean;
  /** Remove this user; null for nobody. */
  remove: number | null;
  /** Add this user with read and write; null for nobody. */
  add: number | null;
}>;

const XATTR = 'system.posix_acl_access';

/** acl_get_file: a file without the attribute has the ACL that its mode spells. */
export function* aclGetFile(path: string): Sys<Acl | Failure> {
  const value = yield* getxattr(path, XATTR);
  if (!failed(value)) return fromXattr(value) ?? { errno: 'EINVAL' };
  if (value.errno !== 'ENODATA') return value;
  const st = yield* stat(path);
  return failed(st) ? st : fromMode(st.mode);
}

/** What devnode_acl would write; null when nothing changes. */
export function changedAcl(acl: Acl, { flush, remove, add }: AclChange): Acl | null {
  const gone = (uid: number | null) => flush || (remove !== null && remove > 0 && uid === remove);
  const kept = acl.filter((e) => !(e.tag === 'user' && gone(e.id)));
  let changed = kept.length !== acl.length;
  let next: Acl = kept;
  if (add !== null && add > 0) {
    const old = kept.find((e) => e.tag === 'user' && e.id === add)?.perm ?? 0;
    const perm = old | READ | WRITE;
    if (perm !== old) {
      changed = true;
      const others = kept.filter((e) => !(e.tag === 'user' && e.id === add));
      next = inOrder([...others, entry('user', perm, add)]);
    }
  }
  return changed ? calcMask(next) : null;
}

/** get, decide, set: three separate moments, as in life. null: done, or nothing to do. */
export function* devnodeAcl(path: string, change: AclChange, source: string): Sys<Failure | null> {
  const acl = yield* aclGetFile(path);
  if (failed(acl)) return acl;
  const next = changedAcl(acl, change);
  if (next === null) return null;
  return yield* setxattr(path, XATTR, toXattr(next), source);
}
