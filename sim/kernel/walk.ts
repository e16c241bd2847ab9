/**
 * From a path to the thing it names: component by component, through mounts and symlinks.
 *
 * Models: Linux 3.10 fs/namei.c link_path_walk, follow_managed, do_last as far as errors and permissions show
 * Leaves out: the dcache, ESTALE, chroot.
 *
 * /proc and /sys have no inodes here: a place in them is a path that pseudo.ts can answer.
 */

import { isDescriptorLink } from './descriptorLinks.ts';
import type { Failure } from './errno.ts';
import type { Inode } from './inode.ts';
import { mayAccess } from './judge.ts';
import { memo } from './memo.ts';
import { own } from './own.ts';
import { get } from './pages.ts';
import { pseudo } from './pseudo.ts';
import type { KernelState, Mount, Task } from './state.ts';

/** Where a walk ends. `parent` and `name` say which directory entry it was. */
export type Place = Readonly<{
  path: string;
  mount: number;
  /** null in /proc and /sys. */
  inode: Inode | null;
}>;

export type Target = Readonly<{
  parent: Place;
  name: string;
  /** null when the last component does not exist. */
  place: Place | null;
}>;

const MAX_LINKS = 40;

export function mountOf(kernel: KernelState, index: number): Mount {
  const mount = kernel.mounts[index];
  if (mount === undefined)
    throw new Error(`mount ${index} is not in the table; see kernel/boot.ts`);
  return mount;
}

/** The place itself, or what is mounted on it. */
function mounted(kernel: KernelState, place: Place): Place {
  if (place.inode?.type !== 'dir') return place;
  const ino = place.inode.ino;
  const index = kernel.mounts.findIndex((m) => m.covers === ino);
  const mount = kernel.mounts[index];
  if (mount === undefined) return place;
  const inode =
    mount.type === 'proc' || mount.type === 'sysfs' ? null : get(kernel.inodes, mount.root);
  return { path: place.path, mount: index, inode: inode ?? null };
}

export function rootPlace(kernel: KernelState): Place {
  const ino = mountOf(kernel, 0).root;
  return { path: '/', mount: 0, inode: get(kernel.inodes, ino) ?? null };
}

const join = (directory: string, name: string) =>
  directory === '/' ? `/${name}` : `${directory}/${name}`;

/** One directory entry, not following a symlink. null: no such name. */
function lookup(kernel: KernelState, task: Task, at: Place, name: string): Place | null {
  const path = join(at.path, name);
  if (at.inode === null) {
    return pseudo(kernel, task, path) === null ? null : { path, mount: at.mount, inode: null };
  }
  const ino = own(at.inode.entries, name);
  const inode = ino === undefined ? undefined : get(kernel.inodes, ino);
  return inode === undefined ? null : mounted(kernel, { path, mount: at.mount, inode });
}

function linkTarget(kernel: KernelState, task: Task, place: Place): string | null {
  if (place.inode) return place.inode.type === 'symlink' ? place.inode.content : null;
  if (isDescriptorLink(place.path)) return null;
  const node = pseudo(kernel, task, place.path);
  return node?.type === 'symlink' ? node.content : null;
}

const isDirectory = (kernel: KernelState, task: Task, place: Place) =>
  place.inode ? place.inode.type === 'dir' : pseudo(kernel, task, place.path)?.type === 'dir';

const MOST_PATHS = 4096;

/** The names between the slashes; a walk takes them one by one. `.` is one: to look it up, its directory is searched. */
const components = memo(
  (path): readonly string[] => path.split('/').filter((part) => part !== ''),
  MOST_PATHS,
);

/**
 * Walk to the last component. `follow`: whether a symlink there is followed.
 * Errors: ENOENT, ENOTDIR, EACCES (search), ELOOP, ENAMETOOLONG.
 */
export function walk(
  kernel: KernelState,
  task: Task,
  path: string,
  follow: boolean,
): Target | Failure {
  if (path === '') return { errno: 'ENOENT' };
  if (path.length > 4095) return { errno: 'ENAMETOOLONG' };
  const isRelative = !path.startsWith('/');
  let todo = components(isRelative ? join(task.cwd, path) : path);
  let done = 0;
  /** The way to the directory that the task is in already: nobody asks again whether it may be gone. */
  let gone = isRelative ? components(task.cwd).length : 0;
  const mustBeDirectory = path.endsWith('/');
  let trail: Place[] = [];
  let at = rootPlace(kernel);
  let links = 0;
  while (true) {
    const name = todo[done];
    if (name === undefined) return { parent: trail.at(-1) ?? at, name: '.', place: at };
    if (!isDirectory(kernel, task, at)) return { errno: 'ENOTDIR' };
    const refused = at.inode && done >= gone ? mayAccess(kernel, task, at.inode, 1) : null;
    if (refused) return refused;
    if (name === '.' || name === '..') {
      if (name === '..') at = trail.pop() ?? at;
      done++;
      continue;
    }
    if (name.length > 255) return { errno: 'ENAMETOOLONG' };
    const next = lookup(kernel, task, at, name);
    const last = done === todo.length - 1;
    if (next === null) return last ? { parent: at, name, place: null } : { errno: 'ENOENT' };
    const target = !last || follow || mustBeDirectory ? linkTarget(kernel, task, next) : null;
    if (target === null) {
      if (last) {
        const wrong = mustBeDirectory && !isDirectory(kernel, task, next);
        return wrong ? { errno: 'ENOTDIR' } : { parent: at, name, place: next };
      }
      trail.push(at);
      at = next;
      done++;
      continue;
    }
    if (++links > MAX_LINKS) return { errno: 'ELOOP' };
    todo = [...components(target), ...todo.slice(done + 1)];
    gone = Math.max(0, gone - done - 1);
    done = 0;
    if (target.startsWith('/')) {
      at = rootPlace(kernel);
      trail = [];
    }
  }
}
