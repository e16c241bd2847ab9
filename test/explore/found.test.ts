/**
 * If this fails, a step is run again for what it never looks at, or remembered under less than it depends on.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { spaceOfTables, tablesOf } from '../../scripts/bench/tables.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import type { System } from '../../sim/explore/system.ts';
import { spaceOfSystem } from '../../sim/explore/systems.ts';

const found = suite('what a step depends on');

type Numbers = Readonly<Record<string, number>>;

/** One who counts to nine, and one who looks at the count only while a light is on, which nobody switches on. */
function counting(onRun: () => void, light: number): System<Numbers> {
  return {
    name: 'a counter and a reader',
    initial: [{ counter: 0, light, reader: 0 }],
    actors: [
      {
        name: 'counter',
        own: 'counter',
        offers: ({ counter = 0 }) =>
          counter === 9 ? [] : [{ name: 'count', react: () => [{ counter: counter + 1 }] }],
      },
      {
        name: 'reader',
        own: 'reader',
        offers: ({ reader = 0 }) => {
          if (reader !== 0) return [];
          const react = (seen: Numbers) => {
            onRun();
            return [{ reader: 1 + (seen['light'] === 1 ? (seen['counter'] ?? 0) : 0) }];
          };
          return [{ name: 'read', reads: ['light', 'counter'], react }];
        },
      },
    ],
  };
}

found('a footprint may name more than a step looks at: it is run once for what it looks at', () => {
  let runs = 0;
  const space = spaceOfSystem(counting(() => runs++, 0));
  assert.is(breadthFirst(space).states, 20);
  assert.is(runs, 1);
});

found('what is looked at is part of the key: it is run once for each of its values', () => {
  let runs = 0;
  const space = spaceOfSystem(counting(() => runs++, 1));
  assert.is(breadthFirst(space).states, 10 + 55);
  assert.is(runs, 10);
});

found(
  'the tables of a whole search are searched alike, and what is not in them is not made up',
  () => {
    let runs = 0;
    const space = spaceOfSystem(counting(() => runs++, 1));
    const nothing = tablesOf(space);
    const whole = breadthFirst(space);
    const again = breadthFirst(spaceOfTables(tablesOf(space)));
    assert.is(again.states, whole.states);
    assert.is(again.transitions, whole.transitions);
    assert.is(runs, 10, 'nothing is run again');
    assert.throws(() => breadthFirst(spaceOfTables(nothing)), /not in the tables/);
  },
);

found('a footprint that leaves out what a step looks at is refused', () => {
  const system = counting(() => {}, 0);
  const [counter, reader] = system.actors;
  if (!counter || !reader) throw new Error('there are two actors');
  const narrow = {
    ...reader,
    offers: (seen: Numbers) =>
      reader.offers(seen).map((offer) => ({ ...offer, reads: ['counter'] })),
  };
  assert.throws(
    () => breadthFirst(spaceOfSystem({ ...system, actors: [counter, narrow] })),
    /reader\/read looks at light, which its footprint does not name\./,
  );
});

found.run();
