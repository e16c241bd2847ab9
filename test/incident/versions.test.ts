/**
 * The same broken node under other versions of libvirt: only 4.8.0 to 5.0.0 lose `<domain type='kvm'/>` by a permission.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testDomain } from '../../scenarios/domain.ts';
import { componentText } from '../../sim/host/components.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { desk } from '../support/host.ts';

const versions = suite('the incident under other versions');

const LOCKED_OUT = /Could not access KVM kernel module: Permission denied/;
const NOT_FOUND = /could not find capabilities for arch=x86_64 domaintype=kvm /;

const table: readonly (readonly [profile: string, kvmListed: number, create: RegExp])[] = [
  ['centos7,libvirt=4.5.0', 2, LOCKED_OUT],
  ['centos7,libvirt=4.8.0', 0, NOT_FOUND],
  ['centos7', 0, NOT_FOUND],
  ['centos7,kernel=6.18', 0, NOT_FOUND],
  ['centos7,kernel=6.18,libvirt=5.1.0', 2, LOCKED_OUT],
  ['centos7,kernel=6.18,libvirt=5.6.0', 2, LOCKED_OUT],
  ['centos7,kernel=6.18,libvirt=6.0.0', 2, LOCKED_OUT],
  ['centos7,kernel=6.18,qemu=7.2,libvirt=9.0.0', 2, LOCKED_OUT],
];

for (const [profile, listed, create] of table) {
  versions(`${profile}: kvm ${listed > 0 ? 'is listed and the guest dies' : 'is missing'}`, () => {
    const host = desk({ files: [testDomain] }, profile);
    host.login('operator', 'tty1');
    host.logout('tty1');
    host.root('yum -y install qemu-kvm-ev libvirt');
    host.root('systemctl start libvirtd');
    assert.is(host.node().qemu, 'EACCES');
    const xml = host.root('virsh capabilities').stdout;
    assert.is(xml.split("<domain type='kvm'/>").length - 1, listed);
    assert.match(host.root('virsh create test.xml').stderr, create);
  });
}

versions('a combination that nobody could judge is refused by name', () => {
  assert.throws(
    () => profileNamed('centos7,libvirt=5.1.0'),
    /not established whether kernel 3\.10\.0-1062/,
  );
  assert.throws(
    () => profileNamed('centos7,libvirt=1.2.3'),
    /There are: 4\.5\.0, 4\.8\.0, 5\.0\.0/,
  );
  assert.throws(() => profileNamed('centos7,qemu'), /There is no qemu/);
});

versions('every output can name its versions', () => {
  const { components } = profileNamed('centos7,libvirt=4.5.0');
  assert.is(
    componentText(components),
    'kernel 3.10.0-1062, systemd 219, acl 2.2.51, QEMU 2.12.0, libvirt 4.5.0',
  );
});

versions.run();
