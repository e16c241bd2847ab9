/**
 * The same script on four versions of libvirt: what a permission hides, and from whom.
 *
 * 4.5.0 and 5.0.0 as recorded (matrix-4.5.0.txt, matrix-5.0.0.txt), 5.1.0 as measured,
 * 6.0.0 from its sources.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as sys from '../../sim/libc/sys.ts';
import {
  libvirt450,
  libvirt480,
  libvirt500,
  libvirt510,
  libvirt560,
  libvirt600,
} from '../../sim/libvirt/switches.ts';
import { BREAK, countersOf, FIX, type Laboratory, recordedHost } from './laboratory.ts';

const versions = suite('versions of libvirt');

const kvmdoms = (lab: Laboratory) =>
  lab.run('virsh capabilities').stdout.split("<domain type='kvm'/>").length - 1;

const broken = (switches: Parameters<typeof recordedHost>[0]) => {
  const lab = recordedHost(switches);
  lab.run(BREAK);
  lab.run('systemctl start libvirtd');
  return lab;
};

const DENIED = 'Could not access KVM kernel module: Permission denied';

versions('4.5.0 advertises KVM because the node exists; QEMU is the one that fails', () => {
  const lab = broken(libvirt450);
  assert.is(kvmdoms(lab), 2);
  assert.match(lab.run('virsh create dom500.xml').stderr, DENIED);
  assert.match(lab.run('virsh domcapabilities --virttype kvm').stderr, 'KVM is not supported by');
  assert.equal(countersOf(lab), [1, 0, 0, 0]);
  lab.run(FIX);
  assert.is(lab.run('virsh create dom500.xml').status, 0);
  assert.equal(countersOf(lab), [3, 1, 2, 0]);
  lab.run('virsh destroy t1');
  lab.script(() => sys.unlink('/dev/kvm'));
  assert.is(kvmdoms(lab), 0);
  assert.match(lab.run('virsh create dom500.xml').stderr, 'Domain requires KVM');
  assert.equal(countersOf(lab), [4, 2, 2, 2]);
  lab.script(function* () {
    yield* sys.mknod('/dev/kvm', 'char', 0o666, [10, 254]);
    yield* sys.chmod('/dev/kvm', 0o666);
  });
  assert.is(kvmdoms(lab), 2);
  assert.equal(countersOf(lab), [6, 4, 6, 2]);
  assert.is(kvmdoms(lab), 2);
  assert.equal(countersOf(lab), [8, 6, 10, 2]);
  lab.run('virsh create dom500.xml');
  assert.equal(countersOf(lab), [22, 20, 38, 2]);
});

/** M5: the node is the group's, QEMU's user joins the group, nobody touches the node. */
function groupJoined(lab: Laboratory): readonly string[] {
  lab.script(function* () {
    yield* sys.unlink('/dev/kvm');
    yield* sys.mknod('/dev/kvm', 'char', 0o660, [10, 232]);
    yield* sys.chown('/dev/kvm', 0, 100);
    yield* sys.chmod('/dev/kvm', 0o660);
  });
  const ask = () => {
    const { stdout } = lab.run('virsh domcapabilities --virttype kvm');
    return stdout.includes('<domain>kvm</domain>') ? 'kvm' : 'no';
  };
  const seen = [ask()];
  lab.script(function* () {
    const text = yield* sys.readFile('/etc/group');
    if (typeof text === 'string') {
      yield* sys.writeFile('/etc/group', text.replace('users:x:100:', 'users:x:100:qemu'));
    }
  });
  seen.push(ask());
  lab.script(() => sys.utimensat('/dev/kvm', null, null));
  return [...seen, ask()];
}

versions('a new group membership: 4.5.0 sees it at once, 5.0.0 when the node is touched', () => {
  assert.equal(groupJoined(broken(libvirt450)), ['no', 'kvm', 'kvm']);
  assert.equal(groupJoined(broken(libvirt480)), ['no', 'kvm', 'kvm']);
  assert.equal(groupJoined(broken(libvirt500)), ['no', 'no', 'kvm']);
});

versions(
  '5.1.0 probes with more rights than a guest gets: KVM is listed, and every look-up probes',
  () => {
    const lab = broken(libvirt510);
    const probes = () => countersOf(lab)[0] ?? 0;
    assert.is(probes(), 4);
    assert.is(kvmdoms(lab), 2);
    assert.is(probes(), 8);
    assert.match(lab.run('virsh create dom500.xml').stderr, DENIED);
    assert.is(probes(), 8 + 28);
    lab.run(FIX);
    assert.is(lab.run('virsh create dom500.xml').status, 0);
    assert.is(probes(), 8 + 28);
  },
);

versions('4.8.0 is the first to hide KVM, 5.6.0 still lists it on the broken host', () => {
  const first = broken(libvirt480);
  assert.is(kvmdoms(first), 0);
  const { stderr } = first.run('virsh create dom500.xml');
  assert.match(stderr, 'could not find capabilities for arch=x86_64 domaintype=kvm ');
  assert.is(kvmdoms(broken(libvirt560)), 2);
});

versions('6.0.0 asks the emulator, so a repaired host needs no virsh capabilities', () => {
  const switches = { ...libvirt600, proberOverridesDac: false };
  const lab = broken(switches);
  assert.match(
    lab.run('virsh create dom500.xml').stderr,
    "unsupported configuration: Emulator '/usr/libexec/qemu-kvm' does not support virt type 'kvm'",
  );
  lab.run(FIX);
  assert.is(lab.run('virsh create dom500.xml').status, 0);
});

versions.run();
