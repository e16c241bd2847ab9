/**
 * Reading and changing what a file is allowed: stat, access, chmod, chown, times, ACL attributes.
 *
 * Models: Linux 3.10 fs/open.c chmod_common, chown_common; fs/attr.c setattr_copy, inode_change_ok; fs/utimes.c;
 *   fs/generic_acl.c generic_acl_set, generic_acl_get; fs/posix_acl.c posix_acl_update_mode
 *
 * chmod and chown bump ctime even when nothing changes. removexattr of an ACL leaves the mode bits as the
 * mask had set them, and on 3.10 it does not touch ctime either.
 */
import { check, chmodMasq, isExtended, toMode } from '../../acl/entry.ts';
import { fromXattr, toXattr } from '../../acl/xattr.ts';
import { type Call, draftInode, fileOf, find, type Outcome } from '../call.ts';
import { capable, inGroup } from '../credentials.ts';
import { heldAt } from '../descriptorLinks.ts';
import { type Failure, failed } from '../errno.ts';
import type { Inode } from '../inode.ts';
import { mayAccess, ownerOrCapable } from '../judge.ts';
import { get } from '../pages.ts';
import { pseudo } from '../pseudo.ts';
import type { Stat } from '../request.ts';
import type { OpenFile } from '../state.ts';
import { mountOf, type Place } from '../walk.ts';
import { getUserXattr, setUserXattr, userXattrNames } from './userXattrs.ts';

const ACCESS_ACL = 'system.posix_acl_access';
const DEFAULT_ACL = 'system.posix_acl_default';

/** A directory takes a block on the disk; in memory it takes none and counts 20 bytes a name. */
function directorySize(inode: Inode, onDisk: boolean): number {
  return onDisk ? 4096 : 40 + 20 * Object.keys(inode.entries).length;
}

