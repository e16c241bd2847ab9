/**
 * If this fails, a state may be taken for one already seen, and a proof be no proof.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonical } from '../../sim/explore/canonical.ts';
import { interner } from '../../sim/explore/intern.ts';
import { dice } from '../../sim/explore/random.ts';
import { vectorSet } from '../../sim/explore/vectors.ts';

const vectors = suite('vectors');

vectors(
  'a set of vectors agrees with a Map of their texts, whatever the sizes of the numbers',
  () => {
    const roll = dice(11);
    for (let round = 0; round < 40; round++) {
      const width = 1 + roll(13);
      const sizes = Array.from(
        { length: width },
        () => [3, 15, 17, 300, 70_000, 2 ** 31 - 1][roll(6)],
      );
      const set = vectorSet(width);
      const map = new Map<string, number>();
      const back = new Int32Array(width);
      for (let i = 0; i < 3_000; i++) {
        const vector = Int32Array.from(sizes, (size = 1) => roll(Math.min(size, 1 + i * size)));
        const known = map.get(vector.join()) ?? -1;
        assert.is(set.find(vector), known);
        const number = set.add(vector);
        assert.is(number, known < 0 ? map.size : known);
        map.set(vector.join(), number);
        set.read(number, back);
        assert.equal(back, vector);
      }
      assert.is(set.size(), map.size);
      for (const [text, number] of map) {
        assert.is(set.find(Int32Array.from(text.split(',').map(Number))), number);
      }
    }
  },
);

vectors('200,000 vectors of 12 components take at most 64 bytes each', () => {
  const set = vectorSet(12);
  const vector = new Int32Array(12);
  for (let i = 0; i < 200_000; i++) {
    for (let lane = 0; lane < 12; lane++) vector[lane] = (i >>> lane) % (lane < 2 ? 1_000 : 50);
    set.add(vector);
  }
  assert.ok(set.size() > 100_000, `${set.size()} states`);
  assert.ok(set.bytes() / set.size() < 64, `${set.bytes() / set.size()} bytes`);
});

vectors('equal values are one, however their fields are ordered', () => {
  const values = interner<unknown>();
  assert.is(values.id({ a: 1, b: [2, null], c: undefined }), 0);
  assert.is(values.id({ b: [2, null], a: 1 }), 0);
  assert.is(values.id({ b: [2], a: 1 }), 1);
  assert.equal(values.value(0), { a: 1, b: [2, null], c: undefined });
  assert.throws(() => values.value(2), /No value/);
});

vectors('what is not plain JSON has no canonical text', () => {
  assert.is(canonical({ b: 'x', a: [true, 1.5] }), '{"a":[true,1.5],"b":"x"}');
  for (const value of [new Set(), { at: new Uint8Array(1) }, [() => 0], Number.NaN, 1n]) {
    assert.throws(() => canonical(value));
  }
});

vectors('dice fall evenly, and again the same', () => {
  const [roll, again] = [dice(3), dice(3)];
  const counts = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 60_000; i++) {
    const face = roll(6);
    assert.is(again(6), face);
    counts[face] = (counts[face] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 400, counts.join());
});

vectors.run();
