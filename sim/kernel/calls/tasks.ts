/**
 * Tasks: starting, replacing, ending, waiting; signals; identity.
 *
 * Models: Linux 3.10 kernel/fork.c, fs/exec.c do_execve_common, kernel/exit.c do_exit, wait4; kernel/signal.c; kernel/sys.c
 * Leaves out: threads, process groups and sessions, ptrace, stop signals, core dumps, rlimits.
 */
import {
  type After,
  type Call,
  draftTask,
  fileOf,
  find,
  type Outcome,
  PARK,
  withTask,
} from '../call.ts';
import { type Credentials, capable } from '../credentials.ts';
import { type Failure, failed } from '../errno.ts';
import { programIn } from '../executable.ts';
import { mayAccess } from '../judge.ts';
import { get, withThing } from '../pages.ts';
import { released } from '../release.ts';
import type { ExitStatus, Signal, SpawnOptions } from '../request.ts';
import type { Kernel, KernelState, Task } from '../state.ts';
import { newTask } from '../task.ts';

/** What execve will run: the binary's program, or a script's interpreter. */
type Image = Readonly<{ program: string; argv: readonly string[]; exe: string }>;

const MAX_INTERPRETERS = 4;

function image(
  call: Call,
  as: Task,
  path: string,
  argv: readonly string[],
  depth = 0,
): Image | Failure {
  const place = find({ ...call, task: as }, path);
  if (failed(place)) return place;
  const inode = place.inode;
  if (inode === null || inode.type !== 'file') return { errno: 'EACCES' };
  const refused = mayAccess(call.kernel, as, inode, 1);
  if (refused) return refused;
  const program = programIn(inode.content);
  if (program !== null) return { program, argv, exe: place.path };
  const [, interpreter = '', argument = ''] = /^#!\s*(\S+)[ \t]*(.*)/.exec(inode.content) ?? [];
  if (interpreter === '' || depth >= MAX_INTERPRETERS) return { errno: 'ENOEXEC' };
  const words = [interpreter, ...(argument.trim() === '' ? [] : [argument.trim()]), path];
  return image(call, as, interpreter, [...words, ...argv.slice(1)], depth + 1);
}

const sameIds = (a: Credentials, b: Credentials) =>
  a.uid === b.uid && a.gid === b.gid && a.groups.every((g) => b.groups.includes(g));

function mayBecome(task: Task, wanted: Credentials): boolean {
  if (wanted.caps.some((cap) => !task.cred.caps.includes(cap))) return false;
  return sameIds(wanted, task.cred) || capable(task.cred, 'CAP_SETUID');
}

/** groups_sort: setgroups(2) keeps them by number, and so getgroups(2) tells them. */
function groupsInOrder(wanted: Credentials): Credentials {
  const { groups } = wanted;
  const inOrder = groups.every((gid, n) => n === 0 || (groups[n - 1] ?? 0) <= gid);
  return inOrder ? wanted : { ...wanted, groups: [...groups].sort((a, b) => a - b) };
}

const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Descriptors of the child: the standard three, then what the caller maps; null when a named one is not open. */
function childFds(call: Call, options: SpawnOptions): Record<number, number> | null {
  const fds: Record<number, number> = {};
  if (options.inherit !== false) {
    for (const fd of [0, 1, 2]) {
      const id = call.task.fds[fd];
      if (id !== undefined) fds[fd] = id;
    }
  }
  for (const [childFd, fd] of Object.entries(options.fds ?? {})) {
    const id = call.task.fds[fd];
    if (id === undefined) return null;
    fds[Number(childFd)] = id;
  }
  return fds;
}

export function spawn(
  call: Call,
  path: string,
  argv: readonly string[],
  options: SpawnOptions,
): Outcome {
  const wanted = groupsInOrder(options.credentials ?? call.task.cred);
  if (!mayBecome(call.task, wanted)) return { errno: 'EPERM' };
  const cwd = options.cwd ?? call.task.cwd;
  const found = image(call, { ...call.task, cred: wanted, cwd }, path, argv);
  if (failed(found)) return found;
  const fds = childFds(call, options);
  if (fds === null) return { errno: 'EBADF' };
  const pid = call.kernel.nextPid;
  let { files } = call.kernel;
  for (const id of Object.values(fds)) {
    const file = get(files, id);
    if (file) files = withThing(files, id, { ...file, refs: file.refs + 1 });
  }
  const task: Task = {
    ...newTask(pid, found.exe, wanted, call.now),
    ppid: options.daemon ? 1 : call.task.pid,
    argv: found.argv,
    cwd,
    umask: options.umask ?? call.task.umask,
    tty: options.tty === undefined ? call.task.tty : options.tty,
    cgroup: call.task.cgroup,
    fds,
  };
  const becomes = { ...withTask(call.kernel, task), files, nextPid: pid + 1 };
  const start = { argv: found.argv, env: options.env ?? {} };
  call.effects.push({ type: 'process.born', pid, program: found.program, start });
  return { becomes, answer: pid };
}

