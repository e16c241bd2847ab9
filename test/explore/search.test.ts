/**
 * If this fails, no verdict of the explorer can be trusted: classic models of known size, a planted bug,
 * shortest witnesses, and bounds that are always announced.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { depthFirst } from '../../sim/explore/depth.ts';
import type { Model } from '../../sim/explore/model.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import { minimalOrders } from '../../sim/explore/orders.ts';
import { replay } from '../../sim/explore/replay.ts';
import type { Report } from '../../sim/explore/report.ts';
import { spaceOfSystem } from '../../sim/explore/systems.ts';
import { randomWalks } from '../../sim/explore/walk.ts';
import { binaryClock, clerks, type Jugs, jugs, philosophers, strangers } from './models/puzzles.ts';
import { twoPhaseCommit } from './models/two-phase-commit.ts';

const search = suite('search');

const verdicts = ({ properties }: Report) =>
  Object.fromEntries(properties.map(({ property, verdict }) => [property, verdict]));
const steps = ({ properties }: Report, name: string) =>
  properties.find(({ property }) => property === name)?.witness?.steps ?? null;

search('canary: the planted bug is found, by a shortest path, by every kind of search', () => {
  const space = spaceOfSystem(clerks);
  const expected = {
    'the total never exceeds two': 'holds',
    'the total is two': 'holds',
    'nothing is lost': 'fails',
  };
  const report = breadthFirst(space);
  assert.equal(verdicts(report), expected);
  assert.equal(steps(report, 'nothing is lost'), [
    'ann/read',
    'bob/read',
    'bob/write',
    'ann/write',
  ]);
  assert.equal(verdicts(depthFirst(space)), expected);
  const walks = verdicts(randomWalks(space, { seed: 1, walks: 20 }));
  assert.is(walks['nothing is lost'], 'fails');
  assert.is(walks['the total never exceeds two'], 'open', 'walks prove nothing');
});

search('two-phase commit of 3 has 288 states, of 5 has 8,832', () => {
  const three = breadthFirst(spaceOf(twoPhaseCommit(3)));
  assert.is(three.states, 288);
  assert.equal(Object.values(verdicts(three)), ['holds', 'holds', 'holds']);
  assert.is(steps(three, 'all abort')?.length, 3);
  assert.is(steps(three, 'all commit')?.length, 10);
  assert.is(breadthFirst(spaceOf(twoPhaseCommit(5))).states, 8_832);
});

search('two jugs have 16 states, and four gallons take six steps', () => {
  const report = breadthFirst(spaceOf(jugs));
  assert.is(report.states, 16);
  assert.is(report.transitions, 16 * 6);
  assert.is(report.ends, 0);
  const expected = {
    'no jug runs over': 'holds',
    'four gallons': 'holds',
    'five in the small one': 'fails',
  };
  assert.equal(verdicts(report), expected);
  const six = [
    'fill big',
    'big to small',
    'empty small',
    'big to small',
    'fill big',
    'big to small',
  ];
  assert.equal(steps(report, 'four gallons'), six);
});

search('a binary clock has 2 states, both of them initial', () => {
  const report = breadthFirst(spaceOf(binaryClock));
  assert.equal([report.states, report.transitions, report.depth], [2, 2, 0]);
  assert.is(report.properties[1]?.witness?.start, 1);
});

search('philosophers: 14, 34 and 82 states, and one of them is the deadlock', () => {
  for (const [size, states] of [
    [3, 14],
    [4, 34],
    [5, 82],
  ] as const) {
    const report = breadthFirst(spaceOf(philosophers(size)));
    assert.is(report.states, states);
    assert.is(report.ends, 1);
    assert.equal(verdicts(report), { 'someone eats': 'holds', 'there is no end': 'fails' });
    assert.is(steps(report, 'there is no end')?.length, size);
  }
});

search('a witness replays to the state it claims', () => {
  const space = spaceOf(jugs);
  const { properties } = breadthFirst(space);
  const witness = properties.find(({ property }) => property === 'four gallons')?.witness;
  assert.ok(witness);
  assert.equal(replay(space, witness).states.at(-1), { small: 3, big: 4 });
  assert.throws(() => replay(space, { start: 0, places: [6] }), /does not replay, its step 6/);
});

search(
  'among equally short witnesses, the one with fewest changes of hand, then fewest faults',
  () => {
    // Three steps are needed, one of each letter; b may be done by either of two, or by a fault.
    const steps = ['x:a', 'y:a', 'x:b', 'y:b!', 'y:b', 'y:c'];
    const model: Model<string, string> = {
      name: 'letters',
      initial: [''],
      enabled: (word) => steps.filter((step) => step[2] === 'abc'[word.length]),
      next: (word, step) => word + step[2],
      actor: (step) => step[0] as string,
      isFault: (step) => step.endsWith('!'),
      sometimes: { spelt: (word) => word === 'abc' },
    };
    const witness = breadthFirst(spaceOf(model)).properties[0]?.witness;
    assert.equal(witness?.steps, ['y:a', 'y:b', 'y:c']);
    assert.equal([witness?.switches, witness?.faults], [0, 0]);
  },
);

search('a bound that was reached is named, and what it left undecided is open', () => {
  const space = spaceOf(jugs);
  const shallow = breadthFirst(space, { bounds: { depth: 5 } });
  assert.equal(shallow.hit, ['depth']);
  assert.equal(Object.values(verdicts(shallow)), ['open', 'open', 'open']);
  const few = breadthFirst(space, { bounds: { states: 7 } });
  assert.equal([few.states, ...few.hit], [7, 'states']);
  const enough = breadthFirst(space, { bounds: { states: 16, depth: 7 } });
  assert.equal(enough.hit, []);
  assert.is(verdicts(enough)['no jug runs over'], 'holds');
});

search(
  'a depth bound hides nothing from a depth first search that comes round by a longer way first',
  () => {
    const bounds = { depth: 6 };
    const found = verdicts(depthFirst(spaceOf(jugs), { bounds }));
    assert.is(found['four gallons'], 'holds');
    for (let depth = 0; depth < 8; depth++) {
      const wide = breadthFirst(spaceOf(jugs), { bounds: { depth } });
      const deep = depthFirst(spaceOf(jugs), { bounds: { depth } });
      assert.is(deep.states, wide.states, `${depth} steps`);
      assert.equal(deep.hit, wide.hit);
    }
  },
);

search('a budget of faults is a bound: without faults nothing breaks, with one it does', () => {
  const model: Model<number, 'work' | 'break' | 'mend'> = {
    name: 'a machine',
    initial: [0],
    enabled: (broken) => (broken > 0 ? ['mend', 'break'] : ['work', 'break']),
    next: (broken, step) =>
      step === 'work' ? broken : step === 'break' ? Math.min(broken + 1, 2) : broken - 1,
    isFault: (step) => step === 'break',
    always: { 'never broken twice over': (broken) => broken < 2 },
    sometimes: { broken: (broken) => broken > 0 },
  };
  const all = [0, 1, 2].map((faults) => breadthFirst(spaceOf(model), { bounds: { faults } }));
  assert.equal(all.map(verdicts).map(Object.values), [
    ['open', 'open'],
    ['open', 'holds'],
    ['fails', 'holds'],
  ]);
  assert.equal(
    all.map(({ hit }) => hit),
    [['faults'], ['faults'], ['faults']],
  );
  assert.is(all[2]?.properties[0]?.witness?.faults, 2);
});

search('a search may stop at the first counterexample, or when all is decided', () => {
  const counter: Model<number, string> = {
    name: 'counter',
    initial: [0],
    enabled: (count) => (count < 100 ? ['one more'] : []),
    next: (count) => count + 1,
    always: { 'below ten': (count) => count < 10 },
    sometimes: { three: (count) => count === 3, twenty: (count) => count === 20 },
  };
  const states = (only: string[], until: 'exhausted' | 'counterexample' | 'decided') => {
    const report = breadthFirst(spaceOf(counter), { only, until });
    return [report.states, report.stopped];
  };
  assert.equal(states(['below ten', 'twenty'], 'counterexample'), [11, true]);
  assert.equal(states(['below ten', 'twenty'], 'decided'), [21, true]);
  assert.equal(states(['three'], 'decided'), [4, true]);
  assert.equal(states(['three'], 'exhausted'), [101, false]);
  assert.throws(() => states(['four'], 'decided'), /no property four/);
});

search('the same seed walks the same way, another seed another', () => {
  const space = spaceOf(twoPhaseCommit(3));
  const bounds = { depth: 12 };
  const walk = (seed: number) => JSON.stringify(randomWalks(space, { seed, walks: 30, bounds }));
  assert.is(walk(7), walk(7));
  assert.is.not(walk(7), walk(8));
});

search('a state kept as numbers is the same state', () => {
  const coded = {
    ...jugs,
    code: {
      width: 2,
      encode: ({ small, big }: Jugs) => [small, big],
      decode: (numbers: ArrayLike<number>) => ({ small: numbers[0] ?? 0, big: numbers[1] ?? 0 }),
    },
  };
  const { bytes, ...report } = breadthFirst(spaceOf(coded));
  const { bytes: _, ...plain } = breadthFirst(spaceOf(jugs));
  assert.equal(report, plain);
  assert.ok(bytes > 0);
  const wrong = { ...coded, code: { ...coded.code, encode: () => [-1, 0] } };
  assert.throws(() => spaceOf(wrong), /its code gave -1/);
});

search('no step of a model is run twice, whatever is asked of its space', () => {
  let ran = 0;
  const next = (state: Jugs, step: Parameters<typeof jugs.next>[1]) => {
    ran++;
    return jugs.next(state, step);
  };
  const space = spaceOf({ ...jugs, next });
  breadthFirst(space);
  depthFirst(space);
  minimalOrders(space, ({ big }) => big === 4);
  assert.is(ran, 16 * 6);
});

search('a long search tells how far it is', () => {
  const told: number[] = [];
  const progress = ({ states }: { states: number }) => told.push(states);
  breadthFirst(spaceOfSystem(strangers([60, 60, 60])), { progress });
  assert.equal(told, [65_536, 131_072, 196_608]);
});

search('a state that JSON would blur is refused', () => {
  const model = { ...binaryClock, initial: [new Map() as unknown as number] };
  assert.throws(() => spaceOf(model), /a Map is in it/);
});

search.run();
