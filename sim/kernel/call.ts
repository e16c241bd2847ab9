/**
 * What every system call's code is given, and the few things that many of them do.
 *
 * Models: Linux 3.10 fs/file.c (descriptor tables), fs/open.c; the entry path of a system call
 *
 * A call reads the state as it was (`kernel`) and writes to a draft (`draft()`); a call that fails has
 * its draft thrown away, so a failed system call changes nothing.
 */
import type { Draft } from 'immer';
import { type Failure, failed } from './errno.ts';
import type { Inode } from './inode.ts';
import { get, put, withThing } from './pages.ts';
import type { Start } from './program.ts';
import type { ExitStatus } from './request.ts';
import type { Kernel, KernelState, OpenFile, Task } from './state.ts';
import { type Place, walk } from './walk.ts';

/** What a call wants done beyond the kernel: the host carries it out. */
export type Effect =
  | Readonly<{ type: 'process.born'; pid: number; program: string; start: Start }>
  | Readonly<{ type: 'process.replaced'; pid: number; program: string; start: Start }>
  | Readonly<{ type: 'process.ended'; pid: number; status: ExitStatus }>
  | Readonly<{ type: 'host.rebooted' }>;

export type Call = Readonly<{
  kernel: KernelState;
  draft: () => Kernel;
  task: Task;
  now: number;
  effects: Effect[];
}>;

/** The answer of a call that must wait. */
export const PARK = Symbol('park');

/**
 * The state after a call, written out by hand: for read, write, open and close, of which there are so many that a
 * draft, its copies and its freezing would be most of a run's time. `quiet`: no wait queue hangs on what has changed
 * (a regular file is always ready, a descriptor is its task's own), so nobody need be looked at for waking.
 */
export type After = Readonly<{ becomes: KernelState; answer: unknown; quiet?: true }>;

/** EINTR, ENOMEM ... or a value, or PARK, or After. */
export type Outcome = unknown;

/** Copied, then written to: a computed key within the literal takes V8 several times as long. */
export function withTask(kernel: KernelState, task: Task): KernelState {
  const tasks: Record<number, Task> = { ...kernel.tasks };
  tasks[task.pid] = task;
  return { ...kernel, tasks };
}

export const withFile = (kernel: KernelState, id: number, file: OpenFile): KernelState => ({
  ...kernel,
  files: withThing(kernel.files, id, file),
});

export function draftTask(call: Call): Kernel['tasks'][number] {
  const task = call.draft().tasks[call.task.pid];
  if (task === undefined) throw new Error(`task ${call.task.pid} makes a call but does not exist`);
  return task;
}

export function draftInode(call: Call, ino: number): Draft<Inode> {
  const inode = get(call.draft().inodes, ino);
  if (inode === undefined) throw new Error(`inode ${ino} is named by a place but does not exist`);
  return inode;
}

export const MAX_FDS = 1024;

/** __alloc_fd: the lowest free descriptor. */
export function freeFd(fds: Task['fds']): number | Failure {
  let fd = 0;
  while (fd in fds) fd++;
  return fd < MAX_FDS ? fd : { errno: 'EMFILE' };
}

/** fd_install, in a call that drafts. */
export function installFd(call: Call, file: OpenFile): number | Failure {
  const task = draftTask(call);
  const fd = freeFd(task.fds);
  if (failed(fd)) return fd;
  const kernel = call.draft();
  const id = kernel.nextFile++;
  put(kernel.files, id, file as Draft<OpenFile>);
  task.fds[fd] = id;
  return fd;
}

/** fd_install, and nothing else happens. */
export function openAs(call: Call, file: OpenFile): After | Failure {
  const { kernel, task } = call;
  const fd = freeFd(task.fds);
  if (failed(fd)) return fd;
  const id = kernel.nextFile;
  const files = withThing(kernel.files, id, file);
  const becomes = { ...withTask(kernel, { ...task, fds: { ...task.fds, [fd]: id } }), files };
  return { becomes: { ...becomes, nextFile: id + 1 }, answer: fd, quiet: true };
}

/** The open file behind a descriptor of the caller. */
export function fileOf(call: Call, fd: number): { id: number; file: OpenFile } | null {
  const id = call.task.fds[fd];
  const file = id === undefined ? undefined : get(call.kernel.files, id);
  return id === undefined || file === undefined ? null : { id, file };
}

/** The existing thing at a path. */
export function find(call: Call, path: string, follow = true): Place | Failure {
  const target = walk(call.kernel, call.task, path, follow);
  if ('errno' in target) return target;
  return target.place ?? { errno: 'ENOENT' };
}

/** An inode with nothing in it, to be completed by the caller. */
export const blankInode = (ino: number, now: number): Inode => ({
  ino,
  type: 'file',
  mode: 0,
  uid: 0,
  gid: 0,
  acl: null,
  defaultAcl: null,
  rdev: null,
  nlink: 1,
  atime: now,
  mtime: now,
  ctime: now,
  content: '',
  entries: {},
  kernelOwned: false,
});
