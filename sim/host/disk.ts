/**
 * A disk as a list of files, turned into inodes.
 *
 * Models: the root file system of an installed host; what a profile or a test lists is all there is
 */
import { blankInode } from '../kernel/call.ts';
import type { FileType, Inode } from '../kernel/inode.ts';
import { get, type Pages } from '../kernel/pages.ts';

/** One file. Directories on the way are made as needed (0755 root). A path that ends in `/` is a directory. */
export type DiskFile = Readonly<{
  path: string;
  mode?: number;
  uid?: number;
  gid?: number;
  content?: string;
  /** Makes it a symlink. */
  target?: string;
}>;

export const ROOT_INO = 2;

export type Inodes = Readonly<Record<number, Inode>>;

type Building = {
  next: number;
  inodes: Record<number, Inode & { entries: Record<string, number> }>;
};

/** The directory's inode number, made if it is missing; symlinks on the way are followed. */
function directory(disk: Building, root: number, parts: readonly string[], now: number): number {
  const { inodes } = disk;
  let ino = root;
  for (const [depth, part] of parts.entries()) {
    const at = inodes[ino];
    if (at === undefined) throw new Error(`disk: inode ${ino} of ${parts.join('/')} is missing`);
    const known = at.entries[part];
    const next = known === undefined ? undefined : inodes[known];
    if (next?.type === 'symlink') {
      const target = next.content.split('/').filter(Boolean);
      const start = next.content.startsWith('/') ? [] : parts.slice(0, depth);
      ino = directory(disk, root, [...start, ...target], now);
    } else if (next) ino = next.ino;
    else {
      const made = disk.next++;
      inodes[made] = { ...blankInode(made, now), type: 'dir', mode: 0o755, nlink: 2, entries: {} };
      at.entries[part] = made;
      ino = made;
    }
  }
  return ino;
}

/** Add files to a tree whose root is `root`; the tree is built in place. */
function add(disk: Building, root: number, file: DiskFile, now: number): void {
  const { inodes } = disk;
  const parts = file.path.split('/').filter(Boolean);
  if (file.path.endsWith('/')) {
    const made = inodes[directory(disk, root, parts, now)];
    if (made)
      Object.assign(made, { mode: file.mode ?? made.mode, uid: file.uid ?? 0, gid: file.gid ?? 0 });
    return;
  }
  const name = parts.pop() ?? '';
  const parent = inodes[directory(disk, root, parts, now)];
  if (parent === undefined) throw new Error(`disk: no directory for ${file.path}`);
  const ino = parent.entries[name] ?? disk.next++;
  const type: FileType = file.target === undefined ? 'file' : 'symlink';
  inodes[ino] = {
    ...blankInode(ino, now),
    type,
    mode: file.mode ?? (type === 'symlink' ? 0o777 : 0o644),
    uid: file.uid ?? 0,
    gid: file.gid ?? 0,
    content: file.target ?? file.content ?? '',
    entries: {},
  };
  parent.entries[name] = ino;
}

export function makeDisk(files: readonly DiskFile[], now: number): Inodes {
  const root = {
    ...blankInode(ROOT_INO, now),
    type: 'dir' as const,
    mode: 0o755,
    nlink: 2,
    entries: {},
  };
  const disk: Building = { next: ROOT_INO + 1, inodes: { [ROOT_INO]: root } };
  for (const file of files) add(disk, ROOT_INO, file, now);
  return disk.inodes;
}

/** The text of a file on a disk that is not in use, as a boot loader reads it: no symlinks. */
export function textOnDisk(disk: Inodes, path: string): string | null {
  let at = disk[ROOT_INO];
  for (const name of path.split('/').filter(Boolean)) {
    const next = at?.entries[name];
    at = next === undefined ? undefined : disk[next];
  }
  return at?.type === 'file' ? at.content : null;
}

/** What of a file table survives a power cycle: all that the disk's root leads to. */
export function survivors(inodes: Pages<Inode>): Inodes {
  const kept: Record<number, Inode> = {};
  const visit = (ino: number) => {
    const inode = get(inodes, ino);
    if (inode === undefined || kept[ino]) return;
    kept[ino] = inode;
    for (const child of Object.values(inode.entries)) visit(child);
  };
  visit(ROOT_INO);
  return kept;
}
