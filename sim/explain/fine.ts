/**
 * A host at the fine grain, as a system to search: between two shared system calls anybody else may act.
 *
 * The actors are the daemons of the host and the people at its terminals, who each have a list of lines to type. A
 * step is one line typed, or one shared system call of one process; what everybody then does in private follows at
 * once, lowest pid first. Components, ids and time are those of `layout.ts`, `parts.ts` and `still.ts`.
 */
import type { Actor, Offer, System, Watch } from '../explore/system.ts';
import type { Choice, Login, Logout, Run } from '../host/choice.ts';
import type { Host } from '../host/machine.ts';
import type { Machinery } from '../host/route.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { isRunnable, runnable, type World } from '../host/world.ts';
import { missing, missingIn } from './absent.ts';
import { labelOf, type Shared } from './grain.ts';
import { layoutOf } from './layout.ts';
import { type ActorPart, type Apart, apart, type Known, type Parts } from './parts.ts';
import type { Property } from './properties.ts';
import { stamper } from './stamp.ts';
import { type Asks, advanceStill } from './still.ts';

/** One person: a terminal, and what is typed there, in this order. */
export type Person = Readonly<{ terminal: string; lines: readonly (Login | Logout | Run)[] }>;

export type Persons = Readonly<Record<string, Person>>;

type Asked = Readonly<{ name: string; grain: readonly Shared[]; persons: Persons }>;

export type Fine = Readonly<{
  system: System<Parts>;
  parts: Apart;
  /** The whole world of a state. */
  worldOf: (state: Parts) => World;
  /** A property, judged on the components that it watches. */
  watchOf: (property: Property) => Watch<Parts>;
}>;

/** Nothing settles, no time passes: what the line begins is ordered by the steps that follow. */
export const pending = (line: Login | Logout | Run): Choice => ({
  ...line,
  pace: 0,
  settle: false,
});

export const lineText = (line: Login | Logout | Run): string => {
  if ('login' in line) return `login ${line.login}`;
  return 'logout' in line ? 'logout' : line.run.join(' ');
};

type Act = (world: World, asks: Asks) => World;

/** Goes on from a world, with components put in as they are missed. */
type Grow = (from: World, go: (world: World) => World) => World;

/** Far more private calls than any program makes between two shared ones. */
const LIMIT = 20_000;

/** A process by its program; of several of one actor, which one. */
export function processName(world: World, pid: number, pids: readonly number[]): string {
  const program = world.processes[pid]?.program ?? '?';
  const same = pids.filter((other) => world.processes[other]?.program === program);
  return same.length > 1 ? `${program} ${same.indexOf(pid) + 1}` : program;
}

/** Is the terminal waiting for the next line: for a name, or for a command? */
export function isWaiting(world: World, tty: string, line: Login | Logout | Run): boolean {
  const shell = shellOn(world, tty);
  if (!('login' in line))
    return shell !== null && world.kernel.tasks[shell]?.parked?.call === 'read';
  if (shell !== null) return false;
  return Object.values(world.kernel.tasks).some(
    (task) => task.comm === 'agetty' && task.argv[1] === tty && task.parked?.call === 'read',
  );
}

export function fineSystem(
  { machinery, world: first }: Host,
  { name, grain, persons }: Asked,
): Fine {
  const terminals = Object.entries(persons).map(([who, { terminal }]) => [who, terminal]);
  const layout = layoutOf(first, Object.fromEntries(terminals));
  const parts = apart(first, layout);
  const everything: Known = new Set(parts.names);
  const stamp = stamper();
  const turn = turns(machinery, parts, first, grain);
  const start = parts.split(
    turn.settled(first, everything, () => {}),
    everything,
    () => 0,
  );

  /** Run a step on its actor alone; whatever else turns out to be needed is put in where it is needed. */
  function react(seen: Parts, who: string, types: boolean, act: Act) {
    const known = new Set([who]);
    const asks: Asks = (component) => {
      if (!known.has(component)) missing(component);
    };
    const grow: Grow = (from, go) => {
      let world = from;
      for (;;) {
        try {
          return go(world);
        } catch (error) {
          const name = missingIn(error);
          if (name === null) throw error;
          known.add(name);
          world = parts.widen(world, name, seen[name], known);
        }
      }
    };
    const acted = grow(parts.assemble(seen, known), (world) => act(world, asks));
    const settled = turn.settled(acted, known, asks, grow);
    const typed = (actor: string) =>
      (seen[actor] as ActorPart).typed + (types && actor === who ? 1 : 0);
    const after = Object.entries(parts.split(settled, known, typed));
    return [Object.fromEntries(after.filter(([name, part]) => stamp(part) !== stamp(seen[name])))];
  }

  const touches = { reads: parts.names, writes: parts.names };

  function typing(who: string, seen: Parts): Offer<Parts>[] {
    const person = persons[who];
    const line = person?.lines[(seen[who] as ActorPart).typed];
    if (person === undefined || line === undefined) return [];
    const own = parts.assemble(seen, new Set([who]));
    if (!isWaiting(own, person.terminal, line)) return [];
    const type = (world: World, asks: Asks) => {
      if ('login' in line && person.terminal.startsWith('pts/')) asks('init');
      return step(machinery, turn.still(world), pending(line));
    };
    return [{ name: lineText(line), ...touches, react: (all) => react(all, who, true, type) }];
  }

  function calling(who: string, seen: Parts): Offer<Parts>[] {
    const own = parts.assemble(seen, new Set([who]));
    const pids = Object.keys(own.processes).map(Number);
    return pids.flatMap((pid) => {
      const label = isRunnable(own, pid) ? labelOf(own, pid, grain) : null;
      if (label === null) return [];
      const over = (world: World, asks: Asks) => turn.call(world, pid, asks);
      const offer = `${processName(own, pid, pids)}: ${label}`;
      return [{ name: offer, ...touches, react: (all: Parts) => react(all, who, false, over) }];
    });
  }

  const actors: Actor<Parts>[] = layout.actors.map((who) => ({
    name: who,
    own: who,
    offers: (seen) => [...typing(who, seen), ...calling(who, seen)],
  }));
  return {
    system: { name, initial: [start], actors, fingerprint: (_, value) => stamp(value) },
    parts,
    worldOf: (state) => parts.assemble(state, everything),
    watchOf: ({ watches, holds }) => ({
      watches,
      holds: (seen) => holds(parts.assemble(seen, new Set(watches))),
    }),
  };
}

/** Single calls and the private calls after them, on a world of which only some components are known. */
function turns(machinery: Machinery, parts: Apart, first: World, grain: readonly Shared[]) {
  const call = (world: World, pid: number, asks: Asks) =>
    advanceStill(machinery, world, pid, parts.layout, first, asks);

  /** Carry on until every process that is known and can run stands before a shared call. */
  function settled(from: World, known: Known, asks: Asks, grow: Grow = (at, go) => go(at)): World {
    let world = from;
    for (let calls = 0; calls < LIMIT; calls++) {
      const at = world;
      const next = runnable(at).find(
        (pid) => known.has(parts.layout.ownerOfPid(pid)) && labelOf(at, pid, grain) === null,
      );
      if (next === undefined) return world;
      world = grow(at, (wider) => call(wider, next, asks));
    }
    throw new Error(`After ${LIMIT} private system calls somebody is still at it.`);
  }

  const still = (world: World): World => ({ ...world, now: first.now });
  return { call, settled, still };
}
