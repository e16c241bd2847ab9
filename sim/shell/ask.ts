/**
 * Questions to the simulated kernel that change nothing: what `test -r`, globs and `read < file` need to know.
 *
 * Models: the system calls that bash itself makes between commands
 *
 * They are the kernel's own system calls, made as the user; the state after them is thrown away. So a
 * glob sees exactly what the user may see, and no answer is decided here.
 */
import type { Credentials } from '../kernel/credentials.ts';
import { type Failure, failed } from '../kernel/errno.ts';
import { handle } from '../kernel/kernel.ts';
import type { Dirent, Request, Stat } from '../kernel/request.ts';
import type { KernelState, Task } from '../kernel/state.ts';

/** Who asks, of which kernel, and when. */
export type View = Readonly<{ kernel: KernelState; pid: number; now: number }>;

/** The same kernel as another user in another directory sees it. */
export function viewAs(view: View, who: Partial<Pick<Task, 'cwd'>> & { cred?: Credentials }): View {
  const task = view.kernel.tasks[view.pid];
  if (task === undefined) return view;
  const tasks = { ...view.kernel.tasks, [view.pid]: { ...task, ...who } };
  return { ...view, kernel: { ...view.kernel, tasks } };
}

type Asked = Readonly<{ answer: unknown; after: View }>;

function call(view: View, request: Request): Asked {
  const { kernel, replies } = handle(view.kernel, view.pid, request, view.now);
  const reply = replies.find((r) => r.pid === view.pid);
  return { answer: reply?.answer, after: { ...view, kernel } };
}

export const askStat = (view: View, path: string, follow = true): Stat | Failure =>
  call(view, { call: follow ? 'stat' : 'lstat', path }).answer as Stat | Failure;

/** access(2): null when granted. */
export const askAccess = (view: View, path: string, want: number): null | Failure =>
  call(view, { call: 'access', path, want }).answer as null | Failure;

/** The directory that chdir(2) would lead to. */
export function askChdir(view: View, path: string): string | Failure {
  const changed = call(view, { call: 'chdir', path });
  if (failed(changed.answer)) return changed.answer;
  return changed.after.kernel.tasks[view.pid]?.cwd ?? '/';
}

export const askCwd = (view: View): string => view.kernel.tasks[view.pid]?.cwd ?? '/';

export function askNames(view: View, path: string): readonly string[] | Failure {
  const opened = call(view, { call: 'open', path, flags: ['read', 'directory'], mode: 0 });
  if (typeof opened.answer !== 'number') return opened.answer as Failure;
  const entries = call(opened.after, { call: 'getdents', fd: opened.answer }).answer as
    | readonly Dirent[]
    | Failure;
  return failed(entries) ? entries : entries.map(({ name }) => name);
}

/** Everything in a file. A device or a pipe that would block answers the empty text. */
export function askText(view: View, path: string): string | Failure {
  const opened = call(view, { call: 'open', path, flags: ['read'], mode: 0 });
  if (typeof opened.answer !== 'number') return opened.answer as Failure;
  const text = call(opened.after, { call: 'read', fd: opened.answer }).answer;
  return failed(text) ? text : typeof text === 'string' ? text : '';
}
