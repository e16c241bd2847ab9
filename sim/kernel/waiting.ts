/**
 * Does a call that blocks still have to wait?
 *
 * Models: Linux 3.10 fs/select.c do_pollfd; the condition that each wait_event tests again when it is woken
 *
 * Every change of the state wakes every sleeper, and nearly all of them sleep on: this asks without making the
 * call. A false "yes" would be a lost wake-up; where the answer takes more than a look, it is "no" and the call
 * is tried.
 */
import { get } from './pages.ts';
import type { Request } from './request.ts';
import type { KernelState, OpenFile, Task } from './state.ts';

const fileAt = (kernel: KernelState, task: Task, fd: number): OpenFile | undefined => {
  const id = task.fds[fd];
  return id === undefined ? undefined : get(kernel.files, id);
};

/** Can this descriptor be read or accepted on at once? A bad one can: the answer is its error. */
export function ready(kernel: KernelState, task: Task, fd: number): boolean {
  const file = fileAt(kernel, task, fd);
  switch (file?.kind) {
    case 'listener':
    case 'netlink':
      return file.queue.length > 0;
    case 'stream': {
      if (file.from === null) return true;
      const buffer = kernel.buffers[file.from];
      return buffer === undefined || buffer.data !== '' || buffer.writers === 0;
    }
    case 'terminal':
      return (kernel.terminals[file.tty]?.input.length ?? 0) > 0;
    case 'pseudo':
      return file.seen !== kernel.vt.changes;
    default:
      return true;
  }
}

/** wait4: children that live on, and none to report. */
function allAlive(kernel: KernelState, parent: Task, pid: number): boolean {
  let alive = false;
  for (const task of Object.values(kernel.tasks)) {
    if (task.ppid !== parent.pid || (pid !== -1 && task.pid !== pid)) continue;
    if (task.state === 'zombie') return false;
    alive = true;
  }
  return alive;
}

export function stillWaits(kernel: KernelState, task: Task, parked: Request): boolean {
  switch (parked.call) {
    case 'poll':
      return !parked.fds.some((fd) => ready(kernel, task, fd));
    case 'read':
    case 'accept':
    case 'recvmsg':
      return !ready(kernel, task, parked.fd);
    case 'wait':
      return allAlive(kernel, task, parked.pid);
    default:
      return parked.call === 'nanosleep';
  }
}
