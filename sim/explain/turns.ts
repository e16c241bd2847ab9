/**
 * One step of a search at the fine grain: a shared system call or a typed line, then every private call it leads to.
 *
 * It begins on the acting component alone. Whatever else turns out to be needed is put in where it is needed, and what
 * has been put in by the end is what the outcome depends on.
 */
import type { Machinery } from '../host/route.ts';
import { runnable, type World } from '../host/world.ts';
import { missing, missingIn } from './absent.ts';
import type { Apart } from './assemble.ts';
import { labelOf, type Shared } from './grain.ts';
import type { ActorPart, Known, Parts } from './parts.ts';
import type { Stamp } from './stamp.ts';
import { type Asks, advanceStill } from './still.ts';

/** Far more private calls than any program makes between two shared ones. */
const LIMIT = 20_000;

/** Goes on from a world, with components put in as they are missed. */
type Grow = (from: World, go: (world: World) => World) => World;

export type Act = (world: World, asks: Asks) => World;

export type Turns = Readonly<{
  call: (world: World, pid: number, asks: Asks) => World;
  /** Carry on until every process that is known and can run stands before a shared call. */
  settled: (from: World, known: Known, asks: Asks, grow?: Grow) => World;
  /** The moment at which a line is typed. */
  still: (world: World) => World;
}>;

export function turns(
  machinery: Machinery,
  { layout }: Apart,
  first: World,
  grain: readonly Shared[],
): Turns {
  const call = (world: World, pid: number, asks: Asks) =>
    advanceStill(machinery, world, pid, layout, first, asks);

  function settled(from: World, known: Known, asks: Asks, grow: Grow = (at, go) => go(at)) {
    let world = from;
    let busy = true;
    const next = (at: World): World => {
      const pid = runnable(at).find(
        (one) => known.has(layout.ownerOfPid(one)) && labelOf(at, one, grain) === null,
      );
      busy = pid !== undefined;
      return pid === undefined ? at : call(at, pid, asks);
    };
    for (let calls = 0; calls < LIMIT; calls++) {
      world = grow(world, next);
      if (!busy) return world;
    }
    throw new Error(`After ${LIMIT} private system calls somebody is still at it.`);
  }

  return { call, settled, still: (world) => ({ ...world, now: first.now }) };
}

/** A step of one actor: what has changed, by component. `ahead` are components that it is known to need. */
export type React = (seen: Parts, ahead: readonly string[], act: Act, types: boolean) => Parts;

export function reactionOf(who: string, parts: Apart, turn: Turns, stamp: Stamp): React {
  return (seen, ahead, act, types) => {
    const known = new Set([who, ...ahead]);
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
          world = parts.widen(world, name, seen[name]);
        }
      }
    };
    const acted = grow(parts.assemble(seen, known), (world) => act(world, asks));
    const settled = turn.settled(acted, known, asks, grow);
    const before = Object.fromEntries([...known].map((name) => [name, seen[name]]));
    const typed = (actor: string) =>
      (before[actor] as ActorPart).typed + (types && actor === who ? 1 : 0);
    const after = Object.entries(parts.split(settled, known, before, typed));
    return Object.fromEntries(after.filter(([name, part]) => stamp(part) !== stamp(before[name])));
  };
}
