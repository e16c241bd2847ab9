/**
 * A host taken apart into components, and put together again from some of them.
 *
 * What is put together is a real World, and the real `advance` runs on it. Of the components that were not asked
 * for, everything throws when it is looked at (`absent.ts`); the component is then put in, and the call made again.
 * So a step knows of the host exactly what it is remembered under.
 *
 * Left out of every component: the clock, logs, what terminals show, counters of ids. A test shows that no
 * decision reads them.
 */
import type { Process } from '../host/process.ts';
import type { World } from '../host/world.ts';
import type { Inode } from '../kernel/inode.ts';
import { inPages, numbered, type Pages, put } from '../kernel/pages.ts';
import type { Buffer, KernelState, OpenFile, Task } from '../kernel/state.ts';
import { absent, absentFile, absentPage, missing } from './absent.ts';
import { CONSOLE, type IdRange, type Layout, LOG, MODULES, NODE } from './layout.ts';

type Table<T> = Readonly<Record<string, T>>;

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

/** Component by name; what kind it is, the layout tells. */
export type Parts = Table<unknown>;

export type Known = ReadonlySet<string>;

export type Apart = Readonly<{
  layout: Layout;
  names: readonly string[];
  /**
   * The known components of a world; `typed` says how many lines each actor has typed. A group of files in which
   * nothing has changed since `before` is the very same object.
   */
  split: (world: World, known: Known, before: Parts, typed: (actor: string) => number) => Parts;
  /** A host with these components; to look at any other throws. */
  assemble: (seen: Parts, known: Known) => World;
  /** The same host with one component more. */
  widen: (world: World, name: string, part: unknown) => World;
}>;

type Machine = Pick<KernelState, 'modules' | 'misc' | 'virt' | 'faults'>;

const listed = <T>(table: Table<T>): [number, T][] =>
  Object.entries(table).map(([id, thing]) => [Number(id), thing]);

function frozen<T>(pages: ((T | null)[] | null)[]): Pages<T> {
  for (const page of pages) if (Array.isArray(page)) Object.freeze(page);
  return Object.freeze(pages);
}

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

function tableOf(members: readonly [number, Inode][], before: FilePart | undefined): FilePart {
  const same =
    before !== undefined &&
    members.length === Object.keys(before).length &&
    members.every(([ino, inode]) => before[ino] === inode);
  return same ? before : Object.fromEntries(members);
}

const filtered = <T>(table: Table<T>, keep: (id: number) => boolean): Table<T> =>
  Object.fromEntries(Object.entries(table).filter(([id]) => keep(Number(id))));

