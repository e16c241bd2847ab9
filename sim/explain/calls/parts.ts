/**
 * A host taken apart into components.
 *
 * Left out of every component: the clock, logs, what terminals show, counters of ids, times of files (but for the
 * rules' directories, which udevd compares, and the node's ctime, which libvirtd does). A test shows that no decision reads them (test/explain/edges.test.ts).
 */
import type { Process } from '../../host/process.ts';
import type { World } from '../../host/world.ts';
import type { Inode } from '../../kernel/inode.ts';
import { numbered } from '../../kernel/pages.ts';
import type { Buffer, KernelState, OpenFile, Task } from '../../kernel/state.ts';
import { CONSOLE, type Layout, MODULES, NODE } from './layout.ts';

export type Table<T> = Readonly<Record<string, T>>;

/** Everything of one actor: its tasks with what they have open, and how many of its lines are typed. */
export type ActorPart = Readonly<{
  tasks: Table<Task>;
  processes: Table<Process>;
  files: Table<OpenFile>;
  buffers: Table<Buffer>;
  /** Lines that wait at its terminals. */
  input: Table<readonly string[]>;
  typed: number;
  /** udevd's: the last sequence number that was given out; begins anew whenever it has nothing to do. */
  seqnum: number;
}>;

/** A group of files: inodes by number. */
export type FilePart = Table<Inode>;

export type Machine = Pick<KernelState, 'modules' | 'misc' | 'virt'>;

/** Component by name; what kind it is, the layout tells. */
export type Parts = Table<unknown>;

export type Known = ReadonlySet<string>;

export const namesOf = (layout: Layout): readonly string[] => [
  ...layout.actors,
  ...layout.groups,
  MODULES,
  CONSOLE,
];

/**
 * The known components of a world, just as they are; `typed` says how many lines each actor has typed. A group of files
 * in which nothing has changed since `before` is the very same object.
 */
export function taken(
  layout: Layout,
  base: World,
  world: World,
  known: Known,
  before: Parts,
  typed: (actor: string) => number,
): Parts {
  const parts: Record<string, unknown> = {};
  for (const actor of layout.actors) {
    if (known.has(actor)) parts[actor] = actorPart(layout, base, world, actor, typed(actor));
  }
  const members = new Map(
    layout.groups.filter((group) => known.has(group)).map((group) => [group, [] as Member[]]),
  );
  for (const [ino, inode] of numbered(world.kernel.inodes)) {
    members.get(layout.groupOfInode(ino))?.push([ino, inode]);
  }
  for (const [group, inodes] of members) {
    parts[group] = tableOf(inodes, before[group] as FilePart | undefined);
  }
  const { modules, misc, virt, faults, vt } = world.kernel;
  if (faults !== base.kernel.faults) {
    throw new Error('A call has used up a fault: faults are no component of this search.');
  }
  if (known.has(MODULES)) parts[MODULES] = { modules, misc, virt } satisfies Machine;
  if (known.has(CONSOLE)) parts[CONSOLE] = vt;
  return parts;
}

/** A component between two steps: without what no decision reads then. */
export function atRest(layout: Layout, base: World, name: string, part: unknown): unknown {
  if (layout.actors.includes(name)) return actorAtRest(base, name, part as ActorPart);
  if (!layout.groups.includes(name)) return part;
  const inodes = part as FilePart;
  const members = Object.entries(inodes).map(
    ([ino, inode]): Member => [Number(ino), timeless(layout, inode, name, base.now)],
  );
  return tableOf(members, inodes);
}

type Member = readonly [ino: number, inode: Inode];

function timeless(layout: Layout, inode: Inode, group: string, still: number): Inode {
  const { atime, mtime } = inode;
  const ctime = layout.timed && group === NODE ? inode.ctime : still;
  if (group === 'rules' || isOld(inode, still)) return inode;
  if (atime === still && mtime === still && ctime === inode.ctime) return inode;
  return { ...inode, atime: still, mtime: still, ctime };
}

/** A file from before the search, as libvirtd may have found it: it remembers the ctime of binaries. */
const isOld = ({ type, ctime }: Inode, still: number): boolean => type === 'file' && ctime <= still;

function tableOf(members: readonly Member[], before: FilePart | undefined): FilePart {
  const same =
    before !== undefined &&
    members.length === Object.keys(before).length &&
    members.every(([ino, inode]) => before[ino] === inode);
  return same ? before : Object.fromEntries(members);
}

const filtered = <T>(table: Table<T>, keep: (id: number) => boolean): Table<T> =>
  Object.fromEntries(Object.entries(table).filter(([id]) => keep(Number(id))));

function actorPart(
  layout: Layout,
  base: World,
  world: World,
  actor: string,
  typed: number,
): ActorPart {
  const { kernel, processes } = world;
  const mine = (pid: number) => layout.ownerOfPid(pid) === actor;
  const files = numbered(kernel.files).filter(([id]) => layout.ownerOfFile(id) === actor);
  const inputs = Object.entries(kernel.terminals).filter(
    ([tty]) => layout.ownerOfTerminal(tty) === actor,
  );
  return {
    tasks: filtered(kernel.tasks, mine),
    processes: filtered(processes, mine),
    files: Object.fromEntries(files),
    buffers: filtered(kernel.buffers, (id) => layout.ownerOfBuffer(id) === actor),
    input: Object.fromEntries(inputs.map(([tty, { input }]) => [tty, input])),
    typed,
    seqnum: (actor === 'udevd' ? kernel : base.kernel).seqnum,
  };
}

function actorAtRest(base: World, actor: string, part: ActorPart): ActorPart {
  const busy = actor === 'udevd' && !isQuiet(part.tasks, part.files);
  return {
    ...part,
    processes: renumbered(part.processes),
    seqnum: (busy ? part : base.kernel).seqnum,
  };
}

/** Has udevd nothing to do, and nothing waiting? */
const isQuiet = (tasks: Table<Task>, files: Table<OpenFile>): boolean =>
  Object.values(tasks).every(
    ({ state, parked }) => state === 'blocked' && parked?.call === 'poll',
  ) && Object.values(files).every((file) => file.kind !== 'netlink' || file.queue.length === 0);

/** logind between two turns: the next session's number is one more than the highest, as after its restart. */
function renumbered(processes: Table<Process>): Table<Process> {
  return Object.fromEntries(
    Object.entries(processes).map(([pid, process]) => {
      if (process.program !== 'systemd-logind' || process.answers.length > 0) return [pid, process];
      const memory = process.memory as Readonly<{ sessions: readonly { id: string }[] }>;
      const nextId = 1 + Math.max(0, ...memory.sessions.map(({ id }) => Number(id)));
      return [pid, { ...process, memory: { ...memory, nextId } }];
    }),
  );
}
