/**
 * /proc and /sys: files that the kernel computes when they are read.
 *
 * Models: Linux 3.10 drivers/char/misc.c misc_seq_show, fs/proc/devices.c, kernel/module.c m_show,
 *   arch/x86/kernel/cpu/proc.c show_cpuinfo, lib/kobject_uevent.c, drivers/base/core.c
 * Leaves out: every file that no modelled program reads.
 */

import { heldAt, heldName } from './descriptorLinks.ts';
import type { Hardware } from './hardware.ts';
import type { FileType } from './inode.ts';
import { memoOf } from './memo.ts';
import { procFiles, taskFiles } from './procfs.ts';
import type { PseudoFiles } from './pseudoFiles.ts';
import type { KernelState, Task } from './state.ts';
import { machineFiles, sysFiles } from './sysfs.ts';

/** A computed file. Directories list their names in `entries`. */
export type Pseudo = Readonly<{
  type: FileType;
  mode: number;
  /** Text of a file, target of a symlink. */
  content: string;
  entries: readonly string[];
}>;

/** The same files with the names below each directory. */
type Tree = Readonly<{ files: PseudoFiles; names: ReadonlyMap<string, ReadonlySet<string>> }>;

/** What the hardware gives and what the state gives, with the directories of both as far as they were asked for. */
type System = Readonly<{ machine: Tree; state: Tree; directories: Map<string, Pseudo | null> }>;

function index(files: PseudoFiles): Tree {
  const names = new Map<string, Set<string>>();
  for (const file of Object.keys(files)) {
    const parts = file.split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const directory = parts.slice(0, depth).join('/');
      const set = names.get(directory) ?? new Set();
      names.set(directory, set.add(parts[depth] ?? ''));
    }
  }
  return { files, names };
}

/** Remembered per state, since a state never changes: a walk asks for the same tree at every step. */
const systems = new WeakMap<
  object,
  Readonly<{ misc: unknown; vt: unknown; hardware: unknown; mounts: unknown; system: System }>
>();
const machineTree = memoOf((hardware: Hardware) => index(machineFiles(hardware)));

function systemOf(kernel: KernelState): System {
  const known = systems.get(kernel.modules);
  const { misc, vt, hardware, mounts } = kernel;
  const same = known?.misc === misc && known.vt === vt;
  if (same && known.hardware === hardware && known.mounts === mounts) return known.system;
  const state = index({ ...sysFiles(kernel), ...procFiles(kernel) });
  const system = { machine: machineTree(hardware), state, directories: new Map() };
  systems.set(kernel.modules, { misc, vt, hardware, mounts, system });
  return system;
}

const writable = new Set(['uevent', 'active', 'reload']);

const directory = (entries: Iterable<string>): Pseudo => ({
  type: 'dir',
  mode: 0o555,
  content: '',
  entries: [...entries].sort(),
});

function file(path: string, read: () => string): Pseudo {
  const text = read();
  if (text.startsWith('-> ')) {
    return { type: 'symlink', mode: 0o777, content: text.slice(3), entries: [] };
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { type: 'file', mode: writable.has(name) ? 0o644 : 0o444, content: text, entries: [] };
}

/** /proc/self and what is below /proc/<pid>. undefined: not a path of a task. */
function ofTask(kernel: KernelState, self: Task, path: string): Pseudo | null | undefined {
  if (path === '/proc/self') return file(path, () => `-> ${self.pid}`);
  const [, pid, name] = /^\/proc\/(\d+)(?:\/(.*))?$/.exec(path) ?? [];
  if (pid === undefined) return undefined;
  const task = kernel.tasks[Number(pid)];
  if (task === undefined) return null;
  const files = taskFiles(task);
  if (name === undefined) return directory([...Object.keys(files), 'fd']);
  if (name === 'fd') return directory(Object.keys(task.fds));
  const held = heldAt(kernel, path);
  if (held) return file(path, () => `-> ${heldName(held)}`);
  const read = files[name];
  return read === undefined ? null : file(path, read);
}

function systemDirectory({ machine, state, directories }: System, path: string): Pseudo | null {
  const known = directories.get(path);
  if (known !== undefined) return known;
  const names = new Set([...(machine.names.get(path) ?? []), ...(state.names.get(path) ?? [])]);
  const found = names.size > 0 ? directory(names) : null;
  directories.set(path, found);
  return found;
}

/** null: no such file. */
export function pseudo(kernel: KernelState, task: Task, path: string): Pseudo | null {
  const mine = path.startsWith('/proc/') ? ofTask(kernel, task, path) : undefined;
  if (mine !== undefined) return mine;
  const system = systemOf(kernel);
  const read = system.state.files[path] ?? system.machine.files[path];
  if (read !== undefined) return file(path, read);
  const found = systemDirectory(system, path);
  if (found === null || path !== '/proc') return found;
  return directory([...found.entries, 'self', ...Object.keys(kernel.tasks)]);
}
