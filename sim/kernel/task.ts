/**
 * A task that has just begun: nothing open, nothing pending, in the root directory.
 *
 * Models: Linux 3.10 init/init_task.c INIT_TASK
 */
import type { Credentials } from './credentials.ts';
import type { Task } from './state.ts';

export const newTask = (pid: number, exe: string, cred: Credentials, now: number): Task => ({
  pid,
  ppid: 0,
  comm: exe.slice(exe.lastIndexOf('/') + 1).slice(0, 15),
  exe,
  argv: [exe],
  cred,
  cwd: '/',
  umask: 0o022,
  tty: null,
  cgroup: '/',
  fds: {},
  caught: [],
  pending: [],
  state: 'running',
  parked: null,
  deadline: null,
  status: null,
  started: now,
});
