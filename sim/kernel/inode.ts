/**
 * A file as the kernel keeps it: owner, mode, ACL, times, and what is inside.
 *
 * Models: Linux 3.10 include/linux/fs.h struct inode
 * Leaves out: blocks, i_version.
 */
import type { Acl } from '../acl/entry.ts';

export type FileType = 'file' | 'dir' | 'symlink' | 'char' | 'block' | 'fifo' | 'socket';

export type Inode = Readonly<{
  ino: number;
  type: FileType;
  /** Twelve bits. The group bits of a file with an ACL are its mask (but see removexattr). */
  mode: number;
  uid: number;
  gid: number;
  /** system.posix_acl_access, only while it says more than the mode. */
  acl: Acl | null;
  /** system.posix_acl_default, directories only. */
  defaultAcl: Acl | null;
  /** user.* and trusted.*: name -> value in hex. Absent where there has never been one. */
  xattrs?: Readonly<Record<string, string>>;
  rdev: readonly [number, number] | null;
  nlink: number;
  atime: number;
  mtime: number;
  ctime: number;
  /** Text of a file, target of a symlink. */
  content: string;
  /** Names of a directory. */
  entries: Readonly<Record<string, number>>;
  /** Names that are newer than their inodes, and when they came: as inode numbers count. Absent where there has never been one. */
  moved?: Readonly<Record<string, number>>;
  /** True for nodes that devtmpfs made and may remove (i_private == &thread). */
  kernelOwned: boolean;
}>;

const letters: Record<FileType, string> = {
  file: '-',
  dir: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** `crw-rw-rw-`, as ls and stat print it, without the `+`. */
export function modeText(type: FileType, mode: number): string {
  const triplet = (bits: number, special: boolean, lower: string) =>
    (bits & 4 ? 'r' : '-') +
    (bits & 2 ? 'w' : '-') +
    (special ? (bits & 1 ? lower : lower.toUpperCase()) : bits & 1 ? 'x' : '-');
  return (
    letters[type] +
    triplet((mode >> 6) & 7, (mode & 0o4000) !== 0, 's') +
    triplet((mode >> 3) & 7, (mode & 0o2000) !== 0, 's') +
    triplet(mode & 7, (mode & 0o1000) !== 0, 't')
  );
}
