/**
 * Device nodes that the kernel makes and removes by itself.
 *
 * Models: Linux 3.10 drivers/base/devtmpfs.c handle_create, handle_remove, dev_mynode
 *
 * A node that somebody else made first is left as it is, with its owner, mode and ACL, and outlives the
 * module: opening it then answers ENODEV. A default ACL on /dev is inherited even here.
 */
import type { Draft } from 'immer';
import { chmodMasq, isExtended } from '../acl/entry.ts';
import { blankInode } from './call.ts';
import { newRights } from './create.ts';
import type { Inode } from './inode.ts';
import { leaveName } from './listing.ts';
import { nodePath } from './moduleTable.ts';
import { get, put, remove, things } from './pages.ts';
import type { Kernel } from './state.ts';

const DEFAULT_MODE = 0o600;

function devRoot(kernel: Kernel): number {
  const mount = kernel.mounts.find((m) => m.type === 'devtmpfs');
  if (mount === undefined) throw new Error('no devtmpfs is mounted; see host/boot.ts');
  return mount.root;
}

/** The directory of a node below /dev and the node's name; makes the directory (0755) if it is missing. */
function place(kernel: Kernel, name: string, now: number): { directory: Inode; base: string } {
  const parts = nodePath(name).split('/').slice(2);
  const base = parts.pop() ?? name;
  let ino = devRoot(kernel);
  for (const part of parts) {
    const at = get(kernel.inodes, ino);
    if (at === undefined) throw new Error(`devtmpfs lost inode ${ino}`);
    const next = at.entries[part] ?? kernel.nextIno++;
    if (!(part in at.entries)) {
      at.entries[part] = next;
      const made: Inode = { ...blankInode(next, now), type: 'dir', mode: 0o755, nlink: 2 };
      put(kernel.inodes, next, made as Draft<Inode>);
    }
    ino = next;
  }
  const directory = get(kernel.inodes, ino);
  if (directory === undefined) throw new Error(`devtmpfs lost inode ${ino}`);
  return { directory: directory as Inode, base };
}

/** Before KOBJ_ADD: the node appears, 0600 root:root unless the driver says otherwise. */
export function devtmpfsCreate(kernel: Kernel, name: string, minor: number, now: number): void {
  const { directory, base } = place(kernel, name, now);
  if (base in directory.entries) return;
  const ino = kernel.nextIno++;
  const rights = newRights(directory, DEFAULT_MODE, 0o022);
  const acl = rights.acl ? chmodMasq(rights.acl, DEFAULT_MODE) : null;
  const inode: Inode = {
    ...blankInode(ino, now),
    type: 'char',
    mode: DEFAULT_MODE,
    acl: acl && isExtended(acl) ? acl : null,
    rdev: [10, minor],
    kernelOwned: true,
  };
  put(kernel.inodes, ino, inode as Draft<Inode>);
  const parent = get(kernel.inodes, directory.ino);
  if (parent) {
    parent.entries[base] = ino;
    parent.mtime = now;
    parent.ctime = now;
  }
}

/** Before KOBJ_REMOVE: the node goes, if it is still the kernel's own. */
export function devtmpfsRemove(kernel: Kernel, name: string, minor: number, now: number): void {
  const { directory, base } = place(kernel, name, now);
  const ino = directory.entries[base];
  const node = ino === undefined ? undefined : get(kernel.inodes, ino);
  if (ino === undefined || node === undefined) return;
  if (!node.kernelOwned || node.type !== 'char' || node.rdev?.[1] !== minor) return;
  const parent = get(kernel.inodes, directory.ino);
  if (parent) leaveName(parent, base, now);
  const held = things(kernel.files).some((f) => 'ino' in f && f.ino === ino);
  if (held) node.nlink = 0;
  else remove(kernel.inodes, ino);
}
