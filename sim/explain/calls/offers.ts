/**
 * What an actor of the fine grain may do next: type a line, or let one of its processes make a shared call, or fail in it.
 */
import type { Offer } from '../../explore/system.ts';
import type { Host } from '../../host/machine.ts';
import { step } from '../../host/step.ts';
import { isRunnable, type World } from '../../host/world.ts';
import type { CallFault } from '../../kernel/faults.ts';
import type { Apart } from './assemble.ts';
import {
  type Failing,
  failingName,
  failuresOf,
  mayFail,
  withFault,
  withFaultsOf,
} from './failing.ts';
import { labelOf, type Shared } from './grain.ts';
import type { ActorPart, Parts } from './parts.ts';
import { isWaiting, lineText, type Persons, pending, processName } from './persons.ts';
import type { Asks } from './still.ts';
import type { Act, React } from './stretches.ts';
import type { Turns } from './turns.ts';

type Asked = Readonly<{ grain: readonly Shared[]; persons: Persons; failing?: Failing }>;

export type Offering = (who: string, seen: Parts) => readonly Offer<Parts>[];

export function offering(
  { machinery, world: first }: Host,
  { grain, persons, failing }: Asked,
  parts: Apart,
  turn: Turns,
  reaction: React,
): Offering {
  /** Anything may be touched; what is, is found by doing it. */
  const offer = (
    who: string,
    called: string,
    pid: number | null,
    act: Act,
    how?: string,
  ): Offer<Parts> => ({
    name: called,
    reads: parts.names,
    writes: parts.names,
    react: (seen) => [reaction(seen, who, pid, act, how)],
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
      const called = `${processName(own, pid, pids)}: ${label}`;
      const over = (world: World, asks: Asks) => turn.call(world, pid, asks);
      const failures = failuresOf(own, pid, failing);
      return [
        offer(who, called, pid, over),
        ...failures.map((fault) => failure(who, called, pid, fault)),
      ];
    });
  }

  function failure(who: string, called: string, pid: number, fault: CallFault): Offer<Parts> {
    const over = (world: World, asks: Asks) =>
      withFaultsOf(turn.call(withFault(world, fault), pid, asks), first);
    const name = failingName(called, fault);
    return mayFail(offer(who, name, pid, over, fault.errno), failing?.atMost ?? 0);
  }

  return (who, seen) => [...typing(who, seen), ...calling(who, seen)];
}
