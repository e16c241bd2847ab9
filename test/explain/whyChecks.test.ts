/**
 * If this fails, an engineer is sent to a check that does not decide, or to more of them than he needs.
 */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { causesOn } from '../../sim/explain/causes.ts';
import {
  bestProbe,
  indistinct,
  partition,
  type Readings,
  smallestSet,
} from '../../sim/explain/decide.ts';
import { misleading } from '../../sim/explain/misleading.ts';

const checks = suite('checks that mislead, and checks that decide');

const [incident] = causesOn('centos7');
if (incident === undefined) throw new Error('the incident is among the known causes');
const found = misleading(incident.history);

checks('the incident: nine of the usual checks pass although QEMU is locked out', () => {
  const passing = found.checks.filter(({ passes }) => passes).map(({ line }) => line);
  assert.equal(passing, [
    'lsmod',
    'grep kvm /proc/misc',
    "grep -cwE 'vmx|svm' /proc/cpuinfo",
    'dmesg',
    'ls -l /dev/kvm',
    'test -w /dev/kvm',
    'virt-host-validate qemu',
    'query-kvm, QEMU started by root',
    'id qemu',
  ]);
});

checks('as user qemu the same questions tell', () => {
  const telling = found.checks.filter(({ passes }) => !passes).map(({ line }) => line);
  assert.ok(telling.includes('runuser -u qemu -- virt-host-validate qemu'));
  assert.ok(telling.includes('query-kvm, QEMU started by qemu'));
  assert.ok(telling.includes('getfacl /dev/kvm'));
});

checks('fifteen known causes, four checks: all apart but the two whose node is the same', () => {
  assert.is(found.causes.length, 15);
  assert.is(found.set.length, 4);
  assert.equal(
    found.alike.map((group) => group.map(({ en }) => en)),
    [["an ACL frozen before the package's rule", 'a default ACL on /dev']],
  );
});

const tables = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([probes, candidates]) =>
    fc.array(
      fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: candidates, maxLength: candidates }),
      { minLength: probes, maxLength: probes },
    ),
  );

/** How many candidates the rows of a set tell apart, looked at all at once. */
const classes = (readings: Readings, set: readonly number[]) => {
  const rows = (readings[0] ?? []).map((_, i) => set.map((row) => readings[row]?.[i]).join());
  return new Set(rows).size;
};

checks('the smallest set is one: brute force over all sets of 300 tables', () => {
  fc.assert(
    fc.property(tables, (readings) => {
      const all = readings.map((_, i) => i);
      const most = classes(readings, all);
      const set = smallestSet(readings);
      assert.is(classes(readings, set), most);
      for (let bits = 0; bits < 2 ** readings.length; bits++) {
        const other = all.filter((i) => bits & (1 << i));
        if (classes(readings, other) === most) assert.ok(other.length >= set.length);
      }
    }),
    { numRuns: 300 },
  );
});

checks('the best probe leaves the fewest on average; of no use is none', () => {
  fc.assert(
    fc.property(tables, (readings) => {
      const left = (i: number) =>
        partition(readings[i] ?? []).reduce((sum, { length }) => sum + length * length, 0);
      const best = bestProbe(readings);
      const useful = readings
        .map((_, i) => i)
        .filter((i) => partition(readings[i] ?? []).length > 1);
      assert.is(best === null, useful.length === 0);
      for (const i of useful) assert.ok(best !== null && left(best) <= left(i));
    }),
    { numRuns: 300 },
  );
});

checks('who cannot be told apart reads the same everywhere', () => {
  assert.equal(
    indistinct([
      ['a', 'a', 'b'],
      ['c', 'c', 'c'],
    ]),
    [[0, 1]],
  );
  assert.equal(indistinct([['a', 'b']]), []);
});

checks.run();
