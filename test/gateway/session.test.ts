/**
 * Sessions of libvirt clients with a served host, message by message and without sockets: the incident and its repair,
 * two clients at once, events, what the daemon refuses, what a broken client gets. Each session replays to its hash.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import type { Service } from '../../sim/cli/serve/service.ts';
import type { Frame } from '../../sim/gateway/frame.ts';
import { remoteError, remoteProtocol } from '../../sim/gateway/remoteProtocol.ts';
import { decode } from '../../sim/gateway/xdr/decode.ts';
import { encode } from '../../sim/gateway/xdr/encode.ts';
import { makeTrace, replayFails } from '../../sim/host/trace.ts';
import { procedureNames } from '../../sim/libvirt/procedures.ts';
import { SOCKET_RO } from '../../sim/libvirt/rpc.ts';
import { type Fields, rpcClient, servedHost } from './client.ts';

const session = suite('sessions with libvirtd');

const type = (service: Service, source: string, stdin: string | null = null) =>
  service.type({ source, stdin, terminal: false });

const textOf = (service: Service, source: string) =>
  (type(service, source, '')?.chunks ?? [])
    .filter(({ stream }) => stream === 1)
    .map(({ text }) => text)
    .join('');

const xml = (service: Service) => textOf(service, 'cat test.xml');

const setup = (name: string) => scenarios[name]?.setup ?? {};

const replays = (service: Service, profile: string, name: string) =>
  assert.is(replayFails(makeTrace(profile, setup(name), service.choices(), service.world())), null);

session(
  'the incident: refused, repaired through a shim, still refused, asked for capabilities, created',
  () => {
    const service = servedHost('acl-group-empty');
    const virsh = rpcClient(service).open();
    const create = () => virsh.call('DOMAIN_CREATE_XML', { xml_desc: xml(service), flags: 0 });
    const detail = 'could not find capabilities for arch=x86_64 domaintype=kvm ';
    const refused = {
      error: {
        ...{ code: 8, domain: 44, message: `invalid argument: ${detail}`, level: 2, dom: null },
        ...{
          str1: 'invalid argument: %s',
          str2: detail,
          str3: null,
          int1: -1,
          int2: -1,
          net: null,
        },
      },
    };
    assert.equal(create(), refused);
    type(service, 'setfacl -m g::rw /dev/kvm');
    assert.equal(create(), refused);
    const caps = virsh.call('CONNECT_GET_CAPABILITIES');
    assert.ok('ok' in caps && String(caps.ok['capabilities']).includes("<domain type='kvm'/>"));
    assert.is(
      `${'ok' in caps ? caps.ok['capabilities'] : ''}\n\n`,
      textOf(service, 'virsh capabilities'),
    );
    const created = create();
    assert.ok('ok' in created);
    assert.match(textOf(service, 'virsh list'), /^ 1 {4}t1 {5}running$/m);
    replays(service, 'centos7', 'acl-group-empty');
  },
);

session(
  'two clients: what one does the other is told, if it has asked, until it has had enough',
  () => {
    const service = servedHost('kvm-works', 'debian12');
    const [one, other] = [rpcClient(service).open(), rpcClient(service).open()];
    const register = { eventID: 0, dom: null };
    const registered = other.call('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', register);
    assert.equal(registered, { ok: { callbackID: 0 } });
    const created = one.call('DOMAIN_CREATE_XML', { xml_desc: xml(service), flags: 0 });
    const dom = 'ok' in created ? created.ok['dom'] : null;
    const told = () =>
      other.events().map(({ msg }) => {
        const { event, detail } = msg as { event: number; detail: number };
        return [event, detail];
      });
    assert.equal(told(), [
      [4, 0],
      [2, 0],
    ]);
    assert.equal(one.call('DOMAIN_DESTROY', { dom }), { ok: {} });
    assert.equal(told(), [[5, 1]]);
    assert.equal(one.events(), []);
    assert.equal(other.call('CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY', { callbackID: 0 }), {
      ok: {},
    });
    one.call('DOMAIN_DEFINE_XML', { xml: xml(service) });
    assert.equal(told(), []);
    const again = other.call('CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY', { callbackID: 0 });
    assert.is(
      'error' in again && again.error['message'],
      'internal error: domain event callback 0 not registered',
    );
    one.hangUp();
    assert.ok('ok' in other.call('CONNECT_GET_HOSTNAME'));
    replays(service, 'debian12', 'kvm-works');
  },
);

const messageIn = ({ payload }: Frame) => {
  const read = decode(remoteError, payload);
  return read === null ? null : (read.value as Fields)['message'];
};

const messageOf = (answer: ReturnType<ReturnType<typeof rpcClient>['call']>) =>
  'error' in answer ? answer.error['message'] : 'no error';

session('the read-only socket, and a read-only connection over the other', () => {
  const service = servedHost('kvm-works');
  const forbidden = 'operation forbidden: read only access prevents virDomainCreateXML';
  const call = { xml_desc: xml(service), flags: 0 };
  const reader = rpcClient(service, SOCKET_RO).open();
  assert.is(messageOf(reader.call('DOMAIN_CREATE_XML', call)), forbidden);
  assert.ok('ok' in reader.call('CONNECT_GET_CAPABILITIES'));
  const polite = rpcClient(service);
  polite.call('CONNECT_OPEN', { name: 'qemu:///system', flags: 1 });
  assert.is(messageOf(polite.call('DOMAIN_CREATE_XML', call)), forbidden);
});

session('before it has opened a driver a client gets little, and other drivers nobody has', () => {
  const client = rpcClient(servedHost('kvm-works'));
  assert.equal(client.call('AUTH_LIST'), { ok: { types: [0] } });
  assert.equal(client.call('CONNECT_SUPPORTS_FEATURE', { feature: 10 }), { ok: { supported: 1 } });
  assert.is(
    messageOf(client.call('CONNECT_GET_HOSTNAME')),
    'internal error: hypervisor connection not open',
  );
  assert.is(
    messageOf(client.call('CONNECT_OPEN', { name: 'lxc:///system', flags: 0 })),
    'no connection driver available for lxc:///system',
  );
  client.open();
  assert.is(
    messageOf(client.call('CONNECT_OPEN', { name: 'qemu:///system', flags: 0 })),
    'internal error: connection already open',
  );
});

session('a user who is not root has to ask polkit, which has nobody to ask', () => {
  const client = rpcClient(servedHost('acl-group-empty', undefined, 'operator'));
  assert.equal(client.call('AUTH_LIST'), { ok: { types: [2] } });
  assert.match(
    String(messageOf(client.call('AUTH_POLKIT'))),
    /^authentication unavailable: no polkit agent/,
  );
});

const nobody = { name: 'nobody', uuid: '00000000-0000-0000-0000-000000000000', id: -1 };
const domFlags = remoteProtocol.DOMAIN_GET_MESSAGES.args;

session('what is not served is refused by name; what the version had not, by number', () => {
  const refusals = (profile: string, procs: readonly (string | number)[]) => {
    const client = rpcClient(servedHost('kvm-works', profile)).open();
    client.heard();
    return procs.map((given) => {
      const proc = typeof given === 'number' ? given : procedureNames.indexOf(given) + 1;
      client.frame({ proc, serial: 1000 }, encode(domFlags, { dom: nobody, flags: 0 }));
      const [reply] = client.heard();
      return reply && messageIn(reply);
    });
  };
  const unsupported = 'this function is not supported by the connection driver: ';
  const asked = ['DOMAIN_SUSPEND', 'CONNECT_LIST_ALL_NETWORKS', 'DOMAIN_FD_ASSOCIATE', 444, -1];
  assert.equal(refusals('debian12', asked), [
    `${unsupported}virDomainSuspend`,
    `${unsupported}virConnectListAllNetworks`,
    `${unsupported}virDomainFDAssociate`,
    'unknown procedure: 444',
    'unknown procedure: -1',
  ]);
  assert.equal(refusals('centos7', ['NODE_GET_SEV_INFO', 'DOMAIN_GET_MESSAGES']), [
    `${unsupported}virNodeGetSEVInfo`,
    'unknown procedure: 426',
  ]);
});

session('flags that would change something are refused by number', () => {
  const service = servedHost('kvm-works');
  const client = rpcClient(service).open();
  assert.is(
    messageOf(client.call('DOMAIN_CREATE_XML', { xml_desc: xml(service), flags: 1 })),
    'this function is not supported by the connection driver: kvmlab does not model flag 0x1 of virDomainCreateXML',
  );
});

session('the RPC layer answers for itself, and the host never hears of it', () => {
  const service = servedHost('kvm-works');
  const client = rpcClient(service).open();
  client.heard();
  const before = service.choices().length;
  const said = () => client.heard().map(messageIn);
  client.frame({ prog: 0x12345678, vers: 1, proc: 1 });
  client.frame({ vers: 2, proc: 7 });
  client.frame({ status: 1, proc: 7 });
  client.frame({ proc: 23 }, encode('uint', 0xffffffff));
  client.frame({ prog: 0x20008087, proc: 1 });
  assert.equal(said(), [
    'Cannot find program 305419896 version 1',
    'Cannot find program 536903814 version 2',
    'Unexpected message status 1',
    'Unable to decode message payload',
    'this function is not supported by the connection driver: virDomainQemuMonitorCommand',
  ]);
  for (const messageType of [1, 2, 3, 6, 99]) client.frame({ type: messageType, proc: 7 });
  assert.equal(said(), []);
  client.frame({ prog: 0x6b656570, type: 2, proc: 1 });
  const [pong] = client.heard();
  assert.equal(pong?.header, { prog: 0x6b656570, vers: 1, proc: 2, type: 2, serial: 0, status: 0 });
  assert.is(service.choices().length, before);
  assert.ok('ok' in client.call('CONNECT_GET_HOSTNAME'));
});

session('a message that cannot be one ends its own connection and no other', () => {
  const service = servedHost('kvm-works');
  const [broken, sound] = [rpcClient(service).open(), rpcClient(service).open()];
  broken.raw(encode('uint', 3));
  assert.is(broken.ended(), true);
  broken.hangUp();
  assert.ok('ok' in sound.call('CONNECT_GET_HOSTNAME'));
  assert.is(sound.ended(), false);
});

session('libvirtd ends: its clients are hung up on; the host goes down: so are they', () => {
  for (const line of ['systemctl stop libvirtd', 'reboot']) {
    const service = servedHost('kvm-works');
    const client = rpcClient(service).open();
    type(service, line);
    assert.is(client.ended(), true, line);
    replays(service, 'centos7', 'kvm-works');
  }
});

session('each call is on a second of its own, unless nobody wants to wait', () => {
  const service = servedHost('kvm-works');
  const client = rpcClient(service).open();
  const seconds = () => Math.floor(service.world().now / 1000);
  const before = seconds();
  client.call('CONNECT_GET_HOSTNAME');
  assert.is(seconds(), before + 1);
});

session(
  'a program that reads its standard input is known by trying; trying leaves no trace',
  () => {
    const service = servedHost('kvm-works');
    const { length } = service.choices();
    assert.is(type(service, 'cat'), null);
    assert.is(service.choices().length, length);
    assert.is(textOf(service, 'ls -d /dev/kvm'), '/dev/kvm\n');
    const shown = service.type({ source: 'cat', stdin: 'once\n', terminal: false });
    assert.equal(shown, { chunks: [{ stream: 1, text: 'once\n' }], status: 0 });
    replays(service, 'centos7', 'kvm-works');
  },
);

session.run();
