/**
 * Making a new name: the mode under umask, or the ACL inherited from the directory's default ACL.
 *
 * Models: Linux 3.10 fs/namei.c vfs_create, vfs_mkdir, vfs_mknod; fs/posix_acl.c posix_acl_create_masq;
 *   fs/generic_acl.c generic_acl_init
 */
import type { Draft } from 'immer';
import { type Acl, find, isExtended, toMode } from '../acl/entry.ts';
import { blankInode, type Call, draftInode } from './call.ts';
import { capable } from './credentials.ts';
import type { Failure } from './errno.ts';
import type { FileType, Inode } from './inode.ts';
import { mayAccess } from './judge.ts';
import { leaveName } from './listing.ts';
import { put, remove, things } from './pages.ts';
import { mountOf, type Place, type Target } from './walk.ts';

/** posix_acl_create_masq: an inherited ACL, limited by the mode that the creator asks for. */
function limitedBy(acl: Acl, mode: number): Acl {
  const groupTag = find(acl, 'mask') ? 'mask' : 'group_obj';
  return acl.map((e) => {
    if (e.tag === 'user_obj') return { ...e, perm: e.perm & (mode >> 6) & 7 };
    if (e.tag === 'other') return { ...e, perm: e.perm & mode & 7 };
    return e.tag === groupTag ? { ...e, perm: e.perm & (mode >> 3) & 7 } : e;
  });
}

/** The rights of a new file in a directory: umask, or the directory's default ACL instead of it. */
export function newRights(
  directory: Inode,
  mode: number,
  umask: number,
): Pick<Inode, 'mode' | 'acl'> {
  if (directory.defaultAcl === null) return { mode: mode & ~umask, acl: null };
  const acl = limitedBy(directory.defaultAcl, mode);
  return { mode: (mode & 0o7000) | toMode(acl), acl: isExtended(acl) ? acl : null };
}

/** may_create, may_delete: write and search on the directory, and the sticky bit. */
export function mayChange(call: Call, directory: Place, victim: Inode | null): Failure | null {
  if (directory.inode === null) return { errno: 'EPERM' };
  if (mountOf(call.kernel, directory.mount).readonly) return { errno: 'EROFS' };
  const refused = mayAccess(call.kernel, call.task, directory.inode, 3);
  if (refused) return refused;
  const sticky = (directory.inode.mode & 0o1000) !== 0;
  const uid = call.task.cred.uid;
  if (sticky && victim && victim.uid !== uid && directory.inode.uid !== uid) {
    return capable(call.task.cred, 'CAP_FOWNER') ? null : { errno: 'EPERM' };
  }
  return null;
}

/** Add a new inode under target.name. The caller has checked that the name is free. */
export function createAt(
  call: Call,
  target: Target,
  type: FileType,
  mode: number,
  more: Partial<Inode> = {},
): number | Failure {
  const refused = mayChange(call, target.parent, null);
  if (refused) return refused;
  const directory = target.parent.inode;
  if (directory === null) return { errno: 'EPERM' };
  if (call.kernel.faults.noSpace && type !== 'socket') return { errno: 'ENOSPC' };
  const kernel = call.draft();
  const ino = kernel.nextIno++;
  const rights = newRights(directory, mode, call.task.umask);
  const inherits = (directory.mode & 0o2000) !== 0;
  const inode: Inode = {
    ...blankInode(ino, call.now),
    type,
    ...rights,
    mode: type === 'dir' && inherits ? rights.mode | 0o2000 : rights.mode,
    uid: call.task.cred.uid,
    gid: inherits ? directory.gid : call.task.cred.gid,
    defaultAcl: type === 'dir' ? directory.defaultAcl : null,
    nlink: type === 'dir' ? 2 : 1,
    ...more,
  };
  put(kernel.inodes, ino, inode as Draft<Inode>);
  const parent = draftInode(call, directory.ino);
  parent.entries[target.name] = ino;
  parent.mtime = call.now;
  parent.ctime = call.now;
  if (type === 'dir') parent.nlink++;
  return ino;
}

/** Take a name out of its directory, and the inode with its last name. */
export function removeName(call: Call, target: Target, inode: Inode): void {
  const directory = target.parent.inode;
  if (directory === null) throw new Error(`${target.name} was found in a computed directory`);
  const parent = draftInode(call, directory.ino);
  leaveName(parent, target.name, call.now);
  if (inode.type === 'dir') parent.nlink--;
  const links = inode.type === 'dir' ? 0 : inode.nlink - 1;
  const held = things(call.kernel.files).some((f) => 'ino' in f && f.ino === inode.ino);
  if (links > 0 || held) {
    const left = draftInode(call, inode.ino);
    left.nlink = links;
    left.ctime = call.now;
  } else {
    remove(call.draft().inodes, inode.ino);
  }
}
