/**
 * Every way in which several programs can take turns over what they share, on a whole host, as a model.
 *
 * An actor is a process by the name of its program, with the list of shared steps that it goes through. A step that the
 * program leaves out this time (nothing to change, so no setxattr) is kept as a step that does nothing: so all
 * schedules are equally long, and `explore/count.ts` counts them over the graph of states, without walking one.
 */
import type { Model } from '../../explore/model.ts';
import type { Host } from '../../host/machine.ts';
import { runnable, type World } from '../../host/world.ts';
import { apart } from './assemble.ts';
import { type Label, labelOf, nodeAndSeat } from './grain.ts';
import { layoutOf } from './layout.ts';
import type { Known, Parts } from './parts.ts';
import { stamper } from './stamp.ts';
import { turns } from './turns.ts';

/** A turn of an actor: one label, or several that are not to be parted. */
export type Turn = readonly Label[];

export type Actor = Readonly<{ program: string; turns: readonly Turn[] }>;

/** A host and how many turns each actor has had. */
export type Standing = Readonly<{ world: World; done: readonly number[]; key: string }>;

/** The process of an actor that stands before a shared step with this label. */
const standing = (world: World, { program }: Actor, label: Label): number | undefined =>
  runnable(world).find(
    (pid) => world.processes[pid]?.program === program && labelOf(world, pid) === label,
  );

export function scheduleModel(
  { machinery, world: first }: Host,
  actors: readonly Actor[],
): Model<Standing, number> {
  const parts = apart(first, layoutOf(first, {}));
  const everything: Known = new Set(parts.names);
  const stamp = stamper();
  const host = turns(machinery, parts, first, nodeAndSeat);
  const nobody = () => {};

  function at(world: World, done: readonly number[]): Standing {
    const taken: Parts = parts.split(world);
    const key = [...done, ...parts.names.map((name) => stamp(taken[name]))].join();
    return { world: parts.assemble(taken, everything), done, key };
  }

  /** Each label of the turn is carried out if the process stands there, and passed over if it does not. */
  function take(from: World, actor: Actor, turn: Turn): World {
    let world = from;
    for (const label of turn) {
      const pid = standing(world, actor, label);
      if (pid === undefined) continue;
      world = host.settled(host.call(world, pid, nobody));
    }
    return world;
  }

  return {
    name: `${actors.map(({ program }) => program).join(' against ')}`,
    initial: [
      at(
        host.settled(first),
        actors.map(() => 0),
      ),
    ],
    enabled: ({ done }) =>
      [...actors.keys()].filter((i) => (done[i] ?? 0) < (actors[i]?.turns.length ?? 0)),
    next({ world, done }, i) {
      const actor = actors[i] as Actor;
      const turn = actor.turns[done[i] ?? 0] as Turn;
      return at(take(world, actor, turn), done.with(i, (done[i] ?? 0) + 1));
    },
    fingerprint: ({ key }) => key,
    describe: (i) => actors[i]?.program ?? '',
  };
}
