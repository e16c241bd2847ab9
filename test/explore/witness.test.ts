/**
 * If this fails, the witness that is shown is not the plainest one: among the shortest paths, the one that
 * changes hands least, then with the fewest faults. Compared with a walk over every shortest path.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { witnessOf } from '../../sim/explore/replay.ts';
import { byLength, type Witness } from '../../sim/explore/report.ts';
import { decides, type Law, type Vector } from '../../sim/explore/space.ts';
import { type SystemSpace, spaceOfSystem } from '../../sim/explore/systems.ts';
import { randomSystem } from './models/random-system.ts';

const witnesses = suite('witnesses');

witnesses('on random systems no path of equal length is plainer', () => {
  let compared = 0;
  let plainer = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const space = spaceOfSystem(randomSystem({ seed, cyclic: seed % 2 === 0 }));
    for (const { property, kind, witness } of breadthFirst(space).properties) {
      if (witness === null || kind === 'finally' || witness.places.length > 6) continue;
      const law = space.laws.find(({ name }) => name === property) as Law;
      const all = allPaths(space, law, witness.places.length);
      const least = all.reduce((a, b) => (byLength(b, a) < 0 ? b : a));
      assert.equal(
        [witness.steps.length, witness.switches, witness.faults],
        [least.steps.length, least.switches, least.faults],
        `${space.name}: ${property}`,
      );
      compared++;
      if (all.some((path) => byLength(path, least) > 0)) plainer++;
    }
  }
  assert.ok(compared > 200 && plainer > 50, `${compared} compared, ${plainer} with a choice`);
});

witnesses('none of them could be shorter', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const space = spaceOfSystem(randomSystem({ seed, cyclic: false }));
    for (const { property, kind, witness } of breadthFirst(space).properties) {
      if (witness === null || kind === 'finally' || witness.places.length > 6) continue;
      const law = space.laws.find(({ name }) => name === property) as Law;
      for (let length = 0; length < witness.places.length; length++) {
        assert.is(allPaths(space, law, length).length, 0);
      }
    }
  }
});

/** Every path of just this length to a state that decides the law. */
function allPaths<State>(space: SystemSpace<State>, law: Law, length: number): readonly Witness[] {
  const found: Witness[] = [];
  const walk = (vector: Vector, places: readonly number[]) => {
    if (places.length === length) {
      if (decides(law, vector)) found.push(witnessOf(space, { start: 0, places }));
      return;
    }
    const onward: [Vector, number][] = [];
    space.expand(vector, (next, place) => onward.push([next.slice(), place]));
    for (const [next, place] of onward) walk(next, [...places, place]);
  };
  walk(space.starts[0] as Vector, []);
  return found;
}

witnesses.run();
