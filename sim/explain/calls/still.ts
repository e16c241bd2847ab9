/**
 * One system call on a host that was put together from components: the real `advance`, with the clock standing
 * still and ids handed out from the ranges of the layout.
 *
 * The kernel finds some tasks and files by looking at all of them. Where that is so, whoever could be among them is
 * asked for by name before the call.
 */
import { advance, type Machinery } from '../../host/route.ts';
import type { World } from '../../host/world.ts';
import { get } from '../../kernel/pages.ts';
import type { KernelState, OpenFile } from '../../kernel/state.ts';
import { guarded } from './absent.ts';
import { groupOfPath, type IdRange, type Layout, LOG, NODE_PATH } from './layout.ts';

/** Asks for a component, which is known if the call returns. */
export type Asks = (component: string) => void;

const SERVERS: Readonly<Record<string, string>> = {
  '/run/systemd/logind.sock': 'logind',
  '/run/udev/control': 'udevd',
};

/** Whoever listens there, if it was running when the search began; what is started later is a child of PID 1. */
function serverOf(path: string, { actors }: Layout): string {
  const server = SERVERS[path] ?? (path.includes('libvirt') ? 'libvirtd' : 'init');
  return actors.includes(server) ? server : 'init';
}

const fileOf = (kernel: KernelState, pid: number, fd: number): OpenFile | undefined => {
  const id = kernel.tasks[pid]?.fds[fd];
  return id === undefined ? undefined : get<OpenFile>(kernel.files, id);
};

/** The other side of a stream notices when it is closed. */
function askForPeers(layout: Layout, file: OpenFile | undefined, asks: Asks): void {
  if (file?.kind === 'vm') asks('udevd');
  if (file?.kind !== 'stream') return;
  for (const id of [file.from, file.to]) if (id !== null) asks(layout.ownerOfBuffer(id));
}

/** Those whom the kernel would look for in its tables. */
function askForOthers(world: World, layout: Layout, pid: number, asks: Asks): void {
  const { kernel } = world;
  const request = world.processes[pid]?.request;
  const parentOf = (child: number) => layout.ownerOfPid(kernel.tasks[child]?.ppid ?? 1);
  if (request?.call === 'connect') asks(serverOf(request.path, layout));
  if (request?.call === 'close') askForPeers(layout, fileOf(kernel, pid, request.fd), asks);
  if (request?.call === 'kill') {
    asks(layout.ownerOfPid(request.pid));
    asks(parentOf(request.pid));
  }
  if (request?.call === 'exit') {
    for (const fd of Object.keys(kernel.tasks[pid]?.fds ?? {})) {
      askForPeers(layout, fileOf(kernel, pid, Number(fd)), asks);
    }
    asks(parentOf(pid));
  }
  // A directory of /proc lists every task.
  if (request?.call === 'open' && request.path === '/proc') {
    for (const actor of layout.actors) asks(actor);
  }
}

/** More ids at once than any system call makes. */
const RUN = 4;

/** The first number of a range from which on some are free. */
function freeIn({ first, size }: IdRange, taken: (id: number) => boolean): number {
  const run = Math.min(RUN, size);
  for (let id = first; id + run <= first + size; id++) {
    let free = 0;
    while (free < run && !taken(id + free)) free++;
    if (free === run) return id;
    id += free;
  }
  // A range of one is the node's: it is taken while nobody makes a new one.
  return first;
}

/** Whose the child will be: a getty belongs to the person at its terminal. */
export function ownerOfChild(world: World, layout: Layout, pid: number): string {
  const request = world.processes[pid]?.request;
  const owner = layout.ownerOfPid(pid);
  if (request?.call !== 'spawn' || !request.path.endsWith('agetty')) return owner;
  return layout.ownerOfTerminal(request.argv[1] ?? '');
}

const creating: ReadonlySet<string> = new Set(['mkdir', 'mknod', 'symlink', 'link', 'listen']);

/** The group of files that a call may add an inode to; null if it adds none. */
function growing(world: World, pid: number): string | null {
  const request = world.processes[pid]?.request;
  if (request?.call === 'init_module') return groupOfPath(NODE_PATH);
  if (request === undefined || !('path' in request)) return null;
  const creates =
    request.call === 'open' ? request.flags.includes('create') : creating.has(request.call);
  return creates ? groupOfPath(request.path) : null;
}

const raw = new WeakMap<object, object>();

/** A table that asks for the owner of what it does not have; the table of the last call is taken out of its guard. */
function guard<T>(table: Readonly<Record<number, T>>, ask: (id: number) => void) {
  const bare = (raw.get(table) ?? table) as Readonly<Record<number, T>>;
  const made = guarded(bare, ask);
  raw.set(made, bare);
  return made;
}

/** All calls of a search happen at one moment, later than all that was there before: changed rules are newer. */
const LATER_MS = 1000;

export const momentOf = (first: World): number => first.now + LATER_MS;

export function advanceStill(
  machinery: Machinery,
  world: World,
  pid: number,
  layout: Layout,
  first: World,
  asks: Asks,
): World {
  askForOthers(world, layout, pid, asks);
  const { kernel } = world;
  const owner = layout.ownerOfPid(pid);
  const child = ownerOfChild(world, layout, pid);
  asks(child);
  const group = growing(world, pid);
  if (group !== null && group !== LOG) asks(group);
  const ready: World = {
    ...world,
    now: momentOf(first) - kernel.switches.tickMs,
    kernel: {
      ...kernel,
      tasks: guard(kernel.tasks, (id) => asks(layout.ownerOfPid(id))),
      buffers: guard(kernel.buffers, (id) => asks(layout.ownerOfBuffer(id))),
      nextPid: freeIn(layout.pids(child), (id) => Object.hasOwn(kernel.tasks, id)),
      nextFile: freeIn(layout.files(owner), (id) => get(kernel.files, id) !== undefined),
      nextBuffer: freeIn(layout.buffers(owner), (id) => Object.hasOwn(kernel.buffers, id)),
      nextIno: freeIn(layout.inodes(group ?? LOG), (id) => get(kernel.inodes, id) !== undefined),
      dmesg: first.kernel.dmesg,
    },
  };
  const after = advance(machinery, ready, pid);
  if (after.kernel.seqnum !== ready.kernel.seqnum) asks('udevd');
  if (after.kernel.vt !== ready.kernel.vt) asks('logind');
  return after;
}
