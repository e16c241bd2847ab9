/**
 * Making and removing names: mkdir, mknod, symlink, link, rename, unlink, rmdir.
 *
 * Models: Linux 3.10 fs/namei.c do_unlinkat, do_rmdir, vfs_mkdir, vfs_mknod, vfs_symlink, vfs_link, vfs_rename
 */
import { type Call, draftInode, find, type Outcome } from '../call.ts';
import { createAt, mayChange, removeName } from '../create.ts';
import { capable } from '../credentials.ts';
import { type Failure, failed } from '../errno.ts';
import type { FileType, Inode } from '../inode.ts';
import { mayAccess, ownerOrCapable } from '../judge.ts';
import { enterName, leaveName } from '../listing.ts';
import { pseudo } from '../pseudo.ts';
import { type Target, walk } from '../walk.ts';

/** A free name to create something at. */
function freeName(call: Call, path: string): Target | Failure {
  const plain = path.replace(/\/+$/, '') || path.slice(0, 1);
  const target = walk(call.kernel, call.task, plain, false);
  if (failed(target)) return target;
  return target.place ? { errno: 'EEXIST' } : target;
}

function create(
  call: Call,
  path: string,
  type: FileType,
  mode: number,
  more: Partial<Inode> = {},
): Outcome {
  const target = freeName(call, path);
  if (failed(target)) return target;
  const ino = createAt(call, target, type, mode, more);
  return failed(ino) ? ino : null;
}

export const mkdir = (call: Call, path: string, mode: number): Outcome =>
  create(call, path, 'dir', mode);

export const symlink = (call: Call, target: string, path: string): Outcome =>
  create(call, path, 'symlink', 0o777, { content: target, mode: 0o777 });

export function mknod(
  call: Call,
  path: string,
  type: FileType,
  mode: number,
  rdev: readonly [number, number] | null,
): Outcome {
  const device = type === 'char' || type === 'block';
  if (device && !capable(call.task.cred, 'CAP_MKNOD')) {
    const target = freeName(call, path);
    if (failed(target)) return target;
    return mayChange(call, target.parent, null) ?? { errno: 'EPERM' };
  }
  return create(call, path, type, mode, { rdev: device ? rdev : null });
}

/** The existing name to remove, with the right to do so. */
function victim(call: Call, path: string): { target: Target; inode: Inode } | Failure {
  // A link is not followed, not even with a slash behind it.
  const plain = path.replace(/\/+$/, '') || path.slice(0, 1);
  const target = walk(call.kernel, call.task, plain, false);
  if (failed(target)) return target;
  if (target.place === null) return { errno: 'ENOENT' };
  const inode = target.place.inode;
  if (inode === null) return { errno: 'EPERM' };
  if (target.parent.inode?.entries[target.name] !== inode.ino) return { errno: 'EBUSY' };
  if (plain !== path && inode.type !== 'dir') return { errno: 'ENOTDIR' };
  return mayChange(call, target.parent, inode) ?? { target, inode };
}

export function unlink(call: Call, path: string): Outcome {
  const found = victim(call, path);
  if (failed(found)) return found;
  if (found.inode.type === 'dir') return { errno: 'EISDIR' };
  removeName(call, found.target, found.inode);
  return null;
}

