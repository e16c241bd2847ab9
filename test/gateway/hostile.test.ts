/**
 * Whatever a client sends, the daemon lives and the others are served: random arguments, random messages, random bytes.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { frameBytes } from '../../sim/gateway/frame.ts';
import { remoteProtocol } from '../../sim/gateway/remoteProtocol.ts';
import type { Procedure } from '../../sim/libvirt/rpc.ts';
import { anyValue } from '../support/xdr.ts';
import { type Fields, rpcClient, servedHost } from './client.ts';

const hostile = suite('hostile clients');

hostile('whatever the arguments, a served procedure answers and the daemon lives', () => {
  const procs = Object.keys(remoteProtocol) as Procedure[];
  const client = rpcClient(servedHost('kvm-works', 'debian12'));
  let answered = 0;
  const anyCall = fc
    .constantFrom(...procs.filter((proc) => proc !== 'CONNECT_CLOSE'))
    .chain((proc) => fc.tuple(fc.constant(proc), anyValue(remoteProtocol[proc].args)));
  const property = fc.property(anyCall, ([proc, args]) => {
    client.open();
    client.call(proc, args as Fields);
    answered++;
  });
  fc.assert(property, { numRuns: 2_000, seed: 20_190_714 });
  assert.is(answered, 2_000);
  assert.ok('ok' in client.call('CONNECT_GET_CAPABILITIES'));
});

hostile('whatever the bytes, they are answered, waited for or the end of their connection', () => {
  const service = servedHost('kvm-works');
  const seen = { ended: 0, answered: 0 };
  const anyHeader = fc.record({
    prog: fc.constantFrom(0x20008086, 0x20008087, 0x6b656570, 7),
    vers: fc.constantFrom(1, 1, 1, 2),
    proc: fc.integer({ min: -2, max: 450 }),
    type: fc.integer({ min: 0, max: 7 }),
    serial: fc.nat(),
    status: fc.constantFrom(0, 0, 0, 1),
  });
  const anyFrame = fc.tuple(anyHeader, fc.uint8Array({ maxLength: 40 }));
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    anyFrame.map(([header, payload]) => frameBytes(header, payload)),
  );
  fc.assert(
    fc.property(fc.array(anyBytes, { maxLength: 6 }), (pieces) => {
      const client = rpcClient(service).open();
      client.heard();
      for (const piece of pieces) client.raw(piece);
      if (client.ended()) seen.ended++;
      if (client.heard().length > 0) seen.answered++;
      client.hangUp();
    }),
    { numRuns: 500, seed: 20_190_714 },
  );
  assert.ok(seen.ended > 50 && seen.answered > 50, JSON.stringify(seen));
  assert.ok('ok' in rpcClient(service).open().call('CONNECT_GET_HOSTNAME'));
});

hostile('one serial for several calls in one piece: each is answered as what it asked', () => {
  const client = rpcClient(servedHost('kvm-works')).open();
  client.heard();
  const header = { prog: 0x20008086, vers: 1, type: 0, serial: 7, status: 0 };
  const procs = [59, 3, 60, 157];
  const feature = new Uint8Array([0, 0, 0, 14]);
  const frames = procs.map((proc) =>
    frameBytes({ ...header, proc }, proc === 60 ? feature : new Uint8Array()),
  );
  client.raw(Buffer.concat(frames));
  const answers = client
    .heard()
    .map((frame) => [frame.header.proc, frame.header.serial, frame.header.status]);
  assert.equal(
    answers,
    procs.map((proc) => [proc, 7, 0]),
  );
});

hostile.run();
