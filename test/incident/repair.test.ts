/**
 * After the repair libvirt 5.0.0 forgets in three steps, and only one call reaches the last.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testDomain } from '../../scenarios/domain.ts';
import { type Desk, desk } from '../support/host.ts';

const repair = suite('repairs of the incident');

const broken = desk({ files: [testDomain] });
broken.login('operator', 'tty1');
broken.logout('tty1');
broken.root('yum -y install qemu-kvm-ev libvirt');
broken.write(
  '/etc/libvirt/libvirtd.conf',
  'log_level = 1\nlog_outputs="1:file:/var/log/libvirt/libvirtd.log"\n',
);
broken.root('systemctl start libvirtd');

const launches = (host: Desk) =>
  host.root('cat /var/log/libvirt/libvirtd.log').stdout.split('Try to probe capabilities').length -
  1;
const creates = (host: Desk) => host.root('virsh create test.xml').status === 0;

repair('setfacl -m g::rw, layer by layer', () => {
  const host = broken.fork();
  assert.is(launches(host), 1);
  host.root('setfacl -m g::rw /dev/kvm');
  assert.not(creates(host), 'the driver capabilities are old');
  assert.is(launches(host), 1);
  const domcaps = host.root('virsh domcapabilities --virttype kvm').stdout;
  assert.is(domcaps.split('\n')[2], '  <domain>kvm</domain>');
  assert.is(launches(host), 3, 'table and file are probed anew, twice: kvm and tcg');
  assert.not(creates(host), 'the driver capabilities are still old');
  const xml = host.root('virsh capabilities').stdout;
  assert.is(xml.split("<domain type='kvm'/>").length - 1, 2);
  assert.is(launches(host), 3);
  assert.ok(creates(host));
  const log = host.root('cat /var/log/libvirt/libvirtd.log').stdout;
  assert.match(
    log,
    "KVM was not enabled when probing '/usr/libexec/qemu-kvm', but it should be usable now",
  );
});

/** Whether qemu may open the node afterwards, and the mode that ls then shows. */
const table: readonly (readonly [
  name: string,
  lines: readonly string[],
  opens: boolean,
  mode: string,
])[] = [
  ['chmod 666', ['chmod 666 /dev/kvm'], false, 'crw-rw-rw-+'],
  ['chmod g+rw', ['chmod g+rw /dev/kvm'], false, 'crw-rw-rw-+'],
  [
    'udevadm trigger',
    ['udevadm trigger --subsystem-match=misc --sysname-match=kvm'],
    false,
    'crw-rw-rw-+',
  ],
  ['setfacl -b', ['setfacl -b /dev/kvm'], false, 'crw----rw-'],
  [
    'setfacl -b, then a udev event',
    ['setfacl -b /dev/kvm', 'udevadm trigger --subsystem-match=misc --sysname-match=kvm'],
    true,
    'crw-rw-rw-',
  ],
  [
    'setfacl -b, then a VM of root',
    [
      'setfacl -b /dev/kvm',
      '/usr/libexec/qemu-kvm -machine none,accel=kvm -nodefaults -nographic -pidfile /run/v.pid -daemonize',
    ],
    true,
    'crw-rw-rw-',
  ],
  [
    'setfacl -b, then udevadm test',
    ['setfacl -b /dev/kvm', 'udevadm test /sys/devices/virtual/misc/kvm'],
    true,
    'crw-rw-rw-',
  ],
  [
    'setfacl -b, then a restart of udevd',
    ['setfacl -b /dev/kvm', 'systemctl restart systemd-udevd'],
    true,
    'crw-rw-rw-',
  ],
  ['setfacl -x m', ['setfacl -x m /dev/kvm'], false, 'crw----rw-'],
  [
    'setfacl -x u:operator, who is not in it',
    ['setfacl -x u:operator /dev/kvm'],
    false,
    'crw----rw-+',
  ],
  ['setfacl -m m::r', ['setfacl -m m::r /dev/kvm'], false, 'crw-r--rw-+'],
  ['setfacl -k', ['setfacl -k /dev/kvm'], false, 'crw-rw-rw-+'],
  ['setfacl -m g::rw', ['setfacl -m g::rw /dev/kvm'], true, 'crw-rw-rw-+'],
  ['setfacl -m g:kvm:rw', ['setfacl -m g:kvm:rw /dev/kvm'], true, 'crw-rw-rw-+'],
  ['setfacl -m u:qemu:rw', ['setfacl -m u:qemu:rw /dev/kvm'], true, 'crw-rw-rw-+'],
  ['setfacl --set', ['setfacl --set u::rw,g::rw,o::rw /dev/kvm'], true, 'crw-rw-rw-'],
  ['setfattr -x', ['setfattr -x system.posix_acl_access /dev/kvm'], true, 'crw-rw-rw-'],
  ['chmod 0, chmod 666', ['chmod 0 /dev/kvm', 'chmod 666 /dev/kvm'], false, 'crw-rw-rw-+'],
  ['chgrp root', ['chgrp root /dev/kvm'], true, 'crw-rw-rw-+'],
  ['reload of kvm_intel', ['modprobe -r kvm_intel', 'modprobe kvm_intel'], true, 'crw-rw-rw-'],
  ['reboot', ['reboot'], true, 'crw-rw-rw-'],
];

for (const [name, lines, opens, mode] of table) {
  repair(`${name}: ${opens ? 'qemu may open the node' : 'no cure'}`, () => {
    const host = broken.fork();
    for (const line of lines) host.root(line);
    assert.equal([host.node().qemu, host.node().mode], [opens ? 'opens' : 'EACCES', mode]);
  });
}

repair('the reload is refused while a guest runs', () => {
  const host = broken.fork();
  host.root(
    '/usr/libexec/qemu-kvm -machine pc,accel=kvm -S -nodefaults -nographic -pidfile /run/v.pid -daemonize',
  );
  assert.is(
    host.root('modprobe -r kvm_intel').stderr,
    'modprobe: FATAL: Module kvm_intel is in use.\n',
  );
  assert.is(host.node().qemu, 'EACCES');
});

repair('what lasts: g::rw and g:kvm:rw survive login and logout, u:qemu:rw does not', () => {
  const survives = (line: string) => {
    const host = broken.fork();
    host.root(line);
    host.login('operator', 'tty1');
    host.logout('tty1');
    host.root('udevadm trigger --subsystem-match=misc --sysname-match=kvm');
    return host.node().qemu === 'opens';
  };
  assert.equal(
    [
      'setfacl -m g::rw /dev/kvm',
      'setfacl -m g:kvm:rw /dev/kvm',
      'setfacl -m u:qemu:rw /dev/kvm',
    ].map(survives),
    [true, true, false],
  );
});

repair.run();
