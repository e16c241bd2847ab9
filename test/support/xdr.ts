/**
 * Random XDR types, and random values of a type.
 */
import fc from 'fast-check';
import type { Type, Value } from '../../sim/gateway/xdr/type.ts';

const MOST = 5;

export const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
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

export function anyValue(type: Type): fc.Arbitrary<Value> {
  if (typeof type === 'string') return simple[type];
  if ('maybe' in type) return fc.option(anyValue(type.maybe));
  if ('list' in type) return fc.array(anyValue(type.list), { maxLength: Math.min(type.max, MOST) });
  if ('chars' in type) return fc.stringMatching(new RegExp(`^[ -~]{0,${type.chars - 1}}$`));
  return fc.record(
    Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, anyValue(field)])),
    { noNullPrototype: true },
  );
}
