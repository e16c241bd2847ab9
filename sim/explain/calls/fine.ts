/**
 * A host at the fine grain, as a system to search: between two shared system calls anybody else may act.
 *
 * The actors are the daemons of the host and the people at its terminals, who each have a list of lines to type. A
 * step is one line typed, or one shared system call of one process; what everybody then does in private follows at
 * once, lowest pid first. Components, ids and time are those of `layout.ts`, `parts.ts` and `still.ts`.
 */
import type { Actor, Offer, System, Watch } from '../../explore/system.ts';
import type { Host } from '../../host/machine.ts';
import { step } from '../../host/step.ts';
import { isRunnable, type World } from '../../host/world.ts';
import type { Property } from '../models/properties.ts';
import { type Apart, apart } from './assemble.ts';
import { labelOf, type Shared } from './grain.ts';
import { layoutOf, NODE } from './layout.ts';
import type { ActorPart, FilePart, Known, Parts } from './parts.ts';
import {
  isWaiting,
  lineText,
  NEXT_SECOND,
  type Persons,
  pending,
  processName,
  TIME,
  terminalsOf,
} from './persons.ts';
import { aged } from './seconds.ts';
import { stamper } from './stamp.ts';
import { type Asks, momentOf } from './still.ts';
import { type Act, stretches } from './stretches.ts';
import { turns } from './turns.ts';

type Asked = Readonly<{
  name: string;
  grain: readonly Shared[];
  persons: Persons;
  seconds?: boolean;
}>;

export type Fine = Readonly<{
  system: System<Parts>;
  parts: Apart;
  /** The whole world of a state. */
  worldOf: (state: Parts) => World;
  /** A property, judged on the components that it watches. */
  watchOf: (property: Property) => Watch<Parts>;
}>;

export function fineSystem(
  { machinery, world: first }: Host,
  { name, grain, persons, seconds = false }: Asked,
): Fine {
  const parts = apart(first, layoutOf(first, terminalsOf(persons)));
  const everything: Known = new Set(parts.names);
  const stamp = stamper();
  const turn = turns(machinery, parts, first, grain);
  const reaction = stretches(parts, turn, stamp);
  const settled = turn.settled(first);
  const start = parts.split(settled);

  /** Anything may be touched; what is, is found by doing it. */
  const offer = (who: string, called: string, pid: number | null, act: Act): Offer<Parts> => ({
    name: called,
    reads: parts.names,
    writes: parts.names,
    react: (seen) => [reaction(seen, who, pid, act)],
  });

  function typing(who: string, seen: Parts): Offer<Parts>[] {
    const person = persons[who];
    const line = person?.lines[(seen[who] as ActorPart).typed];
    if (person === undefined || line === undefined) return [];
    const own = parts.assemble(seen, new Set([who]));
    if (!isWaiting(own, person.terminal, line)) return [];
    const type = (world: World, asks: Asks) => {
      // sshd answers at the terminals of the network.
      if ('login' in line && person.terminal.startsWith('pts/')) asks('init');
      return step(machinery, turn.still(world), pending(line));
    };
    return [offer(who, lineText(line), null, type)];
  }

  function calling(who: string, seen: Parts): Offer<Parts>[] {
    const own = parts.assemble(seen, new Set([who]));
    const pids = Object.keys(own.processes).map(Number);
    return pids.flatMap((pid) => {
      const label = isRunnable(own, pid) ? labelOf(own, pid, grain) : null;
      if (label === null) return [];
      const over = (world: World, asks: Asks) => turn.call(world, pid, asks);
      return [offer(who, `${processName(own, pid, pids)}: ${label}`, pid, over)];
    });
  }

  const actors = parts.layout.actors.map(
    (who): Actor<Parts> => ({
      name: who,
      own: who,
      offers: (seen) => [...typing(who, seen), ...calling(who, seen)],
    }),
  );
  return {
    system: {
      name,
      initial: [seconds ? { ...start, [TIME]: 0 } : start],
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
