/**
 * System calls that fail because somebody wants to see what happens then.
 *
 * Models: what strace -e inject=CALL:error=ERRNO:when=N and the kernel's fail_function do to a process
 *
 * The failing call changes nothing but the count of how often it is still to fail.
 */
import type { Errno } from './errno.ts';
import type { Request } from './request.ts';
import type { KernelState, Task } from './state.ts';

export type CallFault = Readonly<{
  /** Whose call: the name that ps shows, 15 characters at most. */
  comm: string;
  call: Request['call'];
  /** Only where the call names this path. */
  path?: string;
  errno: Errno;
  /** How many such calls go through first; none by default. */
  skip?: number;
  /** How many then fail; one by default. */
  times?: number;
}>;

export const isMeant = (fault: CallFault, task: Task, request: Request): boolean =>
  fault.comm === task.comm &&
  fault.call === request.call &&
  (fault.path === undefined || ('path' in request && request.path === fault.path));

/** The fault after one more call that it means; null when it has done its work. */
function spent(fault: CallFault): CallFault | null {
  const { skip = 0, times = 1 } = fault;
  if (skip > 0) return { ...fault, skip: skip - 1 };
  return times > 1 ? { ...fault, times: times - 1 } : null;
}

export type Struck = Readonly<{ kernel: KernelState; errno: Errno | null }>;

/** What the first fault that means this call does to it; null where none does. */
export function strike(kernel: KernelState, task: Task, request: Request): Struck | null {
  const { calls } = kernel.faults;
  const index = calls.findIndex((fault) => isMeant(fault, task, request));
  const fault = calls[index];
  if (fault === undefined) return null;
  const left = spent(fault);
  const after = left === null ? calls.toSpliced(index, 1) : calls.with(index, left);
  const errno = (fault.skip ?? 0) > 0 ? null : fault.errno;
  return { kernel: { ...kernel, faults: { ...kernel.faults, calls: after } }, errno };
}
