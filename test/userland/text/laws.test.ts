/**
 * Laws of the text filters: what holds for every input, beside the recorded scripts of test/shell.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hunksOf } from '../../../sim/userland/text/diff.ts';
import { compareVersions } from '../../../sim/userland/text/filevercmp.ts';
import { formatFloat, formatInteger } from '../../../sim/userland/text/format.ts';
import { toRegExp } from '../../../sim/userland/text/regex.ts';
import { sortLines } from '../../../sim/userland/text/sort.ts';
import { setOf, translate } from '../../../sim/userland/text/tr.ts';

const laws = suite('text filters');

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });

laws("diff's hunks turn the one file into the other, and nothing else", () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const made = [...a];
      for (const hunk of hunksOf(a, b).reverse()) {
        made.splice(hunk.a[0], hunk.a[1] - hunk.a[0], ...b.slice(...hunk.b));
      }
      assert.equal(made, b);
    }),
  );
});

laws('sort is a permutation in order, whatever the key', () => {
  const order = { keys: [], separator: null, letters: '' };
  fc.assert(
    fc.property(lines, (given) => {
      const sorted = sortLines(order, given, false);
      assert.equal(sorted, [...given].sort());
    }),
  );
});

laws('versions compare as people count: a total order', () => {
  const version = fc
    .array(fc.nat(30), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('.'));
  fc.assert(
    fc.property(version, version, (a, b) => {
      assert.is(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
      assert.is(compareVersions(a, b) === 0, a === b);
    }),
  );
  assert.ok(compareVersions('3.10.0-957', '3.10.0-1062') < 0);
});

laws('tr translates each character on its own', () => {
  const upper = { complement: false, deletes: false, squeezes: false, one: 'abc', two: 'ABC' };
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.is(translate(a + b, upper), translate(a, upper) + translate(b, upper));
    }),
  );
  assert.equal(setOf('a-e[:digit:]'), { chars: 'abcde0123456789' });
  assert.equal(setOf('z-a'), {
    error: "range-endpoints of 'z-a' are in reverse collating sequence order",
  });
});

laws('numbers are written as printf writes them', () => {
  const spec = { flags: '', width: 0, precision: -1, letter: 'd' };
  assert.is(formatInteger({ ...spec, flags: '0', width: 6 }, -42n), '-00042');
  assert.is(formatInteger({ ...spec, letter: 'x', flags: '#' }, 255n), '0xff');
  assert.is(formatInteger({ ...spec, letter: 'u' }, -1n), '18446744073709551615');
  const float = { ...spec, letter: 'f', precision: 1 };
  assert.equal(
    [0.25, 0.35, 2.25, 2.75].map((n) => formatFloat(float, n)),
    ['0.2', '0.3', '2.2', '2.8'],
  );
  assert.is(formatFloat({ ...spec, letter: 'g' }, 1e-5), '1e-05');
});

const matching: readonly (readonly [
  syntax: 'basic' | 'extended',
  pattern: string,
  text: string,
  hit: string | null,
])[] = [
  ['basic', 'a*b', 'aaab', 'aaab'],
  ['basic', '*b', '*b', '*b'],
  ['basic', 'a\\{2,3\\}', 'aaaa', 'aaa'],
  ['basic', 'a{2}', 'a{2}', 'a{2}'],
  ['basic', '\\(a\\)\\1', 'aa', 'aa'],
  ['basic', 'a^b$c', 'a^b$c', 'a^b$c'],
  ['basic', 'a\\|b', 'b', 'b'],
  ['extended', 'a+(b|c)?', 'aac', 'aac'],
  ['extended', '[]x]+', ']x]', ']x]'],
  ['extended', '[^[:space:]]+', ' kvm ', 'kvm'],
  ['extended', '\\<kvm\\>', 'a kvm b', 'kvm'],
  ['extended', 'a|b$', 'cb', 'b'],
  ['extended', 'a.c', 'a\nc', 'a\nc'],
  ['extended', '\\.', 'a', null],
];

for (const [syntax, pattern, text, hit] of matching) {
  laws(`${syntax} ${pattern} on ${JSON.stringify(text)}`, () => {
    const compiled = toRegExp(pattern, syntax, '');
    assert.is(
      'regexp' in compiled ? (compiled.regexp.exec(text)?.[0] ?? null) : compiled.error,
      hit,
    );
  });
}

laws('wrong expressions are named as glibc names them', () => {
  const error = (pattern: string, syntax: 'basic' | 'extended') => {
    const compiled = toRegExp(pattern, syntax, '');
    return 'error' in compiled ? compiled.error : null;
  };
  assert.is(error('[a', 'basic'), 'Unmatched [, [^, [:, [., or [=');
  assert.is(error('\\(a', 'basic'), 'Unmatched ( or \\(');
  assert.is(error('(a', 'extended'), 'Unmatched ( or \\(');
  assert.is(error('\\2', 'extended'), 'Invalid back reference');
  assert.is(error('a\\', 'basic'), 'Trailing backslash');
  assert.is(error('[z-a]', 'basic'), 'Invalid range end');
});

laws.run();
