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
import { numbered, type Pages, put } from '../kernel/pages.ts';
import type { Buffer, KernelState, OpenFile, Task } from '../kernel/state.ts';
import { absent, absentPage, missing } from './absent.ts';
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
  /** The known components of a world; `typed` says how many lines each actor has typed. */
  split: (world: World, known: Known, typed: (actor: string) => number) => Parts;
  /** A host with these components; to look at any other throws. */
  assemble: (seen: Parts, known: Known) => World;
  /** The same host with one component more, which is now among the known. */
  widen: (world: World, name: string, part: unknown, known: Known) => World;
}>;

type Machine = Pick<KernelState, 'modules' | 'misc' | 'virt' | 'faults'>;

const listed = <T>(table: Table<T>): [number, T][] =>
  Object.entries(table).map(([id, thing]) => [Number(id), thing]);

const filtered = <T>(table: Table<T>, keep: (id: number) => boolean): Table<T> =>
  Object.fromEntries(Object.entries(table).filter(([id]) => keep(Number(id))));

export function apart(base: World, layout: Layout): Apart {
  const { kernel: first } = base;
  const names = [...layout.actors, ...layout.groups, MODULES, CONSOLE];
  const firstFiles = numbered(first.files).map(([id]) => id);
  const firstInodes = numbered(first.inodes);
  const logs = firstInodes.filter(([ino]) => layout.groupOfInode(ino) === LOG);
  const gaps = new Map(names.map((name) => [name, absent(() => missing(name))]));
  const gapPages = new Map(names.map((name) => [name, absentPage(() => missing(name))]));

  /** The pages of a table: what is known in its places, and what asks in the places of the rest. */
  function pagesOf<T>(
    known: readonly (readonly [number, T])[],
    missing: readonly Readonly<{ name: string; ids: readonly number[]; range: IdRange }>[],
  ): Pages<T> {
    const pages: ((T | null)[] | null)[] = [];
    for (const { name, ids, range } of missing) {
      for (const id of ids) put(pages, id, gaps.get(name) as T);
      for (let page = range.first / PAGE; page < (range.first + range.size) / PAGE; page++) {
        while (pages.length <= page) pages.push(null);
        pages[page] = gapPages.get(name) as T[];
      }
    }
    for (const [id, thing] of known) put(pages, id, thing);
    for (const page of pages) Object.freeze(page);
    return Object.freeze(pages);
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
      processes: filtered(processes, mine),
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

  function split(world: World, known: Known, typed: (actor: string) => number): Parts {
    const parts: Record<string, unknown> = {};
    for (const actor of layout.actors) {
      if (known.has(actor)) parts[actor] = actorPart(world, actor, typed(actor));
    }
    const inodes = numbered(world.kernel.inodes);
    for (const group of layout.groups) {
      if (!known.has(group)) continue;
      const members = inodes.filter(([ino]) => layout.groupOfInode(ino) === group);
      parts[group] = Object.fromEntries(
        members.map(([ino, inode]) => [ino, timeless(inode, group)]),
      );
    }
    const { modules, misc, virt, faults, vt } = world.kernel;
    if (known.has(MODULES)) parts[MODULES] = { modules, misc, virt, faults };
    if (known.has(CONSOLE)) parts[CONSOLE] = vt;
    return parts;
  }

  const gap = (name: string) => gaps.get(name) as never;

  const filesOf = (known: readonly (readonly [number, OpenFile])[], here: Known) =>
    pagesOf(
      known,
      layout.actors
        .filter((name) => !here.has(name))
        .map((name) => ({
          name,
          ids: firstFiles.filter((id) => layout.ownerOfFile(id) === name),
          range: layout.files(name),
        })),
    );

  const inodesOf = (known: readonly (readonly [number, Inode])[], here: Known) =>
    pagesOf(
      known,
      layout.groups
        .filter((name) => !here.has(name))
        .map((name) => ({
          name,
          ids: layout.firstInodes(name),
          range: name === NODE ? { first: 0, size: 0 } : layout.inodes(name),
        })),
    );

  const nobody: Known = new Set();
  const bare: World = {
    ...base,
    processes: {},
    kernel: {
      ...first,
      tasks: {},
      buffers: {},
      terminals: {},
      files: filesOf([], nobody),
      inodes: inodesOf(logs, nobody),
      modules: gap(MODULES),
      misc: gap(MODULES),
      virt: gap(MODULES),
      faults: gap(MODULES),
      vt: gap(CONSOLE),
    },
  };

  function withActor(world: World, part: ActorPart, name: string, here: Known): World {
    const { kernel } = world;
    const files = numbered(kernel.files).filter(
      ([id]) => layout.ownerOfFile(id) !== name && here.has(layout.ownerOfFile(id)),
    );
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
        files: filesOf([...files, ...listed(part.files)], here),
      },
    };
  }

  function widen(world: World, name: string, part: unknown, here: Known): World {
    const { kernel } = world;
    if (layout.actors.includes(name)) return withActor(world, part as ActorPart, name, here);
    if (name === MODULES) return { ...world, kernel: { ...kernel, ...(part as Machine) } };
    if (name === CONSOLE) {
      return { ...world, kernel: { ...kernel, vt: part as KernelState['vt'] } };
    }
    const old = numbered(kernel.inodes).filter(([ino]) => {
      const group = layout.groupOfInode(ino);
      return group !== name && (group === LOG || here.has(group));
    });
    const inodes = inodesOf([...old, ...listed(part as FilePart)], here);
    return { ...world, kernel: { ...kernel, inodes } };
  }

  function assemble(seen: Parts, known: Known): World {
    const here = new Set<string>();
    let world = bare;
    for (const name of known) {
      here.add(name);
      world = widen(world, name, seen[name], here);
    }
    return world;
  }

  return { layout, names, split, assemble, widen };
}

/** As in kernel/pages.ts. */
const PAGE = 32;
