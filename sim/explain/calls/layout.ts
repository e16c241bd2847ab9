/**
 * Who owns what on a host: every task, open file, buffer and inode belongs to exactly one component.
 *
 * A component is an actor (a daemon with its workers, or a person with a terminal and whatever runs on it) or a
 * group of files that are shared. New ids are handed out from ranges, one for each component, the lowest free one
 * first: so ids do not tell in which order the actors went, and states that differ in nothing else are the same.
 */
import type { World } from '../../host/world.ts';
import type { Inode } from '../../kernel/inode.ts';
import { get, numbered } from '../../kernel/pages.ts';
import type { KernelState, Task } from '../../kernel/state.ts';

/** The daemons of a host that act by themselves. What belongs to nobody else belongs to the first. */
const daemons: Readonly<Record<string, string>> = {
  systemd: 'init',
  'systemd-logind': 'logind',
  'systemd-udevd': 'udevd',
  libvirtd: 'libvirtd',
};

/** Files by the directory they are in; the longest that fits decides. Logs are nobody's: no decision reads them. */
const folders: Readonly<Record<string, string>> = {
  '/': 'disk',
  '/dev': 'dev',
  '/dev/char': 'udev database',
  '/dev/pts': 'disk',
  '/run/udev': 'udev database',
  '/run/systemd/seats': 'seat',
  '/run/systemd/sessions': 'sessions',
  '/etc/udev/rules.d': 'rules',
  '/usr/lib/udev/rules.d': 'rules',
  '/var/cache/libvirt': 'cache',
  '/run/log': 'log',
  '/var/log': 'log',
};

export const LOG = 'log';
export const NODE = 'node';
export const MODULES = 'modules';
export const CONSOLE = 'console in front';
export const NODE_PATH = '/dev/kvm';

/** Where new ids begin, beyond all that a freshly booted host has, and how many each component may have. */
type Space = Readonly<{ first: number; each: number }>;
const PIDS: Space = { first: 1000, each: 1000 };
const FILES: Space = { first: 512, each: 64 };
const INODES: Space = { first: 2048, each: 128 };

export type IdRange = Readonly<{ first: number; size: number }>;

export type Layout = Readonly<{
  actors: readonly string[];
  /** Is there a libvirtd, who compares the node's ctime? Otherwise nobody does. */
  timed: boolean;
  /** Groups of files that decisions read. */
  groups: readonly string[];
  ownerOfPid: (pid: number) => string;
  ownerOfFile: (id: number) => string;
  ownerOfBuffer: (id: number) => string;
  ownerOfTerminal: (tty: string) => string;
  groupOfInode: (ino: number) => string;
  /** The numbers of a group's inodes at first. */
  firstInodes: (group: string) => readonly number[];
  pids: (owner: string) => IdRange;
  buffers: (owner: string) => IdRange;
  files: (owner: string) => IdRange;
  inodes: (group: string) => IdRange;
}>;

/** The component of a path. */
export function groupOfPath(path: string): string {
  if (path === NODE_PATH) return NODE;
  let at = path;
  while (at !== '') {
    const group = folders[at];
    if (group !== undefined) return group;
    at = at.slice(0, at.lastIndexOf('/'));
  }
  return 'disk';
}

/** Every inode's path on a host, through its mounts. */
function pathsOf(kernel: KernelState): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  const covered = new Map(kernel.mounts.map((mount) => [mount.covers, mount.root]));
  const visit = (ino: number, path: string) => {
    const inode = get<Inode>(kernel.inodes, ino);
    if (inode === undefined || paths.has(ino)) return;
    paths.set(ino, path);
    for (const [name, child] of Object.entries(inode.entries)) {
      const below = path === '/' ? `/${name}` : `${path}/${name}`;
      visit(child, below);
      visit(covered.get(child) ?? 0, below);
    }
  };
  for (const mount of kernel.mounts) if (mount.path === '/') visit(mount.root, '/');
  return paths;
}

/** Whose a task of the base host is: a daemon's, or the person's at whose terminal it runs. */
function ownerOfTask(task: Task, persons: readonly (readonly [string, string])[]): string {
  const daemon = daemons[task.comm];
  if (daemon !== undefined) return daemon;
  const named = task.comm === 'agetty' || task.comm === 'login' ? task.argv[1] : task.tty;
  return persons.find(([, tty]) => tty === (task.tty ?? named))?.[0] ?? 'init';
}

export function layoutOf(base: World, terminals: Readonly<Record<string, string>>): Layout {
  const { kernel } = base;
  if (
    kernel.nextPid > PIDS.first ||
    kernel.nextFile > FILES.first ||
    kernel.nextIno > INODES.first
  ) {
    throw new Error('This host has used up so many ids that new ones would not be told from old.');
  }
  const persons = Object.entries(terminals);
  const running = Object.values(kernel.tasks).flatMap((task) => daemons[task.comm] ?? []);
  const actors = [...new Set(['init', ...running]), ...Object.keys(terminals)];
  const groups = [...new Set([...Object.values(folders), NODE])];
  const pids = new Map<number, string>();
  const files = new Map<number, string>();
  const buffers = new Map<number, string>();
  for (const task of Object.values(kernel.tasks)) {
    const owner = ownerOfTask(task, persons);
    pids.set(task.pid, owner);
    for (const id of Object.values(task.fds)) if (!files.has(id)) files.set(id, owner);
  }
  for (const [id, file] of numbered(kernel.files)) {
    if (file.kind !== 'stream') continue;
    for (const buffer of [file.from, file.to]) {
      if (buffer !== null) buffers.set(buffer, files.get(id) ?? 'init');
    }
  }
  const inodes = new Map([...pathsOf(kernel)].map(([ino, path]) => [ino, groupOfPath(path)]));
  const firstInodes = (group: string) =>
    [...inodes.keys()].filter((ino) => inodes.get(ino) === group);
  const node = firstInodes(NODE)[0];
  const owner = (known: ReadonlyMap<number, string>, names: readonly string[], space: Space) => {
    return (id: number) =>
      known.get(id) ?? names[Math.floor((id - space.first) / space.each)] ?? names[0] ?? '';
  };
  const range = (names: readonly string[], { first, each }: Space) => {
    return (name: string) => ({ first: first + each * names.indexOf(name), size: each });
  };
  return {
    actors,
    timed: actors.includes('libvirtd'),
    groups: groups.filter((group) => group !== LOG),
    ownerOfPid: owner(pids, actors, PIDS),
    ownerOfFile: owner(files, actors, FILES),
    ownerOfBuffer: owner(buffers, actors, PIDS),
    ownerOfTerminal: (tty) => persons.find(([, at]) => at === tty)?.[0] ?? 'init',
    groupOfInode: owner(inodes, groups, INODES),
    firstInodes,
    pids: range(actors, PIDS),
    buffers: range(actors, PIDS),
    files: range(actors, FILES),
    // The node that devtmpfs makes anew is the same component: it gets the same number.
    inodes: (group) =>
      group === NODE && node !== undefined
        ? { first: node, size: 1 }
        : range(groups, INODES)(group),
  };
}
