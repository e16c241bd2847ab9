/**
 * How fast the explorer searches, and in how much memory: node --import tsx scripts/bench/explore.ts
 *
 * The toy has six actors of nine steps each, who leave a mark behind at each step: 12 components, exactly
 * 10^6 states and 5.4 million transitions. Nothing here is asserted; figures depend on the machine.
 */
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { reductionOf } from '../../sim/explore/reduce.ts';
import type { Report } from '../../sim/explore/report.ts';
import type { System } from '../../sim/explore/system.ts';
import { type SystemSpace, spaceOfSystem } from '../../sim/explore/systems.ts';
import { devices } from '../../test/explore/models/devices.ts';

type Marks = Readonly<Record<string, number>>;

const six = [0, 1, 2, 3, 4, 5];
const toy: System<Marks> = {
  name: 'six actors',
  initial: [
    Object.fromEntries(
      six.flatMap((i) => [
        [`mark${i}`, 0],
        [`actor${i}`, 0],
      ]),
    ),
  ],
  actors: six.map((i) => ({
    name: `actor${i}`,
    own: `actor${i}`,
    offers(seen) {
      const done = seen[`actor${i}`] ?? 0;
      if (done === 9) return [];
      const react = () => [{ [`actor${i}`]: done + 1, [`mark${i}`]: (done * 7) % 10 }];
      return [{ name: `step ${done}`, writes: [`mark${i}`], react }];
    },
    future: () => ({ reads: [], writes: [`mark${i}`] }),
  })),
  sometimes: {
    'all have come to the end': {
      watches: six.map((i) => `actor${i}`),
      holds: (seen) => six.every((i) => seen[`actor${i}`] === 9),
    },
  },
};

function measure(label: string, run: () => Report): void {
  const started = performance.now();
  const { states, transitions, bytes } = run();
  const seconds = (performance.now() - started) / 1000;
  const thousands = (count: number) => `${Math.round(count / seconds / 1000)}k/s`.padStart(8);
  process.stdout.write(
    `${label.padEnd(44)}${states.toLocaleString('en').padStart(10)} states ${seconds.toFixed(2)} s` +
      `${thousands(states)} states${thousands(transitions)} transitions ${(bytes / states).toFixed(1).padStart(5)} bytes/state\n`,
  );
}

function both<State>(label: string, space: SystemSpace<State>, only: readonly string[]): void {
  measure(`${label}: states only`, () => breadthFirst(space, { only: [] }));
  measure(`${label}: one property, witness`, () => breadthFirst(space, { only }));
  measure(`${label}: one property, reduced`, () =>
    breadthFirst(space, { only }, reductionOf(space, only)),
  );
}

both('six actors', spaceOfSystem(toy), ['all have come to the end']);
both('three devices', spaceOfSystem(devices(['kvm', 'vfio', 'sev'])), [
  'sev: the group is locked out',
]);
