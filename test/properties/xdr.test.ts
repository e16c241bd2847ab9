/**
 * Law: what is encoded decodes to itself, whatever its type, and uses up every byte; fewer bytes are no value.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decode } from '../../sim/gateway/xdr/decode.ts';
import { encode } from '../../sim/gateway/xdr/encode.ts';
import type { Type, Value } from '../../sim/gateway/xdr/type.ts';
import { holdsFor } from './law.ts';

const xdr = suite('xdr');

const MOST = 5;

const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Type>('int', 'uint', 'uchar', 'ushort', 'uhyper', 'string', 'uuid'),
    fc.record({ chars: fc.integer({ min: 8, max: 40 }), fixed: fc.boolean() }),
    fc.record({ maybe: tie('type') }),
    fc.record({ list: tie('type'), max: fc.constant(MOST) }),
    fc.record({
      fields: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('type'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    }),
  ),
}));

const hyper = fc
  .bigInt({ min: 0n, max: (1n << 64n) - 1n })
  .map((n) => (n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n));

const simple = {
  int: fc.integer(),
  uint: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  uchar: fc.integer({ min: 0, max: 255 }),
  ushort: fc.integer({ min: 0, max: 65535 }),
  uhyper: fc.oneof(fc.maxSafeNat(), hyper),
  string: fc.string({ unit: 'binary' }),
  uuid: fc.uuid(),
} as const;

function anyValue(type: Type): fc.Arbitrary<Value> {
  if (typeof type === 'string') return simple[type];
  if ('maybe' in type) return fc.option(anyValue(type.maybe));
  if ('list' in type) return fc.array(anyValue(type.list), { maxLength: type.max });
  if ('chars' in type) return fc.stringMatching(new RegExp(`^[ -~]{0,${type.chars - 1}}$`));
  return fc.record(
    Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, anyValue(field)])),
    { noNullPrototype: true },
  );
}

const typed = anyType.chain((type) =>
  fc.record({ type: fc.constant(type), value: anyValue(type) }),
);

xdr('every value of every type comes back, and takes a whole number of words', () => {
  const met = { nested: 0, beyond: 0, empty: 0 };
  holdsFor(
    'xdr',
    typed,
    ({ type, value }) => {
      const bytes = encode(type, value);
      if (typeof type === 'object' && 'fields' in type) met.nested++;
      if (typeof value === 'bigint') met.beyond++;
      if (bytes.length === 0) met.empty++;
      assert.is(bytes.length % 4, 0);
      assert.equal(decode(type, bytes), { value, used: bytes.length });
      if (bytes.length > 0) assert.is(decode(type, bytes.subarray(0, bytes.length - 1)), null);
    },
    () => [
      ['structs', met.nested, 20],
      ['numbers beyond 2^53', met.beyond, 500],
      ['nothing at all', met.empty, 200],
    ],
  );
});

xdr.run();
