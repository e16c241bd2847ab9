/**
 * The system calls, typed: each wrapper yields one request and returns its answer.
 *
 * Models: glibc 2.17's syscall wrappers
 *
 * `const s = yield* stat(path); if (failed(s)) ...`: the answer is the value or `{ errno }`. The last
 * argument of calls that change a file is the source: the real function that makes the call.
 */
import type { Credentials } from '../kernel/credentials.ts';
import { type Failure, failed } from '../kernel/errno.ts';
import type { FileType } from '../kernel/inode.ts';
import type { Start, Sys } from '../kernel/program.ts';
import type {
  Dirent,
  ExitStatus,
  Ioctl,
  OpenFlag,
  Request,
  Signal,
  SpawnOptions,
  Stat,
  Uevent,
} from '../kernel/request.ts';

type Or<T> = T | Failure;

/** One request, one answer. The only place where an answer gets its type. */
function* ask<T>(request: Request): Sys<T> {
  return (yield request) as T;
}

const cite = (source: string | undefined) => (source === undefined ? {} : { source });

export const open = (path: string, flags: readonly OpenFlag[], mode = 0o666, source?: string) =>
  ask<Or<number>>({ call: 'open', path, flags, mode, ...cite(source) });
export const close = (fd: number) => ask<Or<null>>({ call: 'close', fd });
/** Files: all of it from the start of the description's offset. Sockets and pipes: what is there, blocking; '' at the end. */
export const read = (fd: number) => ask<Or<string>>({ call: 'read', fd });
export const write = (fd: number, data: string) => ask<Or<number>>({ call: 'write', fd, data });
/** What is in a directory, in its own order; without . and .. */
export const getdents = (fd: number) => ask<Or<readonly Dirent[]>>({ call: 'getdents', fd });
export const stat = (path: string) => ask<Or<Stat>>({ call: 'stat', path });
export const lstat = (path: string) => ask<Or<Stat>>({ call: 'lstat', path });
export const fstat = (fd: number) => ask<Or<Stat>>({ call: 'fstat', fd });
/** access(2): want is 4 read, 2 write, 1 execute, 0 existence. */
export const access = (path: string, want: number) => ask<Or<null>>({ call: 'access', path, want });
export const chmod = (path: string, mode: number, source?: string) =>
  ask<Or<null>>({ call: 'chmod', path, mode, ...cite(source) });
/** -1 leaves an id as it is. */
export const chown = (path: string, uid: number, gid: number, source?: string) =>
  ask<Or<null>>({ call: 'chown', path, uid, gid, ...cite(source) });
export const lchown = (path: string, uid: number, gid: number, source?: string) =>
  ask<Or<null>>({ call: 'lchown', path, uid, gid, ...cite(source) });
/** Times in ms; null for now. */
export const utimensat = (
  path: string,
  atime: number | null,
  mtime: number | null,
  source?: string,
) => ask<Or<null>>({ call: 'utimensat', path, atime, mtime, ...cite(source) });
export const lutimens = (
  path: string,
  atime: number | null,
  mtime: number | null,
  source?: string,
) => ask<Or<null>>({ call: 'utimensat', path, atime, mtime, nofollow: true, ...cite(source) });
export const getxattr = (path: string, name: string) =>
  ask<Or<string>>({ call: 'getxattr', path, name });
export const listxattr = (path: string) => ask<Or<readonly string[]>>({ call: 'listxattr', path });
export const setxattr = (path: string, name: string, value: string, source?: string) =>
  ask<Or<null>>({ call: 'setxattr', path, name, value, ...cite(source) });
export const removexattr = (path: string, name: string, source?: string) =>
  ask<Or<null>>({ call: 'removexattr', path, name, ...cite(source) });
export const unlink = (path: string, source?: string) =>
  ask<Or<null>>({ call: 'unlink', path, ...cite(source) });
export const rmdir = (path: string) => ask<Or<null>>({ call: 'rmdir', path });
export const readlink = (path: string) => ask<Or<string>>({ call: 'readlink', path });
export const mkdir = (path: string, mode = 0o777) => ask<Or<null>>({ call: 'mkdir', path, mode });
export const mknod = (
  path: string,
  type: FileType,
  mode: number,
  rdev: readonly [number, number] | null,
  source?: string,
) => ask<Or<null>>({ call: 'mknod', path, type, mode, rdev, ...cite(source) });
export const remount = (path: string, flags: Readonly<{ nodev: boolean; readonly: boolean }>) =>
  ask<Or<null>>({ call: 'remount', path, ...flags });
export const symlink = (target: string, path: string) =>
  ask<Or<null>>({ call: 'symlink', target, path });
export const link = (from: string, path: string) => ask<Or<null>>({ call: 'link', from, path });
export const rename = (from: string, path: string) => ask<Or<null>>({ call: 'rename', from, path });
export const chdir = (path: string) => ask<Or<null>>({ call: 'chdir', path });
export const getcwd = () => ask<string>({ call: 'getcwd' });
/** Answers the old mask. */
export const umask = (mask: number) => ask<number>({ call: 'umask', mask });
export const ioctl = (
  fd: number,
  request: Exclude<Ioctl, { name: 'KVM_GET_SUPPORTED_CPUID' }>,
  source?: string,
) => ask<Or<number>>({ call: 'ioctl', fd, request, ...cite(source) });
/** KVM_GET_SUPPORTED_CPUID fills a buffer: `function index eax ebx ecx edx` in hexadecimal, one leaf a line. */
export const supportedCpuid = (fd: number, source?: string) =>
  ask<Or<string>>({
    call: 'ioctl',
    fd,
    request: { name: 'KVM_GET_SUPPORTED_CPUID' },
    ...cite(source),
  });

