/**
 * Law: what is encoded decodes to itself, whatever its type, and uses up every byte; fewer bytes are no value.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decode } from '../../sim/gateway/xdr/decode.ts';
import { encode } from '../../sim/gateway/xdr/encode.ts';
import { anyType, anyValue } from '../support/xdr.ts';
import { holdsFor } from './law.ts';

const xdr = suite('xdr');

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