export function rmdir(call: Call, path: string): Outcome {
  if (/(^|\/)\.\/*$/.test(path)) return { errno: 'EINVAL' };
  if (/(^|\/)\.\.\/*$/.test(path)) return { errno: 'ENOTEMPTY' };
  const found = victim(call, path);
  if (failed(found)) return found;
  if (found.inode.type !== 'dir') return { errno: 'ENOTDIR' };
  if (Object.keys(found.inode.entries).length > 0) return { errno: 'ENOTEMPTY' };
  removeName(call, found.target, found.inode);
  return null;
}

export function readlink(call: Call, path: string): Outcome {
  const place = find(call, path, false);
  if (failed(place)) return place;
  if (place.inode)
    return place.inode.type === 'symlink' ? place.inode.content : { errno: 'EINVAL' };
  const node = pseudo(call.kernel, call.task, place.path);
  return node?.type === 'symlink' ? node.content : { errno: 'EINVAL' };
}

/** may_linkat, with systemd's fs.protected_hardlinks=1: a stranger's file only where one could write it anyway. */
function mayLink(call: Call, inode: Inode): boolean {
  if (ownerOrCapable(call.task, inode)) return true;
  const plain =
    inode.type === 'file' && (inode.mode & 0o4000) === 0 && (inode.mode & 0o2010) !== 0o2010;
  return plain && mayAccess(call.kernel, call.task, inode, 6) === null;
}

/** do_linkat: both paths are walked before anybody asks whether the one may be linked at the other. */
export function link(call: Call, from: string, path: string): Outcome {
  const source = find(call, from, false);
  if (failed(source)) return source;
  const target = freeName(call, path);
  if (failed(target)) return target;
  if (target.parent.mount !== source.mount) return { errno: 'EXDEV' };
  if (source.inode === null || !mayLink(call, source.inode)) return { errno: 'EPERM' };
  const refused = mayChange(call, target.parent, null);
  if (refused) return refused;
  if (source.inode.type === 'dir') return { errno: 'EPERM' };
  if (target.parent.inode === null) return { errno: 'EPERM' };
  enterName(call, target.parent.inode, target.name, source.inode.ino);
  const inode = draftInode(call, source.inode.ino);
  inode.nlink++;
  inode.ctime = call.now;
  return null;
}

const parentOf = (path: string): string => {
  const plain = path.replace(/\/+$/, '');
  return plain.includes('/') ? plain.slice(0, plain.lastIndexOf('/')) || '/' : '.';
};

/** A directory cannot go into itself. Places are named by their paths, which have no links in them. */
const isBelow = (at: Target['parent'], directory: Target['place']): boolean =>
  directory !== null && (at.path === directory.path || at.path.startsWith(`${directory.path}/`));

/** Who is in a directory stays in it when its name changes. */
function moveAlong(call: Call, from: string, to: string): void {
  for (const { pid, cwd } of Object.values(call.kernel.tasks)) {
    if (cwd !== from && !cwd.startsWith(`${from}/`)) continue;
    const task = call.draft().tasks[pid];
    if (task) task.cwd = to + cwd.slice(from.length);
  }
}

/** The new directory comes first: do_renameat2 looks both up before it asks who may change what. */
export function rename(call: Call, from: string, path: string): Outcome {
  const parents = [from, path].map((name) => find(call, parentOf(name)));
  const lost = parents.find(failed);
  if (lost) return lost;
  if ([from, path].some((name) => /(^|\/)\.\.?\/*$/.test(name))) return { errno: 'EBUSY' };
  const found = victim(call, from);
  if (failed(found)) return found;
  const target = walk(call.kernel, call.task, path, false);
  if (failed(target)) return target;
  if (target.parent.mount !== found.target.parent.mount) return { errno: 'EXDEV' };
  const old = target.place?.inode ?? null;
  const refused = mayChange(call, target.parent, old);
  if (refused) return refused;
  if (target.parent.inode === null) return { errno: 'EPERM' };
  if (old?.ino === found.inode.ino) return null;
  if (found.inode.type === 'dir' && isBelow(target.parent, found.target.place))
    return { errno: 'EINVAL' };
  if (old?.type === 'dir' && found.inode.type !== 'dir') return { errno: 'EISDIR' };
  if (old && old.type !== 'dir' && found.inode.type === 'dir') return { errno: 'ENOTDIR' };
  if (old?.type === 'dir' && Object.keys(old.entries).length > 0) return { errno: 'ENOTEMPTY' };
  const source = found.target.parent.inode;
  if (source === null) return { errno: 'EPERM' };
  // A directory's `..` is written too.
  const rewritten = found.inode.type === 'dir' && source.ino !== target.parent.inode.ino;
  if (rewritten && mayAccess(call.kernel, call.task, found.inode, 2)) return { errno: 'EACCES' };
  if (old) removeName(call, target, old);
  const [before, after] = [draftInode(call, source.ino), draftInode(call, target.parent.inode.ino)];
  leaveName(before, found.target.name, call.now);
  enterName(call, target.parent.inode, target.name, found.inode.ino);
  if (found.inode.type === 'dir') {
    before.nlink--;
    after.nlink++;
  }
  draftInode(call, found.inode.ino).ctime = call.now;
  if (found.inode.type === 'dir' && found.target.place !== null) {
    const { path: above } = target.parent;
    moveAlong(call, found.target.place.path, `${above === '/' ? '' : above}/${target.name}`);
  }
  return null;
}
