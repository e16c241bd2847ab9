/**
 * If this fails, a search spread over machines says something else than the same search on one.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { countSchedules } from '../../sim/explore/count.ts';
import { frontOf } from '../../sim/explore/front.ts';
import { multinomial } from '../../sim/explore/interleavings.ts';
import type { Model } from '../../sim/explore/model.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import { replay } from '../../sim/explore/replay.ts';
import type { Report } from '../../sim/explore/report.ts';
import {
  countShard,
  joinReports,
  joinSchedules,
  type ShardReport,
  type ShardSchedules,
  searchShard,
} from '../../sim/explore/shard.ts';
import type { Space } from '../../sim/explore/space.ts';
import { spaceOfSystem } from '../../sim/explore/systems.ts';
import { devices, outcome } from './models/devices.ts';
import { jugs, philosophers, strangers } from './models/puzzles.ts';
import { randomSystem } from './models/random-system.ts';
import { twoPhaseCommit } from './models/two-phase-commit.ts';

const shards = suite('shards');

/** As files would carry it from one machine to another. */
const carried = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const parts = (of: number) => Array.from({ length: of }, (_, i) => ({ part: i + 1, of }));

const inParts = <State, Step>(space: Space<State, Step>, of: number): readonly ShardReport[] =>
  carried(parts(of).map((shard) => searchShard(space, shard)));

const told = ({ properties }: Report) =>
  properties.map(({ property, verdict, witness }) => [property, verdict, witness?.steps.length]);

shards('verdicts and the lengths of witnesses are those of one search', () => {
  const spaces: Space<unknown, unknown>[] = [
    spaceOf(jugs),
    spaceOf(twoPhaseCommit(3)),
    spaceOf(philosophers(5)),
    spaceOfSystem(devices(['kvm'])),
    ...[1, 2, 3, 4, 5, 6].map((seed) => spaceOfSystem(randomSystem({ seed, cyclic: true }))),
  ] as unknown as Space<unknown, unknown>[];
  for (const space of spaces) {
    const whole = breadthFirst(space);
    for (const of of [1, 2, 5]) {
      const joined = joinReports(inParts(space, of).toReversed());
      assert.equal(told(joined), told(whole), `${space.name} in ${of} parts`);
      assert.ok(joined.states >= whole.states);
      for (const { witness } of joined.properties) if (witness) replay(space, witness);
    }
  }
});

shards('what lies above the front is judged too', () => {
  const model: Model<number, 'left' | 'right'> = {
    name: 'a tree',
    initial: [1],
    enabled: (node) => (node < 4_096 ? ['left', 'right'] : []),
    next: (node, step) => 2 * node + (step === 'left' ? 0 : 1),
    always: { 'not five': (node) => node !== 5 },
  };
  const joined = joinReports(inParts(spaceOf(model), 4));
  assert.equal(joined.properties[0]?.witness?.steps, ['left', 'right']);
});

shards('counts of schedules are exact', () => {
  const long = spaceOfSystem(strangers([9, 9, 9]));
  const short = spaceOfSystem(devices(['kvm', 'vfio']));
  const count = <State, Step>(
    space: Space<State, Step>,
    name: (state: State) => string,
    of: number,
  ) =>
    joinSchedules(
      carried(parts(of).map((shard): ShardSchedules => countShard(space, shard, name))),
    );
  assert.is(count(long, () => 'done', 3).total, multinomial([9, 9, 9]));
  const name = (seen: Parameters<typeof outcome>[0]) => outcome(seen, 'kvm');
  assert.equal(count(short, name, 7), countSchedules(short, name));
});

shards('every schedule passes the front once, though some end before it', () => {
  const space = spaceOfSystem(strangers([1, 1]));
  const { prefixes } = frontOf(space, 100);
  assert.equal(
    prefixes.map(({ ways, ended }) => [ways, ended]),
    [[2n, true]],
  );
});

shards('a part that is missing, doubled or of another search is refused', () => {
  const space = spaceOf(jugs);
  const [one, two] = inParts(space, 2) as [ShardReport, ShardReport];
  assert.throws(() => joinReports([one]), /Part 2 of 2 is there 0 times/);
  assert.throws(() => joinReports([one, two, two]), /Part 2 of 2 is there 2 times/);
  const stranger = searchShard(spaceOf(philosophers(3)), { part: 2, of: 2 });
  assert.throws(() => joinReports([one, stranger]), /A part of 3 philosophers/);
  assert.throws(() => searchShard(space, { part: 3, of: 2 }), /no part 3 of 2/);
});

shards('bounds count from the start, and a bound reached in one part is named in the whole', () => {
  const bounds = { depth: 5 };
  const joined = joinReports(
    parts(2).map((shard) => searchShard(spaceOf(jugs), shard, { bounds })),
  );
  assert.equal(joined.hit, ['depth']);
  assert.equal(told(joined), told(breadthFirst(spaceOf(jugs), { bounds })));
});

shards.run();
