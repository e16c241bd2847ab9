/**
 * The files of a host as a Node `fs`, for other people's tests and tools: a copy, made when it is asked for.
 *
 * Stands on memfs, which knows paths, bytes, modes, owners and times. What it does not know is left to the
 * simulated kernel: ACLs, device nodes (shown as empty files), who may do what, and ctime.
 * Changes to the copy do not reach the host. /proc and /sys are not in it: they are computed.
 */
import { Volume } from 'memfs';
import type { Inode } from '../kernel/inode.ts';
import { get } from '../kernel/pages.ts';
import type { KernelState } from '../kernel/state.ts';
import type { DiskFile } from './disk.ts';
import type { World } from './world.ts';

const permissions = (inode: Inode) => inode.mode & 0o7777;

/** Below which directory of the tree a mount point shows another file system. */
function mountedOn(kernel: KernelState, inode: Inode): Inode | null {
  const mount = kernel.mounts.find((m) => m.covers === inode.ino);
  if (mount === undefined) return inode;
  return mount.root === 0 ? null : (get(kernel.inodes, mount.root) ?? null);
}

function put(volume: Volume, kernel: KernelState, path: string, found: Inode): void {
  const inode = mountedOn(kernel, found);
  if (inode === null) return;
  if (inode.type === 'symlink') {
    volume.symlinkSync(inode.content, path);
    return;
  }
  if (inode.type === 'dir') {
    if (path !== '/') volume.mkdirSync(path);
    for (const [name, ino] of Object.entries(inode.entries)) {
      const child = get(kernel.inodes, ino);
      if (child) put(volume, kernel, `${path === '/' ? '' : path}/${name}`, child);
    }
  } else volume.writeFileSync(path, inode.type === 'file' ? inode.content : '');
  volume.chmodSync(path, permissions(inode));
  volume.chownSync(path, inode.uid, inode.gid);
  volume.utimesSync(path, inode.atime / 1000, inode.mtime / 1000);
}

const copies = new WeakMap<KernelState['inodes'], Volume>();

/** The same copy for the same files: a state never changes, so it is made once. */
export function nodeFs(world: World): Volume {
  const { kernel } = world;
  const known = copies.get(kernel.inodes);
  if (known) return known;
  const volume = new Volume();
  const root = get(kernel.inodes, kernel.mounts[0]?.root ?? 0);
  if (root) put(volume, kernel, '/', root);
  copies.set(kernel.inodes, volume);
  return volume;
}

/** Files for a host's disk out of a memfs-style tree: `{'/etc/udev/rules.d/80-kvm.rules': 'KERNEL==...'}`. */
export function filesFrom(tree: Readonly<Record<string, string | null>>, below = '/'): DiskFile[] {
  const volume = Volume.fromJSON(tree, below);
  return Object.entries(volume.toJSON()).map(([path, content]) =>
    content === null ? { path: `${path}/` } : { path, content },
  );
}
