/**
 * The files of a host as a Node `fs`, for other people's tests and tools: a copy, made when it is asked for.
 *
 * Stands on memfs, which knows paths, bytes, types, modes, owners and times; all of these, ctime and device numbers
 * included, are the host's. Where memfs asks whether the caller may read, write or search, the simulated kernel answers
 * for one user of the host, by mode, ACL and capabilities. /proc and /sys are in it as they read at that moment.
 * Leaves out: what happens when a device is opened; atime, which memfs takes from the wall clock when a file of the copy
 * is read. Changes to the copy do not reach the host.
 */
import { Volume } from 'memfs';
import { blankInode } from '../kernel/call.ts';
import { type Credentials, root } from '../kernel/credentials.ts';
import type { FileType, Inode } from '../kernel/inode.ts';
import { mayAccess } from '../kernel/judge.ts';
import { get } from '../kernel/pages.ts';
import { pseudo } from '../kernel/pseudo.ts';
import type { KernelState, Mount, Task } from '../kernel/state.ts';
import { newTask } from '../kernel/task.ts';
import type { DiskFile } from './disk.ts';
import type { World } from './world.ts';

type Copying = Readonly<{ volume: Volume; kernel: KernelState; asker: Task }>;

const join = (directory: string, name: string) =>
  directory === '/' ? `/${name}` : `${directory}/${name}`;

/** glibc gnu_dev_makedev, for the small numbers that devices have. */
const makedev = (major: number, minor: number): number => (major << 8) | minor;

/** S_IFMT of those that memfs has no call to make. */
const formats: Partial<Record<FileType, number>> = {
  char: 0o020000,
  block: 0o060000,
  fifo: 0o010000,
  socket: 0o140000,
};

/** inode_permission of the simulated kernel, in the place of memfs's own. */
function judge({ volume, kernel, asker }: Copying, path: string, inode: Inode): void {
  const node = volume._core.getLinkOrThrow(path).getNode();
  const may = (want: number) => () => mayAccess(kernel, asker, inode, want) === null;
  Object.assign(node, { canRead: may(4), canWrite: may(2), canExecute: may(1) });
}

/** memfs moves ctime to the present with each change, so it is set last, by the inode itself. */
function describe(copying: Copying, path: string, inode: Inode): void {
  const { volume } = copying;
  const node = volume._core.getLinkOrThrow(path).getNode();
  const format = formats[inode.type];
  if (inode.type !== 'symlink') volume.chmodSync(path, inode.mode & 0o7777);
  volume.lchownSync(path, inode.uid, inode.gid);
  if (format !== undefined) node.mode = format | (inode.mode & 0o7777);
  if (inode.rdev !== null) node.rdev = makedev(...inode.rdev);
  volume.lutimesSync(path, inode.atime / 1000, inode.ctime / 1000);
  const changed = node.mtime;
  volume.lutimesSync(path, inode.atime / 1000, inode.mtime / 1000);
  node.btime = changed;
  node.ctime = changed;
  judge(copying, path, inode);
}

/** A computed file, and all below it. The asker's own pid is not the host's. */
function putComputed(copying: Copying, path: string): void {
  const { volume, kernel, asker } = copying;
  const found = pseudo(kernel, asker, path);
  if (found === null || path === '/proc/self') return;
  const { type, mode, content, entries } = found;
  if (type === 'symlink') volume.symlinkSync(content, path);
  else if (type === 'dir') volume.mkdirSync(path, { recursive: true });
  else volume.writeFileSync(path, content);
  for (const name of entries) putComputed(copying, join(path, name));
  if (type !== 'symlink') volume.chmodSync(path, mode);
  judge(copying, path, { ...blankInode(0, 0), type, mode });
}

const mountOn = (kernel: KernelState, inode: Inode): Mount | undefined =>
  kernel.mounts.find((mount) => mount.covers === inode.ino);

function put(copying: Copying, path: string, covered: Inode): void {
  const { volume, kernel } = copying;
  const mount = covered.type === 'dir' ? mountOn(kernel, covered) : undefined;
  const computed = mount?.type === 'proc' || mount?.type === 'sysfs';
  if (computed) putComputed(copying, path);
  const inode = mount === undefined ? covered : get(kernel.inodes, mount.root);
  if (computed || inode === undefined) return;
  if (inode.type === 'symlink') volume.symlinkSync(inode.content, path);
  else if (inode.type === 'dir') {
    if (path !== '/') volume.mkdirSync(path);
    for (const [name, ino] of Object.entries(inode.entries)) {
      const child = get(kernel.inodes, ino);
      if (child) put(copying, join(path, name), child);
    }
  } else volume.writeFileSync(path, inode.type === 'file' ? inode.content : '');
  describe(copying, path, inode);
}

const copies = new WeakMap<KernelState, Map<Credentials, Volume>>();

/** As `who` sees it. The same copy for the same state and user: a state never changes, so it is made once. */
export function nodeFs({ kernel, now }: World, who: Credentials = root): Volume {
  const made = copies.get(kernel) ?? new Map<Credentials, Volume>();
  copies.set(kernel, made);
  const known = made.get(who);
  if (known) return known;
  const asker = newTask(0, '/usr/bin/node', who, now);
  const volume = new Volume();
  const top = get(kernel.inodes, kernel.mounts[0]?.root ?? 0);
  if (top) put({ volume, kernel, asker }, '/', top);
  made.set(who, volume);
  return volume;
}

/** Files for a host's disk out of a memfs-style tree: `{'/etc/udev/rules.d/80-kvm.rules': 'KERNEL==...'}`. */
export function filesFrom(tree: Readonly<Record<string, string | null>>, below = '/'): DiskFile[] {
  const volume = Volume.fromJSON(tree, below);
  return Object.entries(volume.toJSON()).map(([path, content]) =>
    content === null ? { path: `${path}/` } : { path, content },
  );
}
