/**
 * If this fails, the reduced search leaves out an order that matters: a bug is missed, or a proof is wrong.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { reductionOf } from '../../sim/explore/reduce.ts';
import { replay } from '../../sim/explore/replay.ts';
import type { Report, SearchOptions } from '../../sim/explore/report.ts';
import { type SystemSpace, spaceOfSystem } from '../../sim/explore/systems.ts';
import { devices } from './models/devices.ts';
import { clerks, strangers } from './models/puzzles.ts';
import { randomSystem } from './models/random-system.ts';

const reduce = suite('reduce');

const reduced = <State>(space: SystemSpace<State>, options: SearchOptions = {}): Report =>
  breadthFirst(space, options, reductionOf(space, options.only));

/** Both searches, together and property by property; every reduced witness must replay. */
function agree<State>(space: SystemSpace<State>): Readonly<{ full: number; most: number }> {
  const full = breadthFirst(space);
  let most = 0;
  const asked = [undefined, ...full.properties.map(({ property }) => [property])];
  for (const only of asked) {
    const report = reduced(space, only ? { only } : {});
    assert.ok(report.reduced && report.states <= full.states);
    if (only) most = Math.max(most, report.states);
    for (const { property, verdict, witness } of report.properties) {
      const known = full.properties.find((other) => other.property === property);
      assert.is(verdict, known?.verdict, `${space.name}: ${property}`);
      if (witness) replay(space, witness);
    }
  }
  return { full: full.states, most };
}

reduce('two devices: 3,249 states, and for no property more than 446 of them', () => {
  const { full, most } = agree(spaceOfSystem(devices(['kvm', 'vfio'])));
  assert.equal([full, most], [57 * 57, 446]);
  assert.ok(full >= 5 * most);
});

reduce('three devices: 185,193 states, and for one property 2,900', () => {
  const space = spaceOfSystem(devices(['kvm', 'vfio', 'sev']));
  const only = ['sev: the group is locked out'];
  const [full, less] = [breadthFirst(space, { only }), reduced(space, { only })];
  assert.equal([full.states, less.states], [57 ** 3, 2_900]);
  assert.equal(less.properties[0]?.verdict, full.properties[0]?.verdict);
});

reduce('the planted bug is found by the reduced search too', () => {
  const { properties } = reduced(spaceOfSystem(clerks));
  const lost = properties.find(({ property }) => property === 'nothing is lost');
  assert.is(lost?.verdict, 'fails');
  assert.is(lost?.witness?.steps.length, 4);
});

reduce('programs that never meet are walked one after another', () => {
  const space = spaceOfSystem(strangers([9, 9, 9]));
  assert.is(breadthFirst(space).states, 1_000);
  assert.is(reduced(space).states, 28);
});

reduce(
  'on 300 random systems, half of them cyclic, every verdict is that of the full search',
  () => {
    let saved = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { full, most } = agree(spaceOfSystem(randomSystem({ seed, cyclic: seed % 2 === 0 })));
      if (most < full) saved++;
    }
    assert.ok(saved > 100, `only ${saved} were reduced at all: then agreement says nothing`);
  },
);

reduce('one who goes round for ever puts no one else off', () => {
  const space = spaceOfSystem<{ spinner: number; worker: number }>({
    name: 'spinner',
    initial: [{ spinner: 0, worker: 0 }],
    actors: [
      {
        name: 'spinner',
        own: 'spinner',
        offers: ({ spinner }) => [{ name: 'spin', react: () => [{ spinner: 1 - spinner }] }],
        future: () => ({ reads: [], writes: [] }),
      },
      {
        name: 'worker',
        own: 'worker',
        offers: ({ worker }) =>
          worker < 3 ? [{ name: 'work', react: () => [{ worker: worker + 1 }] }] : [],
        future: () => ({ reads: [], writes: [] }),
      },
    ],
    always: { 'work is never done': { watches: ['worker'], holds: ({ worker }) => worker < 3 } },
  });
  assert.is(reduced(space).properties[0]?.verdict, 'fails');
});

reduce('a footprint that is not true is caught', () => {
  const system = (does: 'look' | 'write' | 'grow') =>
    spaceOfSystem<{ own: number; other: number }>({
      name: 'a liar',
      initial: [{ own: 0, other: 0 }],
      actors: [
        {
          name: 'liar',
          own: 'own',
          offers: ({ own }) => [
            {
              name: 'lie',
              react: (seen) => [
                does === 'write' ? { other: 1 } : { own: does === 'look' ? seen.other : own + 1 },
              ],
            },
          ],
          future: ({ own }) => ({ reads: own > 0 ? ['other'] : [], writes: [] }),
        },
      ],
    });
  assert.throws(() => breadthFirst(system('look')), /liar\/lie looks at other/);
  assert.throws(() => breadthFirst(system('write')), /liar\/lie writes other/);
  assert.throws(() => breadthFirst(system('grow')), /makes the future of liar grow/);
});

reduce.run();
