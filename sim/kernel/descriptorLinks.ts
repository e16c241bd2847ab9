/**
 * /proc/<pid>/fd: a task's open files as names, and what opening such a name gives.
 *
 * Models: Linux 3.10 fs/proc/fd.c proc_readfd, proc_fd_link; fs/pipe.c pipefs_dname
 * Leaves out: the path of a file that is open (its link says only which inode it is).
 *
 * These links are not followed by their text: they lead to the open file itself, a pipe for one.
 */
import { get } from './pages.ts';
import type { KernelState, OpenFile } from './state.ts';

export type Held = Readonly<{ id: number; file: OpenFile }>;

const pattern = /^\/proc\/(\d+)\/fd\/(\d+)$/;

export const isDescriptorLink = (path: string): boolean => pattern.test(path);

/** The open file behind /proc/<pid>/fd/<n>. */
export function heldAt(kernel: KernelState, path: string): Held | null {
  const [, pid = '', fd = ''] = pattern.exec(path) ?? [];
  const id = kernel.tasks[Number(pid)]?.fds[Number(fd)];
  const file = id === undefined ? undefined : get(kernel.files, id);
  return id === undefined || file === undefined ? null : { id, file };
}

/** What readlink says of it. */
export function heldName({ id, file }: Held): string {
  switch (file.kind) {
    case 'stream':
      return `pipe:[${file.from ?? file.to ?? id}]`;
    case 'terminal':
      return `/dev/${file.tty}`;
    case 'pseudo':
      return file.path;
    case 'inode':
    case 'device':
      return `inode:[${file.ino}]`;
    default:
      return `socket:[${id}]`;
  }
}
