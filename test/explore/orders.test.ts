/**
 * If this fails, "every minimal order" or a count of schedules is wrong. Both are compared with brute force.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countSchedules } from '../../sim/explore/count.ts';
import { interleavings, multinomial } from '../../sim/explore/interleavings.ts';
import type { Model } from '../../sim/explore/model.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import { minimalOrders } from '../../sim/explore/orders.ts';
import { dice } from '../../sim/explore/random.ts';
import { replay } from '../../sim/explore/replay.ts';
import type { Space, Vector } from '../../sim/explore/space.ts';
import { areIndependent, type Turn } from '../../sim/explore/system.ts';
import { spaceOfSystem } from '../../sim/explore/systems.ts';
import { type Devices, devices, groupLockedOut, outcome } from './models/devices.ts';
import { binaryClock, clerks, jugs, strangers } from './models/puzzles.ts';
import { randomSystem } from './models/random-system.ts';

const orders = suite('orders');

orders('programs that never meet have as many schedules as the multinomial says', () => {
  for (const lengths of [[3], [2, 2], [3, 5], [1, 2, 3], [2, 2, 2, 2], [20, 20, 20]]) {
    const { total } = countSchedules(spaceOfSystem(strangers(lengths)), () => 'done');
    assert.is(total, multinomial(lengths));
  }
  assert.is(multinomial([3, 5]), 56n);
  assert.is([...interleavings(['abc', '12345'].map((word) => [...word]))].length, 56);
});

orders('logout against a trigger: 56 schedules, and how they end', () => {
  const space = spaceOfSystem(devices(['kvm']));
  assert.equal(
    countSchedules(space, (seen) => outcome(seen, 'kvm')),
    {
      total: 56n,
      ends: { '0666 user': 28n, '0660 user': 12n, '0666': 7n, '0606': 5n, '0600': 4n },
    },
  );
});

orders('two devices shuffle their schedules: C(16, 8) times 56 times 56', () => {
  const { total, ends } = countSchedules(spaceOfSystem(devices(['kvm', 'vfio'])), (seen) =>
    outcome(seen, 'kvm'),
  );
  assert.is(total, multinomial([8, 8]) * 56n * 56n);
  assert.is(ends['0666'], multinomial([8, 8]) * 56n * 7n);
});

orders('the two clerks lose an update in 4 of 6 schedules', () => {
  const { ends } = countSchedules(spaceOfSystem(clerks), ({ total }) => `${total}`);
  assert.equal(ends, { 1: 4n, 2: 2n });
});

orders('on random systems the counts are those of walking every schedule', () => {
  const name = (state: unknown) => JSON.stringify(state);
  let compared = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const space = spaceOfSystem(randomSystem({ seed, cyclic: false }));
    const { total, ends } = countSchedules(space, name);
    if (total > 5_000n) continue;
    compared++;
    const walked: Record<string, bigint> = {};
    const walk = (vector: Vector) => {
      const onward: Vector[] = [];
      space.expand(vector, (next) => onward.push(next.slice()));
      for (const next of onward) walk(next);
      if (onward.length > 0) return;
      const end = name(space.state(vector));
      walked[end] = (walked[end] ?? 0n) + 1n;
    };
    for (const start of space.starts) walk(start);
    assert.equal(Object.entries(ends).sort(), Object.entries(walked).sort());
  }
  assert.ok(compared > 60, `only ${compared} were small enough`);
});

orders('schedules without end are refused, and the cycle is shown', () => {
  assert.throws(
    () => countSchedules(spaceOf(binaryClock), () => ''),
    /binary clock has schedules without end.*: (tick, tock|tock, tick) leads back/,
  );
});

orders('all minimal orders to four gallons: there are four, of 6, 8, 10 and 10 steps', () => {
  const found = minimalOrders(spaceOf(jugs), ({ big }) => big === 4);
  assert.equal([found.states, ...found.hit], [16]);
  assert.equal(
    found.orders.map(({ steps, alike }) => [steps.length, alike.length]),
    [6, 8, 10, 10].map((length) => [length, 1]),
  );
  for (const { places, start, reaches } of found.orders) {
    assert.is(reaches.big, 4);
    assert.equal(replay(spaceOf(jugs), { places, start }).states.at(-1), reaches);
  }
});

/** Three switches: a and b in either order are the same, with c all remember what came before them. */
const switches: Model<string, string> = {
  name: 'switches',
  initial: [''],
  enabled: (done) => ['a', 'b', 'c'].filter((step) => !done.includes(step)),
  next: (done, step) =>
    (done + step).includes('c') ? done + step : [...done, step].sort().join(''),
  actor: (step) => step,
};

orders('orders that differ by swapping independent steps are one', () => {
  const both = minimalOrders(spaceOf(switches), (done) => done === 'ab');
  assert.equal(
    both.orders.map(({ alike }) => alike),
    [
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ],
  );
  const ends = ['ac', 'ca'];
  const differ = minimalOrders(spaceOf(switches), (done) => ends.includes(done));
  assert.equal(
    differ.orders.map(({ alike }) => alike),
    [[['a', 'c']], [['c', 'a']]],
  );
  const apart = minimalOrders(spaceOf(switches), (done) => done === 'ab', {
    independent: () => false,
  });
  assert.is(apart.orders.length, 2);
});

orders('a target that is not reachable has no orders, and the list is complete', () => {
  const none = minimalOrders(spaceOf(jugs), ({ small }) => small === 5);
  assert.equal([none.orders.length, none.hit.length, none.states], [0, 0, 16]);
  const cut = minimalOrders(spaceOf(jugs), ({ big }) => big === 4, { bounds: { depth: 5 } });
  assert.equal([cut.orders.length, ...cut.hit], [0, 'depth']);
});

