/**
 * If this fails, grep -o, sed, awk or [[ =~ ]] take a shorter match than the real ones.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { longest } from '../../../sim/userland/text/longest.ts';

const rule = suite('leftmost, longest');

rule('the alternative that goes farthest is taken, in every way to look', () => {
  const made = () => longest('foo|foobar', 'g');
  assert.equal('foofoobar'.match(made()), ['foo', 'foobar']);
  assert.is('foofoobar'.replace(made(), '<$&>'), '<foo><foobar>');
  assert.equal('a foobar b'.split(made()), ['a ', ' b']);
  assert.equal(
    [...'foobar'.matchAll(made())].map(({ index }) => index),
    [0],
  );
});

rule('an anchor or a border in the expression is one of the whole text', () => {
  assert.equal(longest('(foo|foobar)$', '').exec('foobar foobar')?.index, 7);
  assert.is(longest('\\b(foo|foo bar)\\b', '').exec('foo barn')?.[0], 'foo');
});

rule('groups are as glibc divides them', () => {
  const [, ...groups] = longest('(a|ab)(c|bcd)(d*)', '').exec('abcd') ?? [];
  assert.equal(groups, ['a', 'bcd', '']);
});

/** Expressions of two letters. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '[ab]', 'a?', 'b*', 'ab'),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `${x}${y}`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(${x}|${y})`),
    fc.tuple(tie('expression'), fc.constantFrom('?', '{2}')).map(([x, many]) => `(${x})${many}`),
  ),
}));

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

/** By trying every piece. */
function byHand(source: string, given: string): readonly [number, number] | null {
  const whole = new RegExp(`^(?:${source})$`);
  for (let start = 0; start <= given.length; start++) {
    for (let end = given.length; end >= start; end--)
      if (whole.test(given.slice(start, end))) return [start, end];
  }
  return null;
}

const CASES = 5_000;

rule(
  `${CASES} random expressions: the match is the one that is found by trying every piece`,
  () => {
    let farther = 0;
    fc.assert(
      fc.property(expression, text, (source, given) => {
        const hit = longest(source, '').exec(given);
        const found = hit === null ? null : [hit.index, hit.index + hit[0].length];
        assert.equal(found, byHand(source, given));
        if (hit !== null && hit[0] !== new RegExp(source).exec(given)?.[0]) farther++;
      }),
      { numRuns: CASES, seed: 1 },
    );
    assert.ok(farther > 50, `only ${farther} were longer than JavaScript's`);
  },
);

rule.run();
