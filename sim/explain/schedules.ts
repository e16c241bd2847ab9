/**
 * Every way in which several actors can take turns over what they share, on a whole host.
 *
 * An actor is a process by the name of its program, with the list of shared steps that it goes through. A step that the
 * program leaves out this time (nothing to change, so no setxattr) is kept as a step that does nothing, so
 * that all schedules are equally long and can be counted. Private calls run at once, lowest pid first.
 */
import { advance, type Machinery } from '../host/route.ts';
import { settle } from '../host/schedule.ts';
import { isRunnable, runnable, type World } from '../host/world.ts';
import { type Label, labelOf } from './grain.ts';

/** A turn of an actor: one label, or several that are not to be parted. */
export type Turn = readonly Label[];

export type Actor = Readonly<{ program: string; turns: readonly Turn[] }>;

export type Schedule = Readonly<{ order: readonly string[]; end: World }>;

/** Run all that is private, until every runnable process stands before a shared step. */
function runPrivate(machinery: Machinery, from: World): World {
  let world = from;
  for (;;) {
    const at = world;
    const next = runnable(at).find((pid) => labelOf(at, pid) === null);
    if (next === undefined) return world;
    world = advance(machinery, world, next);
  }
}

/** The process of an actor that stands before a shared step. */
const standing = (world: World, { program }: Actor): number | undefined =>
  runnable(world).find(
    (pid) => world.processes[pid]?.program === program && labelOf(world, pid) !== null,
  );

/** One turn: each of its labels is carried out if the process stands there, and passed over if it does not. */
function take(machinery: Machinery, from: World, actor: Actor, turn: Turn): World {
  let world = from;
  for (const label of turn) {
    const pid = standing(world, actor);
    if (pid === undefined || !isRunnable(world, pid) || labelOf(world, pid) !== label) continue;
    world = runPrivate(machinery, advance(machinery, world, pid));
  }
  return world;
}

/** Depth first, the first actor first: the n-th schedule is the same for ever. */
export function* schedules(
  machinery: Machinery,
  from: World,
  actors: readonly Actor[],
): Generator<Schedule> {
  yield* continued(
    machinery,
    runPrivate(machinery, from),
    actors,
    actors.map(() => 0),
    [],
  );
}

function* continued(
  machinery: Machinery,
  world: World,
  actors: readonly Actor[],
  done: readonly number[],
  order: readonly string[],
): Generator<Schedule> {
  let complete = true;
  for (const [i, actor] of actors.entries()) {
    const turn = actor.turns[done[i] ?? 0];
    if (turn === undefined) continue;
    complete = false;
    const after = take(machinery, world, actor, turn);
    const counts = done.with(i, (done[i] ?? 0) + 1);
    yield* continued(machinery, after, actors, counts, [
      ...order,
      `${actor.program}: ${turn.join(' and ')}`,
    ]);
  }
  if (complete) yield { order, end: settle(machinery, world) };
}