orders('on 150 random machines the minimal orders are those of brute force', () => {
  let compared = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const space = spaceOf(randomMachine(seed));
    const found = minimalOrders(space, isTarget);
    const listed = found.orders.flatMap(({ alike }) => alike.map((names) => names.join(''))).sort();
    assert.is(new Set(listed).size, listed.length);
    assert.equal(
      listed.filter((word) => word.length <= 6),
      byForce(space, 6),
      `seed ${seed}`,
    );
    compared += listed.length;
  }
  assert.ok(compared > 300, `only ${compared} orders`);
});

orders('with footprints, one order is drawn out of all that are one by them', () => {
  let classes = 0;
  let words = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const space = spaceOfSystem(randomSystem({ seed, cyclic: false }));
    if (countSchedules(space, () => '').total > 20_000n) continue;
    const target = (seen: Readonly<Record<string, number>>) =>
      seen['c0'] === 2 && (seen['c1'] ?? 0) > 0;
    const each = minimalOrders(space, target, { independent: () => false });
    const one = minimalOrders(space, target, { independent: areIndependent });
    const firsts = firstOfEach(
      each.orders.map(({ places }) => replay(space, { start: 0, places }).steps),
    );
    assert.equal(one.orders.map(({ steps }) => steps.join()).sort(), firsts);
    words += each.orders.length;
    classes += one.orders.length;
  }
  assert.ok(classes > 50 && words > classes + 40, `${words} orders, ${classes} classes`);
});

/** By swapping as long as something new comes of it. */
function firstOfEach(all: readonly (readonly Turn[])[]): readonly string[] {
  const name = (turns: readonly Turn[]) =>
    turns.map((t) => `${t.actor}/${t.offer}${t.outcome ? `#${t.outcome}` : ''}`).join();
  const firsts = all.map((turns) => {
    const alike = new Map([[name(turns), turns]]);
    for (const one of alike.values()) {
      for (let i = 0; i + 1 < one.length; i++) {
        const [a, b] = [one[i] as Turn, one[i + 1] as Turn];
        const swapped = one.with(i, b).with(i + 1, a);
        if (areIndependent(a, b)) alike.set(name(swapped), swapped);
      }
    }
    return [...alike.keys()].sort()[0] as string;
  });
  return [...new Set(firsts)].sort();
}

orders('two devices are locked out by 2 times 2 orders, however their steps are shuffled', () => {
  for (const [names, expected] of [
    [['kvm'], 2],
    [['kvm', 'vfio'], 4],
  ] as const) {
    const space = spaceOfSystem(devices(names));
    const allLocked = (seen: Devices) =>
      names.every((name) =>
        groupLockedOut(seen[`${name}.node`] as Parameters<typeof groupLockedOut>[0]),
      );
    const found = minimalOrders(space, allLocked, { independent: areIndependent });
    assert.equal([found.orders.length, found.hit.length], [expected, 0]);
    for (const { steps } of found.orders) assert.is(steps.length, 4 * names.length);
  }
});

orders('a bound on the orders is named when it is reached', () => {
  const cut = minimalOrders(spaceOf(jugs), ({ big }) => big === 4, { bounds: { orders: 10 } });
  assert.equal([cut.orders.length, ...cut.hit], [0, 'orders']);
});

/** Two of five states, so that an order may be minimal to one and yet no minimal order. */
const isTarget = (state: number) => state >= 3;

/** Five states and four steps, each of which leads from some states to some others. */
function randomMachine(seed: number): Model<number, string> {
  const roll = dice(seed);
  const table = ['a', 'b', 'c', 'd'].map((step) => ({
    step,
    to: Array.from({ length: 5 }, () => (roll(3) === 0 ? -1 : roll(5))),
  }));
  return {
    name: `random machine ${seed}`,
    initial: [0],
    enabled: (state) => table.filter(({ to }) => (to[state] ?? -1) >= 0).map(({ step }) => step),
    next: (state, step) => table.find((row) => row.step === step)?.to[state] ?? state,
  };
}

/** All words up to a length, and of those that arrive, the ones with no shorter self that does. */
function byForce(space: Space<number, string>, longest: number): readonly string[] {
  const arrives: string[] = [];
  const walk = (vector: Vector, word: string) => {
    if (isTarget(space.state(vector))) arrives.push(word);
    if (word.length === longest) return;
    const onward: [Vector, number][] = [];
    space.expand(vector, (next, place) => onward.push([next.slice(), place]));
    for (const [next, place] of onward) walk(next, word + space.step(vector, place));
  };
  for (const start of space.starts) walk(start, '');
  const all = new Set(arrives);
  return arrives.filter((word) => !properSubsequences(word).some((part) => all.has(part))).sort();
}

function properSubsequences(word: string): readonly string[] {
  const parts: string[] = [];
  for (let mask = 0; mask < 2 ** word.length - 1; mask++) {
    parts.push([...word].filter((_, i) => (mask & (1 << i)) !== 0).join(''));
  }
  return parts;
}

orders('every order is there once, and keeps everybody to their own', () => {
  for (const lengths of [[1], [2, 1], [2, 2], [1, 1, 1], [3, 2, 1], [0, 2]]) {
    const sequences = lengths.map((length, who) =>
      Array.from({ length }, (_, at) => `${who}${at}`),
    );
    const all = [...interleavings(sequences)];
    assert.is(BigInt(new Set(all.map((order) => order.join())).size), multinomial(lengths));
    for (const order of all)
      for (const own of sequences)
        assert.equal(
          order.filter((piece) => own.includes(piece)),
          own,
        );
  }
});

orders.run();
