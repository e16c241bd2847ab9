/**
 * Reading and writing a file's ACLs by way of the two extended attributes.
 *
 * Models: libacl 2.2.51 acl_get_file, acl_set_file, acl_delete_def_file
 */
import { type Acl, fromMode } from '../../acl/entry.ts';
import { fromXattr, toXattr } from '../../acl/xattr.ts';
import { type Failure, failed } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { getxattr, removexattr, setxattr, stat } from '../../libc/sys.ts';

export const ACCESS = 'system.posix_acl_access';
export const DEFAULT = 'system.posix_acl_default';

/** A file without the attribute has the ACL that its mode spells; a file system without ACLs likewise. */
export function* getAccess(path: string): Sys<Acl | Failure> {
  const value = yield* getxattr(path, ACCESS);
  if (!failed(value)) return fromXattr(value) ?? { errno: 'EINVAL' };
  if (value.errno !== 'ENODATA' && value.errno !== 'EOPNOTSUPP') return value;
  const st = yield* stat(path);
  return failed(st) ? st : fromMode(st.mode);
}

/** Empty where a directory has no default ACL. */
export function* getDefault(path: string): Sys<Acl | Failure> {
  const value = yield* getxattr(path, DEFAULT);
  if (!failed(value)) return fromXattr(value) ?? { errno: 'EINVAL' };
  return value.errno === 'ENODATA' || value.errno === 'EOPNOTSUPP' ? [] : value;
}

export const setAccess = (path: string, acl: Acl, source: string) =>
  setxattr(path, ACCESS, toXattr(acl), source);

export const setDefault = (path: string, acl: Acl, source: string) =>
  acl.length === 0
    ? removexattr(path, DEFAULT, source)
    : setxattr(path, DEFAULT, toXattr(acl), source);