function statOf(call: Call, inode: Inode, mount: number): Stat {
  const { type, mode, ino, nlink, uid, gid, rdev, atime, mtime, ctime, content } = inode;
  const onDisk = !mountOf(call.kernel, mount).type.endsWith('tmpfs');
  const size = type === 'dir' ? directorySize(inode, onDisk) : utf8Length(content);
  // What truncate has made longer is a hole; NULs that somebody wrote are taken for one too.
  const holds = type === 'file' ? /[^\0]/.test(content) : type === 'dir' && onDisk;
  const pages = holds ? Math.ceil(size / 4096) : 0;
  const times = { atime, mtime, ctime };
  return {
    type,
    mode,
    ino,
    dev: String(mount),
    nlink,
    uid,
    gid,
    rdev,
    size,
    blocks: pages * 8,
    ...times,
  };
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function statPlace(call: Call, place: Place): Stat | Failure {
  if (place.inode) return statOf(call, place.inode, place.mount);
  const node = pseudo(call.kernel, call.task, place.path);
  if (node === null) return { errno: 'ENOENT' };
  const { type, mode } = node;
  const times = {
    atime: call.kernel.bootedAt,
    mtime: call.kernel.bootedAt,
    ctime: call.kernel.bootedAt,
  };
  const size = place.path.startsWith('/sys') && type === 'file' ? 4096 : 0;
  const blank = { ino: 0, nlink: 1, uid: 0, gid: 0, rdev: null, size, blocks: 0, ...times };
  return { type, mode, dev: String(place.mount), ...blank };
}

export function statPath(call: Call, path: string, follow: boolean): Outcome {
  const place = find(call, path, follow);
  if (failed(place)) return place;
  const held = follow && place.inode === null ? heldAt(call.kernel, place.path) : null;
  return held ? statOpen(call, held.file) : statPlace(call, place);
}

export function fstat(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  return open === null ? { errno: 'EBADF' } : statOpen(call, open.file);
}

function statOpen(call: Call, file: OpenFile): Outcome {
  if ('ino' in file) {
    const inode = get(call.kernel.inodes, file.ino);
    return inode ? statOf(call, inode, 'mount' in file ? file.mount : 0) : { errno: 'ENOENT' };
  }
  if (file.kind === 'pseudo') return statPath(call, file.path, true);
  const type = file.kind === 'terminal' ? 'char' : file.kind === 'stream' ? 'fifo' : 'socket';
  const rdev = type === 'char' ? ([136, 0] as const) : null;
  const times = { atime: call.now, mtime: call.now, ctime: call.now };
  const blank = { ino: 0, dev: '0', nlink: 1, uid: 0, gid: 0, size: 0, blocks: 0 };
  return { type, mode: 0o600, rdev, ...blank, ...times };
}

/** access(2): the checks of inode_permission, blind to nodev, to missing drivers and to what open does later. */
export function access(call: Call, path: string, want: number): Outcome {
  const place = find(call, path);
  if (failed(place)) return place;
  if (place.inode === null) {
    const node = pseudo(call.kernel, call.task, place.path);
    const bits = call.task.cred.uid === 0 ? (node?.mode ?? 0) >> 6 : (node?.mode ?? 0);
    const writes = (want & 2) !== 0 && (bits & 2) === 0;
    return writes ? { errno: 'EACCES' } : null;
  }
  const device = place.inode.rdev !== null;
  if (want & 2 && !device && mountOf(call.kernel, place.mount).readonly) return { errno: 'EROFS' };
  return want === 0 ? null : mayAccess(call.kernel, call.task, place.inode, want);
}

/** The inode at a path for a change of its attributes. */
function changeable(call: Call, path: string, follow = true): Inode | Failure {
  const place = find(call, path, follow);
  if (failed(place)) return place;
  if (mountOf(call.kernel, place.mount).readonly) return { errno: 'EROFS' };
  return place.inode ?? { errno: 'EPERM' };
}

export function chmod(call: Call, path: string, mode: number): Outcome {
  const inode = changeable(call, path);
  if (failed(inode)) return inode;
  if (!ownerOrCapable(call.task, inode)) return { errno: 'EPERM' };
  const foreign = !inGroup(call.task.cred, inode.gid) && !capable(call.task.cred, 'CAP_FOWNER');
  const draft = draftInode(call, inode.ino);
  draft.mode = mode & (foreign ? 0o5777 : 0o7777);
  if (inode.acl) draft.acl = [...chmodMasq(inode.acl, mode)];
  draft.ctime = call.now;
  return null;
}

export function chown(
  call: Call,
  path: string,
  uid: number,
  gid: number,
  follow: boolean,
): Outcome {
  const inode = changeable(call, path, follow);
  if (failed(inode)) return inode;
  const { cred } = call.task;
  const givesAway = uid !== -1 && (uid !== inode.uid || cred.uid !== inode.uid);
  const foreignGroup =
    gid !== -1 && !(cred.uid === inode.uid && (inGroup(cred, gid) || gid === inode.gid));
  if ((givesAway || foreignGroup) && !capable(cred, 'CAP_CHOWN')) return { errno: 'EPERM' };
  const draft = draftInode(call, inode.ino);
  if (uid !== -1) draft.uid = uid;
  if (gid !== -1) draft.gid = gid;
  if (inode.type !== 'dir') {
    const sgid = (inode.mode & 0o010) !== 0 ? 0o2000 : 0;
    draft.mode = inode.mode & ~(0o4000 | sgid);
  }
  draft.ctime = call.now;
  return null;
}

export function utimensat(
  call: Call,
  path: string,
  atime: number | null,
  mtime: number | null,
  follow: boolean,
): Outcome {
  const inode = changeable(call, path, follow);
  if (failed(inode)) return inode;
  if (!ownerOrCapable(call.task, inode)) {
    if (atime !== null || mtime !== null) return { errno: 'EPERM' };
    if (mayAccess(call.kernel, call.task, inode, 2)) return { errno: 'EACCES' };
  }
  const draft = draftInode(call, inode.ino);
  draft.atime = atime ?? call.now;
  draft.mtime = mtime ?? call.now;
  draft.ctime = call.now;
  return null;
}

const isAcl = (name: string): boolean => name === ACCESS_ACL || name === DEFAULT_ACL;

/** The names of what a file has, ACLs among them. */
export function listxattr(call: Call, path: string): Outcome {
  const place = find(call, path);
  if (failed(place)) return place;
  if (place.inode === null) return [];
  const { inode } = place;
  return [
    ...(inode.acl ? [ACCESS_ACL] : []),
    ...(inode.defaultAcl ? [DEFAULT_ACL] : []),
    ...userXattrNames(call, inode),
  ];
}

/** A file without an extended ACL has no such attribute. */
export function getxattr(call: Call, path: string, name: string): Outcome {
  const place = find(call, path);
  if (failed(place)) return place;
  if (place.inode === null) return { errno: 'EOPNOTSUPP' };
  if (!isAcl(name)) return getUserXattr(call, place.inode, name);
  const acl = name === ACCESS_ACL ? place.inode.acl : place.inode.defaultAcl;
  return acl ? toXattr(acl) : { errno: 'ENODATA' };
}

export function setxattr(call: Call, path: string, name: string, value: string): Outcome {
  const inode = changeable(call, path);
  if (failed(inode)) return inode.errno === 'EPERM' ? { errno: 'EOPNOTSUPP' } : inode;
  if (!isAcl(name)) return setUserXattr(call, inode, name, value);
  if (value === '' || value === '02000000') return removexattr(call, path, name);
  const acl = fromXattr(value);
  if (acl === null) {
    const foreign = value.length >= 8 && !value.startsWith('02000000');
    return { errno: foreign ? 'EOPNOTSUPP' : 'EINVAL' };
  }
  if (!ownerOrCapable(call.task, inode)) return { errno: 'EPERM' };
  if (name === DEFAULT_ACL && inode.type !== 'dir') return { errno: 'EACCES' };
  if (acl.length > 0 && check(acl) !== null) return { errno: 'EINVAL' };
  const draft = draftInode(call, inode.ino);
  if (name === DEFAULT_ACL) draft.defaultAcl = acl.length > 0 ? [...acl] : null;
  else {
    draft.mode = (inode.mode & 0o7000) | toMode(acl);
    draft.acl = isExtended(acl) ? [...acl] : null;
  }
  draft.ctime = call.now;
  return null;
}

export function removexattr(call: Call, path: string, name: string): Outcome {
  const inode = changeable(call, path);
  if (failed(inode)) return inode.errno === 'EPERM' ? { errno: 'EOPNOTSUPP' } : inode;
  if (!isAcl(name)) return setUserXattr(call, inode, name, null);
  if (!ownerOrCapable(call.task, inode)) return { errno: 'EPERM' };
  const draft = draftInode(call, inode.ino);
  if (name === DEFAULT_ACL) draft.defaultAcl = null;
  else draft.acl = null;
  if (call.kernel.switches.removexattrBumpsCtime) draft.ctime = call.now;
  return null;
}
