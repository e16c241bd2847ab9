/**
 * Debian 12: the node has its group and mode from its first event, so the incident's orders lead nowhere.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aclGroupEmpty } from '../../scenarios/acl-group-empty.ts';
import { kvmWorks } from '../../scenarios/kvm-works.ts';
import { profileNamed, profiles, profileText } from '../../sim/host/profiles.ts';
import { play } from '../../sim/play/play.ts';
import { broken } from '../../sim/play/view.ts';
import { type Desk, desk, nodeLine } from '../support/host.ts';

const debian = suite('Debian 12');

const booted = desk({}, 'debian12');

debian('boots with a node that group kvm may open, and libvirtd running', () => {
  assert.is(nodeLine(booted.node()), 'crw-rw---- root:kvm g:rw- o:---');
  assert.is(booted.node().qemu, 'opens');
  const host = booted.fork();
  assert.is(host.root('systemctl is-active libvirtd').stdout, 'active\n');
  assert.match(host.root('id libvirt-qemu').stdout, /^uid=64055\S+ gid=107\(kvm\)/);
  assert.is(host.root('yum -y install qemu-kvm-ev').status, 127);
});

type Event = Readonly<{
  name: string;
  may?: (seen: readonly string[]) => boolean;
  do: (at: Desk) => void;
}>;

const seated = (seen: readonly string[]) =>
  seen.findLast((name) => name === 'login' || name === 'logout') === 'login';

/** `add trigger` is what a package's scriptlet does; `install` itself is yum's. */
const events: readonly Event[] = [
  { name: 'login', may: (s) => !seated(s), do: (at) => at.login('operator', 'tty1') },
  { name: 'logout', may: seated, do: (at) => at.logout('tty1') },
  {
    name: 'add trigger',
    do: (at) => at.root('udevadm trigger --subsystem-match=misc --sysname-match=kvm --action=add'),
  },
  { name: 'udevd restart', do: (at) => at.root('systemctl restart systemd-udevd') },
  { name: 'udevadm test', do: (at) => at.root('udevadm test /sys/devices/virtual/misc/kvm') },
  {
    name: 'reload',
    do: (at) => {
      at.root('modprobe -r kvm_intel');
      at.root('modprobe kvm_intel');
    },
  },
];

/** Every order of up to `depth` events, each from the host that the events before it have left. */
function* orders(at: Desk, depth: number, seen: readonly string[]): Generator<[string, Desk]> {
  for (const event of depth === 0 ? [] : events) {
    if (event.may?.(seen) === false) continue;
    const next = at.fork();
    event.do(next);
    const names = [...seen, event.name];
    yield [names.join(', '), next];
    yield* orders(next, depth - 1, names);
  }
}

debian('no order of up to three events takes the group its rights; some leave an ACL', () => {
  let count = 0;
  let extended = 0;
  for (const [order, host] of orders(booted, 3, [])) {
    const node = host.node();
    assert.is(node.groupObj, 'rw-', order);
    assert.is(node.qemu, 'opens', order);
    count++;
    if (node.mask !== '') extended++;
  }
  assert.equal([count, extended > 0], [155, true]);
});

debian('without group kvm the rule has a mode to give and no group', () => {
  const group = { path: '/etc/group', content: 'root:x:0:\nusers:x:100:\noperator:x:1000:\n' };
  const host = desk({ files: [group] }, 'debian12');
  assert.is(nodeLine(host.node()), 'crw-rw---- root:root g:rw- o:---');
});

debian('kvm-works plays here as it does on CentOS; acl-group-empty says that it does not', () => {
  assert.equal(broken(play('kvm-works', kvmWorks, 'debian12')), []);
  assert.throws(
    () => play('acl-group-empty', aclGroupEmpty, 'debian12,libvirt=5.0.0'),
    /acl-group-empty does not play on debian12: udev's own rule sets group and mode/,
  );
});

debian('any libvirt can be put on it, and each lists KVM on the healthy host', () => {
  for (const libvirt of ['4.5.0', '4.8.0', '5.0.0', '5.1.0', '5.6.0', '6.0.0', '9.0.0']) {
    const host = desk({}, `debian12,libvirt=${libvirt}`);
    const { stdout } = host.root('virsh capabilities');
    assert.is(stdout.split("<domain type='kvm'/>").length - 1, 2, libvirt);
  }
});

debian(
  'another systemd brings its own rules: 219 leaves the node to root, 252 knows group kvm',
  () => {
    const older = desk({}, 'debian12,systemd=219');
    assert.is(nodeLine(older.node()), 'crw------- root:root g:--- o:---');
    const newer = desk({}, 'centos7,systemd=252');
    assert.is(nodeLine(newer.node()), 'crw-rw---- root:root g:rw- o:---');
  },
);

debian('every profile names its versions', () => {
  const texts = Object.keys(profiles).map((name) => profileText(profileNamed(name)));
  assert.equal(texts, [
    'CentOS 7.7: kernel 3.10.0-1062, systemd 219, acl 2.2.51, QEMU 2.12.0, libvirt 5.0.0',
    'Debian 12: kernel 6.1, systemd 252, acl 2.3.1, QEMU 7.2, libvirt 9.0.0',
    'the recorded machine (Debian 12): kernel 6.18, systemd 252, acl 2.3.1, QEMU 7.2, libvirt 5.0.0',
    'the recorded machine of libvirt 9.0 (Debian 12): kernel 6.18, systemd 252, acl 2.3.1, QEMU 7.2, libvirt 9.0.0',
  ]);
});

debian.run();