export function execve(
  call: Call,
  path: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Outcome {
  const found = image(call, call.task, path, argv);
  if (failed(found)) return found;
  const task = draftTask(call);
  task.comm = base(found.exe).slice(0, 15);
  task.exe = found.exe;
  task.argv = [...found.argv];
  task.caught = [];
  call.effects.push({
    type: 'process.replaced',
    pid: task.pid,
    program: found.program,
    start: { argv: found.argv, env },
  });
  return null;
}

/** do_exit: descriptors close, children go to PID 1, the parent may wait. */
export function end(call: Call, pid: number, status: ExitStatus): After | null {
  const task = call.kernel.tasks[pid];
  if (task === undefined || task.state === 'zombie') return null;
  let { kernel } = call;
  for (const id of Object.values(task.fds)) kernel = released(kernel, id);
  const tasks: Record<number, Task> = { ...kernel.tasks };
  tasks[pid] = { ...task, fds: {}, parked: null, deadline: null, state: 'zombie', status };
  for (const child of Object.values(kernel.tasks)) {
    if (child.ppid !== pid) continue;
    if (child.state === 'zombie') delete tasks[child.pid];
    else tasks[child.pid] = { ...child, ppid: 1 };
  }
  const parent = tasks[task.ppid];
  if (parent === undefined || parent.state === 'zombie') delete tasks[pid];
  else if (parent.caught.includes('SIGCHLD')) {
    tasks[parent.pid] = { ...parent, pending: [...parent.pending, 'SIGCHLD'] };
  }
  call.effects.push({ type: 'process.ended', pid, status });
  return { becomes: { ...kernel, tasks }, answer: null };
}

export function wait(call: Call, pid: number, nohang: boolean): Outcome {
  const children = Object.values(call.kernel.tasks).filter(
    (t) => t.ppid === call.task.pid && (pid === -1 || t.pid === pid),
  );
  if (children.length === 0) return { errno: 'ECHILD' };
  const done = children.find((t) => t.state === 'zombie');
  if (done === undefined) return nohang ? null : PARK;
  const tasks: Record<number, Task> = { ...call.kernel.tasks };
  delete tasks[done.pid];
  return { becomes: { ...call.kernel, tasks }, answer: done.status };
}

export function kill(call: Call, pid: number, signal: Signal): Outcome {
  const target = call.kernel.tasks[pid];
  if (target === undefined) return { errno: 'ESRCH' };
  const { cred } = call.task;
  if (cred.uid !== target.cred.uid && !capable(cred, 'CAP_KILL')) return { errno: 'EPERM' };
  if (target.state === 'zombie' || signal === 'SIGCHLD') return null;
  if (signal !== 'SIGKILL' && (target.caught.includes(signal) || pid === 1)) {
    call.draft().tasks[pid]?.pending.push(signal);
    return null;
  }
  return end(call, pid, { pid, code: 0, signal });
}

export function sigaction(call: Call, signals: readonly Signal[]): Outcome {
  draftTask(call).caught = [...signals];
  return null;
}

export function sigpending(call: Call): Outcome {
  if (call.task.pending.length === 0) return [];
  draftTask(call).pending = [];
  return call.task.pending;
}

export function setcred(call: Call, credentials: Credentials): Outcome {
  if (!mayBecome(call.task, credentials)) return { errno: 'EPERM' };
  draftTask(call).cred = groupsInOrder(credentials) as Kernel['tasks'][number]['cred'];
  return null;
}

export function chdir(call: Call, path: string): Outcome {
  const place = find(call, path);
  if (failed(place)) return place;
  if (place.inode && place.inode.type !== 'dir') return { errno: 'ENOTDIR' };
  if (place.inode && mayAccess(call.kernel, call.task, place.inode, 1)) return { errno: 'EACCES' };
  draftTask(call).cwd = place.path;
  return null;
}

export function umask(call: Call, mask: number): Outcome {
  draftTask(call).umask = mask & 0o777;
  return call.task.umask;
}

export function close(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  if (open === null) return { errno: 'EBADF' };
  const fds: Record<number, number> = { ...call.task.fds };
  delete fds[fd];
  const kernel = withTask(call.kernel, { ...call.task, fds });
  const after = { becomes: released(kernel, open.id), answer: null };
  return open.file.kind === 'inode' || open.file.kind === 'pseudo'
    ? { ...after, quiet: true }
    : after;
}

export function reboot(call: Call): Outcome {
  if (!capable(call.task.cred, 'CAP_SYS_BOOT')) return { errno: 'EPERM' };
  call.effects.push({ type: 'host.rebooted' });
  return null;
}

export const sysinfo = (kernel: KernelState) => ({
  nodename: kernel.nodename,
  release: kernel.switches.release,
  version: kernel.switches.version,
  machine: 'x86_64',
});
