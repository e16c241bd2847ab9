/**
 * A host put together from some of its components.
 *
 * What is put together is a real World, and the real `advance` runs on it. Of the components that were not asked
 * for, everything throws when it is looked at (`absent.ts`); the component is then put in, and the call made again.
 * So a step knows of the host exactly what it is remembered under.
 */
import type { World } from '../../host/world.ts';
import type { Inode } from '../../kernel/inode.ts';
import { inPages, numbered, type Pages, put } from '../../kernel/pages.ts';
import type { KernelState, OpenFile } from '../../kernel/state.ts';
import { absent, absentFile, absentPage, missing } from './absent.ts';
import { CONSOLE, type IdRange, type Layout, LOG, MODULES, NODE } from './layout.ts';
import {
  type ActorPart,
  atRest,
  type FilePart,
  type Known,
  type Machine,
  namesOf,
  type Parts,
  type Table,
  taken,
} from './parts.ts';

export type Apart = Readonly<{
  layout: Layout;
  names: readonly string[];
  /** The known components, just as they are. */
  take: (world: World, known: Known, before: Parts, typed: (actor: string) => number) => Parts;
  /** A component without what no decision reads between two steps. */
  atRest: (name: string, part: unknown) => unknown;
  /** All components of a host between two steps. */
  split: (world: World) => Parts;
  /** A host with these components; to look at any other throws. */
  assemble: (seen: Parts, known: Known) => World;
  /** The same host with one component more. */
  widen: (world: World, name: string, part: unknown) => World;
}>;

/** Where a component's things are in a table: its places at first, and the range of those that came later. */
type Places = Readonly<{ name: string; ids: readonly number[]; range: IdRange }>;

export function apart(base: World, layout: Layout): Apart {
  const firstFiles = numbered(base.kernel.files).map(([id]) => id);
  const files = new Map<string, Places>(
    layout.actors.map((name) => {
      const ids = firstFiles.filter((id) => layout.ownerOfFile(id) === name);
      return [name, { name, ids, range: layout.files(name) }];
    }),
  );
  const inodes = new Map<string, Places>(
    layout.groups.map((name) => {
      const range = name === NODE ? { first: 0, size: 0 } : layout.inodes(name);
      return [name, { name, ids: layout.firstInodes(name), range }];
    }),
  );
  const bare = empty(base, layout, [...files.values()], [...inodes.values()]);

  const names = namesOf(layout);
  const rest = (name: string, part: unknown) => atRest(layout, base, name, part);
  const take: Apart['take'] = (world, known, before, typed) =>
    taken(layout, base, world, known, before, typed);

  function withActor(world: World, part: ActorPart, places: Places): World {
    const { kernel } = world;
    const terminals = Object.entries(part.input).map(([tty, input]) => [
      tty,
      { input, output: [] },
    ]);
    return {
      ...world,
      processes: { ...world.processes, ...part.processes },
      kernel: {
        ...kernel,
        seqnum: places.name === 'udevd' ? part.seqnum : kernel.seqnum,
        tasks: { ...kernel.tasks, ...part.tasks },
        buffers: { ...kernel.buffers, ...part.buffers },
        terminals: { ...kernel.terminals, ...Object.fromEntries(terminals) },
        files: filled(kernel.files, places, part.files),
      },
    };
  }

  function widen(world: World, name: string, part: unknown): World {
    const { kernel } = world;
    const actor = files.get(name);
    if (actor !== undefined) return withActor(world, part as ActorPart, actor);
    if (name === MODULES) return { ...world, kernel: { ...kernel, ...(part as Machine) } };
    if (name === CONSOLE) {
      return { ...world, kernel: { ...kernel, vt: part as KernelState['vt'] } };
    }
    const group = inodes.get(name);
    if (group === undefined) throw new Error(`A host has no component ${name}; see layout.ts.`);
    const pages = filled(kernel.inodes, group, part as FilePart);
    return { ...world, kernel: { ...kernel, inodes: pages } };
  }

  return {
    layout,
    names,
    take,
    atRest: rest,
    split: (world) => {
      const everything = Object.entries(take(world, new Set(names), {}, () => 0));
      return Object.fromEntries(everything.map(([name, part]) => [name, rest(name, part)]));
    },
    assemble: (seen, known) =>
      [...known].reduce((world, name) => widen(world, name, seen[name]), bare),
    widen,
  };
}

/** A host in which everything is missing but the logs, whose contents nobody reads. */
function empty(
  base: World,
  layout: Layout,
  files: readonly Places[],
  inodes: readonly Places[],
): World {
  const { kernel } = base;
  const logs = numbered(kernel.inodes).filter(([ino]) => layout.groupOfInode(ino) === LOG);
  const machine = absent(() => missing(MODULES)) as never;
  return {
    ...base,
    processes: {},
    kernel: {
      ...kernel,
      tasks: {},
      buffers: {},
      terminals: {},
      files: missingPages<OpenFile>([], files, absentFile),
      inodes: missingPages<Inode>(inPages(Object.fromEntries(logs)), inodes, absent),
      modules: machine,
      misc: machine,
      virt: machine,
      vt: absent(() => missing(CONSOLE)) as never,
    },
  };
}

/** As in kernel/pages.ts. */
const PAGE = 32;

type Page<T> = (T | null)[];

/** Pages in which everything of some components asks for them. */
function missingPages<T>(
  pages: Pages<T>,
  places: readonly Places[],
  standIn: (ask: () => never) => object,
): Pages<T> {
  const made: (Page<T> | null)[] = pages.map((page) => (page === null ? null : [...page]));
  for (const { name, ids, range } of places) {
    const ask = () => missing(name);
    for (const id of ids) put(made, id, standIn(ask) as T);
    for (let page = range.first / PAGE; page < (range.first + range.size) / PAGE; page++) {
      while (made.length <= page) made.push(null);
      made[page] = absentPage(ask) as Page<T>;
    }
  }
  return frozen(made);
}

/** The same pages with what a component has in place of what asked for it. */
function filled<T>(pages: Pages<T>, { ids, range }: Places, things: Table<T>): Pages<T> {
  const made = [...pages] as (Page<T> | null)[];
  const own = new Set<number>();
  const pageOf = (id: number): Page<T> => {
    const page = Math.floor(id / PAGE);
    while (made.length <= page) made.push(null);
    if (!own.has(page)) made[page] = [...(made[page] ?? new Array<null>(PAGE).fill(null))];
    own.add(page);
    return made[page] as Page<T>;
  };
  for (let page = range.first / PAGE; page < (range.first + range.size) / PAGE; page++) {
    made[page] = null;
  }
  for (const id of ids) pageOf(id)[id % PAGE] = null;
  for (const [id, thing] of Object.entries(things)) pageOf(Number(id))[Number(id) % PAGE] = thing;
  return frozen(made);
}

function frozen<T>(pages: (Page<T> | null)[]): Pages<T> {
  for (const page of pages) if (Array.isArray(page)) Object.freeze(page);
  return Object.freeze(pages);
}