export const pipe = () => ask<Or<readonly [number, number]>>({ call: 'pipe' });
/** socket, bind and listen in one; the socket file gets 0777 & ~umask. */
export const listen = (path: string, backlog = 128) =>
  ask<Or<number>>({ call: 'listen', path, backlog });
/** Blocks until somebody connects. EINTR when a caught signal arrives first. */
export const accept = (fd: number) => ask<Or<number>>({ call: 'accept', fd });
export const connect = (path: string) => ask<Or<number>>({ call: 'connect', path });
export const peercred = (fd: number) =>
  ask<Or<{ pid: number; uid: number; gid: number }>>({ call: 'peercred', fd });
export const netlink = (group: 'kernel' | 'udev') => ask<Or<number>>({ call: 'netlink', group });
export const recvmsg = (fd: number) => ask<Or<Uevent>>({ call: 'recvmsg', fd });
export const sendmsg = (fd: number, message: Uevent) =>
  ask<Or<null>>({ call: 'sendmsg', fd, message });
/** Which of fds can be read or accepted without blocking. [] after timeout ms (null: waits for ever). EINTR on a caught signal. */
export const poll = (fds: readonly number[], timeout: number | null = null) =>
  ask<Or<readonly number[]>>({ call: 'poll', fds, timeout });

/** Starts a program; argv[0] included. Answers the pid, or the errno execve would give. */
export const spawn = (path: string, argv: readonly string[], options: SpawnOptions = {}) =>
  ask<Or<number>>({ call: 'spawn', path, argv, options });
/** Does not return when it succeeds. */
export const execve = (
  path: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
) => ask<Failure>({ call: 'execve', path, argv, env });
export const exit = (code: number) => ask<never>({ call: 'exit', code });
/** pid -1: any child. Blocks unless nohang, which answers null when none has ended. */
export const wait = (pid: number) => ask<Or<ExitStatus>>({ call: 'wait', pid, nohang: false });
export const waitNohang = (pid: number) =>
  ask<Or<ExitStatus | null>>({ call: 'wait', pid, nohang: true });
export const kill = (pid: number, signal: Signal) => ask<Or<null>>({ call: 'kill', pid, signal });
/** From now on these signals do not end the task: they make blocking calls answer EINTR and wait in sigpending. */
export const sigaction = (signals: readonly Signal[]) =>
  ask<null>({ call: 'sigaction', catch: signals });
/** The caught signals that have arrived; empties the list. */
export const sigpending = () => ask<readonly Signal[]>({ call: 'sigpending' });
export const getpid = () => ask<number>({ call: 'getpid' });
export const getppid = () => ask<number>({ call: 'getppid' });
export const getcred = () => ask<Credentials>({ call: 'getcred' });
/** 'tty1', 'pts/0', or null. */
export const gettty = () => ask<string | null>({ call: 'gettty' });
export const setcred = (credentials: Credentials) =>
  ask<Or<null>>({ call: 'setcred', credentials });
export const nanosleep = (ms: number) => ask<Or<null>>({ call: 'nanosleep', ms });
/** CLOCK_REALTIME in ms. */
export const clock = () => ask<number>({ call: 'clock' });
export const uname = () =>
  ask<{ nodename: string; release: string; version: string; machine: string }>({ call: 'uname' });
export const syslog = () => ask<readonly string[]>({ call: 'syslog' });
export const reboot = () => ask<Or<null>>({ call: 'reboot' });
export const initModule = (name: string, params: Readonly<Record<string, string>> = {}) =>
  ask<Or<null>>({ call: 'init_module', name, params });
export const deleteModule = (name: string) => ask<Or<null>>({ call: 'delete_module', name });

/** open, read, close. */
export function* readFile(path: string): Sys<Or<string>> {
  const fd = yield* open(path, ['read']);
  if (failed(fd)) return fd;
  const text = yield* read(fd);
  yield* close(fd);
  return text;
}

/** open (O_CREAT|O_TRUNC), write, close. */
export function* writeFile(
  path: string,
  text: string,
  mode = 0o666,
  source?: string,
): Sys<Or<null>> {
  const fd = yield* open(path, ['write', 'create', 'trunc'], mode, source);
  if (failed(fd)) return fd;
  const written = text === '' ? 0 : yield* write(fd, text);
  yield* close(fd);
  return failed(written) ? written : null;
}

/** What is in a directory, each name with its type. */
export function* readEntries(path: string): Sys<Or<readonly Dirent[]>> {
  const fd = yield* open(path, ['read', 'directory']);
  if (failed(fd)) return fd;
  const entries = yield* getdents(fd);
  yield* close(fd);
  return entries;
}

/** The names in a directory. */
export function* readDir(path: string): Sys<Or<readonly string[]>> {
  const entries = yield* readEntries(path);
  return failed(entries) ? entries : entries.map(({ name }) => name);
}

/** Start a program, wait for its end. */
export function* run(
  path: string,
  argv: readonly string[],
  options: SpawnOptions = {},
): Sys<Or<ExitStatus>> {
  const pid = yield* spawn(path, argv, options);
  return failed(pid) ? pid : yield* wait(pid);
}

export const out = (text: string) => write(1, text);
/** printf(3) of a program that never flushes: to a pipe or a file it goes when the process ends. (GNU's error() flushes.) */
export const print = (text: string) =>
  ask<Or<number>>({ call: 'write', fd: 1, data: text, stdio: true });

export const err = (text: string) => write(2, text);

export type { Start, Sys };
