/**
 * A host at the fine grain, as a system to search: between two shared system calls anybody else may act.
 *
 * The actors are the daemons of the host and the people at its terminals, who each have a list of lines to type. A
 * step is one line typed, or one shared system call of one process; what everybody then does in private follows at
 * once, lowest pid first. Components, ids and time are those of `layout.ts`, `parts.ts` and `still.ts`.
 */
import type { Actor, System, Watch } from '../../explore/system.ts';
import type { Host } from '../../host/machine.ts';
import type { World } from '../../host/world.ts';
import type { Property } from '../models/properties.ts';
import { type Apart, apart } from './assemble.ts';
import { FAILED, type Failing } from './failing.ts';
import type { Shared } from './grain.ts';
import { layoutOf, NODE } from './layout.ts';
import { offering } from './offers.ts';
import type { ActorPart, FilePart, Known, Parts } from './parts.ts';
import { NEXT_SECOND, type Persons, TIME, terminalsOf } from './persons.ts';
import { aged } from './seconds.ts';
import { stamper } from './stamp.ts';
import { momentOf } from './still.ts';
import { stretches } from './stretches.ts';
import { turns } from './turns.ts';

type Asked = Readonly<{
  name: string;
  grain: readonly Shared[];
  persons: Persons;
  seconds?: true;
  failing?: Failing;
}>;

export type Fine = Readonly<{
  system: System<Parts>;
  parts: Apart;
  /** The whole world of a state. */
  worldOf: (state: Parts) => World;
  /** A property, judged on the components that it watches. */
  watchOf: (property: Property) => Watch<Parts>;
}>;

export function fineSystem(host: Host, asked: Asked): Fine {
  const { machinery, world: first } = host;
  const { name, grain, persons, seconds, failing } = asked;
  const parts = apart(first, layoutOf(first, terminalsOf(persons)));
  const everything: Known = new Set(parts.names);
  const stamp = stamper();
  const turn = turns(machinery, parts, first, grain);
  const reaction = stretches(parts, turn, stamp);
  const settled = turn.settled(first);
  const start = parts.split(settled);

  const offers = offering(host, asked, parts, turn, reaction);
  const actors = parts.layout.actors.map(
    (who): Actor<Parts> => ({
      name: who,
      own: who,
      offers: (seen) => offers(who, seen),
    }),
  );
  return {
    system: {
      name,
      initial: [{ ...start, ...(seconds && { [TIME]: 0 }), ...(failing && { [FAILED]: 0 }) }],
      actors: seconds ? [...actors, passing(momentOf(first))] : actors,
      fingerprint: (_, value) => stamp(value),
    },
    parts,
    worldOf: (state) => parts.assemble(state, everything),
    watchOf: ({ watches, holds }) => ({
      watches,
      holds: (seen) => holds(parts.assemble(seen, new Set(watches))),
    }),
  };
}

/** Time as one actor more, with nothing of its own. */
const passing = (now: number): Actor<Parts> => ({
  name: TIME,
  own: TIME,
  offers: () => [
    {
      name: NEXT_SECOND,
      reads: [NODE, 'libvirtd'],
      writes: [NODE, 'libvirtd'],
      react: (seen) => {
        const older = aged(seen[NODE] as FilePart, seen['libvirtd'] as ActorPart, now);
        return older === null ? [] : [older];
      },
    },
  ],
});
