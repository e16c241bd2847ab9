/**
 * What events that run to their ends cannot do, system calls in between may: the question at the fine grain.
 *
 * kvm_intel is loaded anew and the seat changes hands before udevd has caught up. logind goes by udev's database, which
 * still calls the device tagged, and so puts an entry on a node that the kernel has just made, 0600 and without rules.
 */
import type { Setup } from '../host/machine.ts';
import type { Trace } from '../host/trace.ts';
import { memo } from '../kernel/memo.ts';
import type { FineModel } from './model.ts';
import { type Reach, reachOf, shortestTo } from './reach.ts';
import type { Target } from './search.ts';

const ROOT = 'root@pts/0' as const;

const seatSwitch = (profile: string, setup: Setup): FineModel => ({
  title: 'a module reload with a seat switch',
  asks: 'Can a reload of kvm_intel and a change of hands at the seat, call by call, lead there?',
  profile,
  setup,
  grain: ['node', 'udev database'],
  persons: {
    operator: { terminal: 'tty1', lines: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }] },
    admin: {
      terminal: 'pts/0',
      lines: [
        { run: ['modprobe', '-r', 'kvm_intel'], as: ROOT },
        { run: ['modprobe', 'kvm_intel'], as: ROOT },
      ],
    },
  },
});

const made = memo((text): Reach => {
  const [profile, setup] = JSON.parse(text) as [string, Setup];
  return reachOf(seatSwitch(profile, setup));
}, 4);

export type Race = Readonly<{
  title: string;
  people: readonly string[];
  shared: readonly string[];
  states: number;
  transitions: number;
  complete: boolean;
  steps: readonly string[] | null;
  trace: Trace | null;
}>;

const STATES = 20_000;

export function raceTo(profile: string, setup: Setup, target: Target): Race {
  const reach = made(JSON.stringify([profile, setup]));
  const model = reach.model as FineModel;
  const { states, transitions, complete, orders } = shortestTo(reach, target, { states: STATES });
  const lines = Object.entries(model.persons).map(
    ([who, { lines: typed }]) =>
      `${who}: ${typed.map((l) => ('run' in l ? l.run.join(' ') : 'login' in l ? 'login' : 'logout')).join(', ')}`,
  );
  return {
    title: model.title,
    people: lines,
    shared: model.grain,
    states,
    transitions,
    complete,
    steps: orders[0]?.steps ?? null,
    trace: orders[0]?.trace ?? null,
  };
}
