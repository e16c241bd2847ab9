/**
 * A host at the fine grain: the next call of a process, and who goes on by himself.
 *
 * A call is shared or private (`grain.ts`). Private ones are made at once, lowest pid first, until every process that
 * can run stands before a shared one.
 */
import type { Machinery } from '../../host/route.ts';
import { runnable, type World } from '../../host/world.ts';
import type { Apart } from './assemble.ts';
import { labelOf, type Shared } from './grain.ts';
import type { Known } from './parts.ts';
import { type Asks, advanceStill } from './still.ts';

/** Far more private calls than any program makes between two shared ones. */
const LIMIT = 20_000;

export type Turns = Readonly<{
  /** One system call. Whatever component it needs is asked for. */
  call: (world: World, pid: number, asks: Asks) => World;
  /** Who makes the next private call, of the processes in known components; undefined if nobody does. */
  next: (world: World, known: Known) => number | undefined;
  /** A whole host, when everybody has made his private calls. */
  settled: (from: World) => World;
  /** The moment at which a line is typed. */
  still: (world: World) => World;
}>;

/** Go on until there is nothing more to do. */
export function untilQuiet<State>(from: State, go: (state: State) => State | null): State {
  let state = from;
  for (let calls = 0; calls < LIMIT; calls++) {
    const after = go(state);
    if (after === null) return state;
    state = after;
  }
  throw new Error(`After ${LIMIT} private system calls somebody is still at it.`);
}

export function turns(
  machinery: Machinery,
  { layout, names }: Apart,
  first: World,
  grain: readonly Shared[],
): Turns {
  const everything: Known = new Set(names);
  const call = (world: World, pid: number, asks: Asks) =>
    advanceStill(machinery, world, pid, layout, first, asks);
  const next = (world: World, known: Known) =>
    runnable(world).find(
      (pid) => known.has(layout.ownerOfPid(pid)) && labelOf(world, pid, grain) === null,
    );
  const settled = (from: World) =>
    untilQuiet(from, (world) => {
      const pid = next(world, everything);
      return pid === undefined ? null : call(world, pid, () => {});
    });
  return { call, next, settled, still: (world) => ({ ...world, now: first.now }) };
}
