/**
 * The default schedule: the foreground process until it blocks, then the others, lowest pid first, until all is quiet.
 *
 * When nobody can run but somebody in the foreground sleeps, the clock jumps to the end of the sleep.
 */
import { advance, type Machinery, tick } from './route.ts';
import { isRunnable, lowestRunnable, type World } from './world.ts';

/** More system calls than any scenario makes: a schedule that gets here never ends. */
const LIMIT = 2_000_000;

export function settle(machinery: Machinery, from: World): World {
  let world = from;
  let current: number | undefined;
  for (let calls = 0; calls < LIMIT; calls++) {
    if (current === undefined || !isRunnable(world, current)) current = lowestRunnable(world);
    if (current === undefined) return world;
    world = advance(machinery, world, current);
  }
  throw new Error(
    `The host is still busy after ${LIMIT} system calls: some processes wake each other for ever.`,
  );
}

/** The earliest moment at which a blocked call with a time limit gives up; null when none has one. */
export function nextDeadline(world: World): number | null {
  const deadlines = Object.values(world.kernel.tasks).flatMap((t) =>
    t.deadline === null ? [] : [t.deadline],
  );
  return deadlines.length > 0 ? Math.min(...deadlines) : null;
}

/** Settle; while `busy` says that somebody is waited for, let time jump from deadline to deadline. */
export function settleUntil(
  machinery: Machinery,
  from: World,
  busy: (world: World) => boolean,
): World {
  let world = settle(machinery, from);
  while (busy(world)) {
    const deadline = nextDeadline(world);
    if (deadline === null) return world;
    world = settle(machinery, tick(machinery, world, Math.max(deadline, world.now)));
  }
  return world;
}

/** Let time pass up to a moment; whoever's time limit ends on the way goes on at that moment. */
export function passUntil(machinery: Machinery, from: World, target: number): World {
  let world = settle(machinery, from);
  for (;;) {
    const deadline = nextDeadline(world);
    if (deadline === null || deadline > target) break;
    world = settle(machinery, tick(machinery, world, Math.max(deadline, world.now)));
  }
  return target > world.now ? tick(machinery, world, target) : world;
}
