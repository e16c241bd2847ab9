/**
 * Extended attributes that mean nothing to the kernel: user.*, trusted.*.
 *
 * Models: Linux 6.1 fs/xattr.c xattr_permission, vfs_setxattr, vfs_getxattr, vfs_listxattr
 * Leaves out: security.*; limits on size; that memory file systems have user.* only from 6.6 on.
 */
import { type Call, draftInode, type Outcome } from '../call.ts';
import { capable } from '../credentials.ts';
import type { Failure } from '../errno.ts';
import type { Inode } from '../inode.ts';
import { mayAccess, ownerOrCapable } from '../judge.ts';
import { own } from '../own.ts';

const READ = 4;
const WRITE = 2;

/** May an attribute of this name be read or written here? Null: yes. */
function refusal(call: Call, inode: Inode, name: string, want: number): Failure | null {
  const [, space = '', rest = ''] = /^(user|trusted)\.(.*)$/s.exec(name) ?? [];
  if (space === '') return { errno: 'EOPNOTSUPP' };
  if (rest === '') return { errno: 'EINVAL' };
  const absent: Failure = { errno: want === WRITE ? 'EPERM' : 'ENODATA' };
  if (space === 'trusted') return capable(call.task.cred, 'CAP_SYS_ADMIN') ? null : absent;
  if (inode.type !== 'file' && inode.type !== 'dir') return absent;
  const sticky = inode.type === 'dir' && (inode.mode & 0o1000) !== 0;
  if (sticky && want === WRITE && !ownerOrCapable(call.task, inode)) return { errno: 'EPERM' };
  return mayAccess(call.kernel, call.task, inode, want);
}

export function getUserXattr(call: Call, inode: Inode, name: string): Outcome {
  return refusal(call, inode, name, READ) ?? own(inode.xattrs ?? {}, name) ?? { errno: 'ENODATA' };
}

/** null takes it away. */
export function setUserXattr(
  call: Call,
  inode: Inode,
  name: string,
  value: string | null,
): Outcome {
  const refused = refusal(call, inode, name, WRITE);
  if (refused) return refused;
  if (value === null && own(inode.xattrs ?? {}, name) === undefined) return { errno: 'ENODATA' };
  const { [name]: _, ...others } = inode.xattrs ?? {};
  const draft = draftInode(call, inode.ino);
  draft.xattrs = value === null ? others : { ...others, [name]: value };
  draft.ctime = call.now;
  return null;
}

/** trusted.* is shown only to those who may read it. */
export const userXattrNames = (call: Call, inode: Inode): string[] =>
  Object.keys(inode.xattrs ?? {}).filter(
    (name) => !name.startsWith('trusted.') || capable(call.task.cred, 'CAP_SYS_ADMIN'),
  );
