/**
 * The wire: messages that a real virsh and a real libvirtd have sent, read by the table and written again.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { frameBytes, type Header, readFrames } from '../../sim/gateway/frame.ts';
import { remoteError, remoteProtocol } from '../../sim/gateway/remoteProtocol.ts';
import { decode } from '../../sim/gateway/xdr/decode.ts';
import { encode } from '../../sim/gateway/xdr/encode.ts';
import { apiName, ownerOf, procedureNames } from '../../sim/libvirt/procedures.ts';
import type { Procedure } from '../../sim/libvirt/rpc.ts';
import { report } from '../support/fidelity.ts';

const frames = suite('frames');

type Recorded = Readonly<{ proc: number; type: string; status: number; payload: string }>;

const recorded = readFileSync('test/fixtures/libvirt900/rpc-frames.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

const rowOf = (proc: number) => {
  const name = procedureNames[proc - 1] ?? '';
  return name in remoteProtocol ? remoteProtocol[name as Procedure] : null;
};

const typeOf = ({ proc, type, status }: Recorded) => {
  const row = rowOf(proc);
  if (status === 1) return remoteError;
  return row === null ? null : type === 'CALL' ? row.args : row.ret;
};

frames(
  'every recorded message of a served procedure is read to its end and written as it was',
  () => {
    const known = recorded.filter((message) => typeOf(message) !== null);
    let mismatches = 0;
    for (const message of known) {
      const type = typeOf(message);
      const bytes = bytesOf(message.payload);
      const read = type && decode(type, bytes);
      const again = type && read && encode(type, read.value);
      if (again === null || Buffer.compare(again, bytes) !== 0) mismatches++;
    }
    assert.ok(known.length > 70, `only ${known.length}`);
    report({ judge: 'libvirt 9.0: messages of its RPC', cases: known, mismatches });
  },
);

frames('the fields of a domain, of an error and of the node are where they belong', () => {
  const find = (proc: number, type: string, status = 0) =>
    recorded.find((m) => m.proc === proc && m.type === type && m.status === status) as Recorded;
  const read = (message: Recorded) =>
    decode(typeOf(message) as never, bytesOf(message.payload))?.value;
  const created = read(find(10, 'REPLY')) as { dom: Record<string, unknown> };
  assert.is(created.dom['name'], 't2');
  assert.match(String(created.dom['uuid']), /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  const refused = read(find(23, 'REPLY', 1)) as Record<string, unknown>;
  assert.is(refused['code'], 42);
  assert.is(refused['str1'], 'Domain not found: %s');
  assert.is(refused['int1'], -1);
  assert.is((read(find(6, 'REPLY')) as Record<string, unknown>)['model'], 'x86_64');
});

const header: Header = { prog: 0x20008086, vers: 1, proc: 7, type: 0, serial: 3, status: 0 };

frames('messages that arrive in any pieces are the same messages', () => {
  const one = frameBytes(header, new Uint8Array());
  const two = frameBytes({ ...header, serial: 4 }, encode('string', 'käse'));
  const stream = new Uint8Array([...one, ...two]);
  const whole = readFrames(stream);
  assert.equal(
    whole.frames.map((frame) => frame.header.serial),
    [3, 4],
  );
  for (let cut = 0; cut <= stream.length; cut++) {
    const first = readFrames(stream.subarray(0, cut));
    const second = readFrames(new Uint8Array([...first.rest, ...stream.subarray(cut)]));
    assert.equal([...first.frames, ...second.frames], whole.frames, `cut at ${cut}`);
    assert.is(second.rest.length, 0);
  }
});

frames('a length that no message can have is the end', () => {
  for (const length of [0, 3, 4, 27, 33554437, 0xffffffff]) {
    const { frames: read, broken } = readFrames(encode('uint', length));
    assert.is(broken, true, String(length));
    assert.equal(read, []);
  }
  assert.is(readFrames(encode('uint', 28)).broken, false);
  assert.is(readFrames(encode('uint', 33554436)).broken, false);
});

frames('what the client has got wrong decodes to nothing; what we have got wrong throws', () => {
  const { args } = remoteProtocol.CONNECT_OPEN;
  for (const hex of [
    '',
    '00000002',
    '00000001',
    '00000001ffffffff',
    '0000000100000003ffffff0000000000',
  ])
    assert.is(decode(args, bytesOf(hex)), null, hex);
  assert.throws(() => encode('int', 2 ** 31), /is no value of the XDR type/);
  assert.throws(() => encode('uuid', 'nonsense'), /is no value/);
  assert.throws(() => encode({ list: 'int', max: 1 }, [1, 2]), /is no value/);
});

frames('443 procedures, and what the public API calls them', () => {
  assert.is(procedureNames.length, 443);
  assert.is(procedureNames.indexOf('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY') + 1, 316);
  for (const [proc, api, owner] of [
    ['DOMAIN_CREATE_XML', 'virDomainCreateXML', 'DOMAIN'],
    ['CONNECT_LIST_ALL_NWFILTER_BINDINGS', 'virConnectListAllNWFilterBindings', 'NWFILTER'],
    ['NODE_DEVICE_LOOKUP_SCSI_HOST_BY_WWN', 'virNodeDeviceLookupSCSIHostByWWN', 'NODEDEV'],
    ['DOMAIN_FSFREEZE', 'virDomainFSFreeze', 'DOMAIN'],
    ['CONNECT_NUM_OF_DEFINED_STORAGE_POOLS', 'virConnectNumOfDefinedStoragePools', 'STORAGE'],
    ['CONNECT_FIND_STORAGE_POOL_SOURCES', 'virConnectFindStoragePoolSources', 'STORAGE'],
    ['DOMAIN_INTERFACE_STATS', 'virDomainInterfaceStats', 'DOMAIN'],
    ['DOMAIN_REVERT_TO_SNAPSHOT', 'virDomainRevertToSnapshot', 'DOMAIN_SNAPSHOT'],
    ['DOMAIN_GET_OS_TYPE', 'virDomainGetOSType', 'DOMAIN'],
  ] as const) {
    assert.is(apiName(proc), api);
    assert.is(ownerOf(proc), owner);
    assert.ok(procedureNames.includes(proc), proc);
  }
});

frames.run();
