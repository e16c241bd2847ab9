/**
 * What events that run to their ends cannot do, system calls in between may: the question at the fine grain.
 *
 * Two occasions on which the node changes hands. kvm_intel is loaded anew and the seat changes hands before udevd has
 * caught up: logind goes by udev's database, which still calls the device tagged, and so puts an entry on a node that the
 * kernel has just made, 0600 and without rules. And somebody logs in and out while the package is being installed.
 */
import type { Setup } from '../../host/machine.ts';
import type { Trace } from '../../host/trace.ts';
import { memo } from '../../kernel/memo.ts';
import type { FineModel } from './model.ts';
import { type Reach, reachOf, shortestTo, type When } from './reach.ts';
import type { Target } from './search.ts';

const typed = (...lines: string[]) => ({
  terminal: 'pts/0',
  lines: lines.map((line) => ({ run: line.split(' '), as: 'root@pts/0' as const })),
});

/** Comes and goes on the console, while an administrator types at a terminal of the network. */
const operator: FineModel['persons'][string] = {
  terminal: 'tty1',
  lines: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }],
};

const occasions = {
  'a module reload with a seat switch': {
    asks: 'Can a reload of kvm_intel and a change of hands at the seat, call by call, lead there?',
    grain: ['node', 'udev database'],
    persons: { operator, admin: typed('modprobe -r kvm_intel', 'modprobe kvm_intel') },
  },
  'a login and logout during the installation': {
    asks: 'Can a login and a logout on the console while qemu-kvm-ev is being installed, call by call, lead there?',
    grain: ['node', 'seat file'],
    persons: { operator, admin: typed('yum -y install qemu-kvm-ev') },
  },
} satisfies Record<string, Pick<FineModel, 'asks' | 'grain' | 'persons'>>;

type Occasion = keyof typeof occasions;

const made = memo((text): Reach => {
  const [title, profile, setup] = JSON.parse(text) as [Occasion, string, Setup];
  return reachOf({ title, profile, setup, ...occasions[title] });
}, 8);

/** An occasion on a host like this one. */
export const raceOn = (title: Occasion, profile: string, setup: Setup): Reach =>
  made(JSON.stringify([title, profile, setup]));

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

/** Is the target ever reached, or left behind? */
export function raceTo(reach: Reach, target: Target, when: When = 'always'): Race {
  const model = reach.model as FineModel;
  const bounds = { states: STATES };
  const { states, transitions, complete, orders } = shortestTo(reach, target, bounds, when);
  const lines = Object.entries(model.persons).map(
    ([who, person]) =>
      `${who}: ${person.lines.map((l) => ('run' in l ? l.run.join(' ') : 'login' in l ? 'login' : 'logout')).join(', ')}`,
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