export function apart(base: World, layout: Layout): Apart {
  const { kernel: first } = base;
  const names = [...layout.actors, ...layout.groups, MODULES, CONSOLE];
  const firstFiles = numbered(first.files).map(([id]) => id);
  const firstInodes = numbered(first.inodes);
  const logs = firstInodes.filter(([ino]) => layout.groupOfInode(ino) === LOG);
  const gaps = new Map(names.map((name) => [name, absent(() => missing(name))]));
  const gapFiles = new Map(layout.actors.map((name) => [name, absentFile(() => missing(name))]));
  const gapPages = new Map(names.map((name) => [name, absentPage(() => missing(name))]));

  /** Pages in which everything of some owners asks for them: in its places at first, and in the pages of its range. */
  function missingPages<T>(
    pages: readonly (readonly (T | null)[] | null)[],
    owners: readonly Readonly<{ name: string; ids: readonly number[]; range: IdRange }>[],
  ): Pages<T> {
    const made = pages.map((page) => (page === null ? null : [...page]));
    for (const { name, ids, range } of owners) {
      for (const id of ids) put(made, id, (gapFiles.get(name) ?? gaps.get(name)) as T);
      for (let page = range.first / PAGE; page < (range.first + range.size) / PAGE; page++) {
        while (made.length <= page) made.push(null);
        made[page] = gapPages.get(name) as T[];
      }
    }
    return frozen(made);
  }

  /** The same pages with what an owner has in place of what asked for it. */
  function filled<T>(
    pages: Pages<T>,
    ids: readonly number[],
    { first: start, size }: IdRange,
    things: readonly (readonly [number, T])[],
  ): Pages<T> {
    const made = [...pages] as ((T | null)[] | null)[];
    const own = new Set<number>();
    const place = (id: number): (T | null)[] => {
      const page = Math.floor(id / PAGE);
      while (made.length <= page) made.push(null);
      if (!own.has(page)) made[page] = [...(made[page] ?? new Array<null>(PAGE).fill(null))];
      own.add(page);
      return made[page] as (T | null)[];
    };
    for (let page = start / PAGE; page < (start + size) / PAGE; page++) made[page] = null;
    for (const id of ids) place(id)[id % PAGE] = null;
    for (const [id, thing] of things) place(id)[id % PAGE] = thing;
    return frozen(made);
  }

  function actorPart(world: World, actor: string, typed: number): ActorPart {
    const { kernel, processes } = world;
    const mine = (pid: number) => layout.ownerOfPid(pid) === actor;
    const files = numbered(kernel.files).filter(([id]) => layout.ownerOfFile(id) === actor);
    const inputs = Object.entries(kernel.terminals).filter(
      ([tty]) => layout.ownerOfTerminal(tty) === actor,
    );
    return {
      tasks: filtered(kernel.tasks, mine),
      processes: renumbered(filtered(processes, mine)),
      files: Object.fromEntries(files),
      buffers: filtered(kernel.buffers, (id) => layout.ownerOfBuffer(id) === actor),
      input: Object.fromEntries(inputs.map(([tty, { input }]) => [tty, input])),
      typed,
      seqnum: actor === 'udevd' && !isQuiet(world) ? kernel.seqnum : first.seqnum,
    };
  }

  /** Has udevd nothing to do, and nothing waiting? */
  function isQuiet({ kernel }: World): boolean {
    const tasks = Object.values(kernel.tasks).filter(
      ({ pid }) => layout.ownerOfPid(pid) === 'udevd',
    );
    const files = numbered(kernel.files).filter(([id]) => layout.ownerOfFile(id) === 'udevd');
    return (
      tasks.every(({ state, parked }) => state === 'blocked' && parked?.call === 'poll') &&
      files.every(([, file]) => file.kind !== 'netlink' || file.queue.length === 0)
    );
  }

  /** Times of files are left out, but for the rules' directories, which udevd compares. */
  function timeless(inode: Inode, group: string): Inode {
    const { atime, mtime, ctime } = inode;
    const still = base.now;
    if (group === 'rules' || (atime === still && mtime === still && ctime === still)) return inode;
    return { ...inode, atime: still, mtime: still, ctime: still };
  }

  function split(world: World, known: Known, before: Parts, typed: (actor: string) => number) {
    const parts: Record<string, unknown> = {};
    for (const actor of layout.actors) {
      if (known.has(actor)) parts[actor] = actorPart(world, actor, typed(actor));
    }
    const members = new Map<string, [number, Inode][]>();
    for (const [ino, inode] of numbered(world.kernel.inodes)) {
      const group = layout.groupOfInode(ino);
      if (!known.has(group)) continue;
      const others = members.get(group);
      if (others === undefined) members.set(group, [[ino, timeless(inode, group)]]);
      else others.push([ino, timeless(inode, group)]);
    }
    for (const group of layout.groups) {
      if (known.has(group)) {
        parts[group] = tableOf(members.get(group) ?? [], before[group] as FilePart | undefined);
      }
    }
    const { modules, misc, virt, faults, vt } = world.kernel;
    if (known.has(MODULES)) parts[MODULES] = { modules, misc, virt, faults };
    if (known.has(CONSOLE)) parts[CONSOLE] = vt;
    return parts;
  }

  const gap = (name: string) => gaps.get(name) as never;

  const files = (name: string) => ({
    name,
    ids: firstFiles.filter((id) => layout.ownerOfFile(id) === name),
    range: layout.files(name),
  });
  const inodes = (name: string) => ({
    name,
    ids: layout.firstInodes(name),
    range: name === NODE ? { first: 0, size: 0 } : layout.inodes(name),
  });
  const filesAt = new Map(layout.actors.map((name) => [name, files(name)]));
  const inodesAt = new Map(layout.groups.map((name) => [name, inodes(name)]));

  const bare: World = {
    ...base,
    processes: {},
    kernel: {
      ...first,
      tasks: {},
      buffers: {},
      terminals: {},
      files: missingPages<OpenFile>([], [...filesAt.values()]),
      inodes: missingPages<Inode>(inPages(Object.fromEntries(logs)), [...inodesAt.values()]),
      modules: gap(MODULES),
      misc: gap(MODULES),
      virt: gap(MODULES),
      faults: gap(MODULES),
      vt: gap(CONSOLE),
    },
  };

  function withActor(world: World, part: ActorPart, name: string): World {
    const { kernel } = world;
    const { ids, range } = filesAt.get(name) ?? files(name);
    const terminals = Object.entries(part.input).map(([tty, input]) => [
      tty,
      { input, output: [] },
    ]);
    return {
      ...world,
      processes: { ...world.processes, ...part.processes },
      kernel: {
        ...kernel,
        seqnum: name === 'udevd' ? part.seqnum : kernel.seqnum,
        tasks: { ...kernel.tasks, ...part.tasks },
        buffers: { ...kernel.buffers, ...part.buffers },
        terminals: { ...kernel.terminals, ...Object.fromEntries(terminals) },
        files: filled(kernel.files, ids, range, listed(part.files)),
      },
    };
  }

  function widen(world: World, name: string, part: unknown): World {
    const { kernel } = world;
    if (layout.actors.includes(name)) return withActor(world, part as ActorPart, name);
    if (name === MODULES) return { ...world, kernel: { ...kernel, ...(part as Machine) } };
    if (name === CONSOLE) {
      return { ...world, kernel: { ...kernel, vt: part as KernelState['vt'] } };
    }
    const { ids, range } = inodesAt.get(name) ?? inodes(name);
    const pages = filled(kernel.inodes, ids, range, listed(part as FilePart));
    return { ...world, kernel: { ...kernel, inodes: pages } };
  }

  const assemble = (seen: Parts, known: Known): World =>
    [...known].reduce((world, name) => widen(world, name, seen[name]), bare);

  return { layout, names, split, assemble, widen };
}

/** As in kernel/pages.ts. */
const PAGE = 32;
