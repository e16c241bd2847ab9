/**
 * Shared calls that may fail for no reason of the host's own: each is one step more of whoever stands before it.
 *
 * A call that fails does so at once, so nothing of a fault is left behind it, and only how many there have been is part of
 * a state.
 */
import type { Offer } from '../../explore/system.ts';
import type { World } from '../../host/world.ts';
import { type CallFault, isMeant } from '../../kernel/faults.ts';
import type { Parts } from './parts.ts';

/** Which calls, and how many of them in all. */
export type Failing = Readonly<{
  atMost: number;
  calls: readonly Pick<CallFault, 'comm' | 'call' | 'path' | 'errno'>[];
}>;

/** The component that counts them. */
export const FAILED = 'failed calls';

/** How the call that a process stands before may fail. */
export function failuresOf(world: World, pid: number, failing: Failing | undefined): CallFault[] {
  const task = world.kernel.tasks[pid];
  const request = world.processes[pid]?.request;
  if (task === undefined || request === undefined) return [];
  return (failing?.calls ?? []).filter((fault) => isMeant(fault, task, request));
}

/** `systemd-logind: set fails with EIO`. */
export const failingName = (label: string, { errno }: CallFault): string =>
  `${label} fails with ${errno}`;

/** The same host, on which the next call that is meant fails. */
export const withFault = (world: World, fault: CallFault): World => ({
  ...world,
  kernel: { ...world.kernel, faults: { ...world.kernel.faults, calls: [fault] } },
});

/** Both hold the same faults: none that waits. */
export const withFaultsOf = (world: World, { kernel: { faults } }: World): World => ({
  ...world,
  kernel: { ...world.kernel, faults },
});

/** A step that is a fault: possible as long as there have been fewer than so many. */
export function mayFail(offer: Offer<Parts>, atMost: number): Offer<Parts> {
  const { reads = [], writes = [], react } = offer;
  return {
    ...offer,
    isFault: true,
    reads: [...reads, FAILED],
    writes: [...writes, FAILED],
    react(seen) {
      const before = seen[FAILED] as number;
      if (before >= atMost) return [];
      return react(seen).map((changes) => ({ ...changes, [FAILED]: before + 1 }));
    },
  };
}

/** For people: `systemd-logind's setxattr on /dev/kvm (EIO)`. */
export const failingText = ({ calls }: Failing): string =>
  calls
    .map(
      ({ comm, call, path, errno }) => `${comm}'s ${call}${path ? ` on ${path}` : ''} (${errno})`,
    )
    .join(', ');
