/**
 * The recorder's own script, line by line, on its own machine: what came out of the real one comes out here.
 *
 * The profile is the machine (Debian 12's users, no udevd, QEMU 7.2, virsh 9.0), the shell is the simulated
 * one. Dates and times are made equal before the texts are compared, nothing else is.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { createShell } from '../../sim/shell/create.ts';
import { domain } from './laboratory.ts';

const matrix = suite('the recorded matrix');

const recorded = (name: string) =>
  readFileSync(new URL(`../fixtures/libvirt500/${name}`, import.meta.url), 'utf8');

/**
 * What the recorder's comments say of its helpers. A bind mount of one file and python are not modelled: the
 * file is changed in place and put back, and access(2) as root is asked by test.
 */
const prelude = `LOG=./libvirtd.log
V=virsh
mark() { echo "##### $*"; }
startd() { systemctl start libvirtd; }
n() { grep -c "$1" $LOG; }
probes() {
  echo "  [probes: $(n 'Try to probe capabilities')] invalid: $(n 'no longer valid')" \\
    "should-be-usable: $(n 'but it should be usable now') not-avail-now: $(n 'but it is not available now')"
}
kvmcount() { $V capabilities | grep -c "<domain type='kvm'"; }
mount() { :; }
umount() { cat ./group > /etc/group; }
python3() { test -r /dev/kvm -a -w /dev/kvm && echo "root access(): True"; }
`;

/** The recorder's domain file had another name while it ran. */
const script = prelude + recorded('steps.sh').replaceAll('kvm-domain.xml', 'dom500.xml');

function played(profile: string, lines = script): string {
  const log = '/root/libvirtd.log';
  const host = newHost(profileNamed(profile), {
    files: [
      { path: '/root/dom500.xml', content: domain('t1') },
      {
        path: '/etc/libvirt/libvirtd.conf',
        content: `log_level = 1\nlog_outputs = "1:file:${log}"\n`,
      },
    ],
  });
  const world = step(host.machinery, host.world, { login: 'root', on: 'pts/0' });
  const shell = createShell(host.machinery, world, 'root@pts/0');
  return shell
    .run(lines)
    .chunks.map(({ text }) => text)
    .join('');
}

const normal = (text: string) =>
  text
    .replace(/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d (?=\/dev)/g, 'DATE ')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .trimEnd();

for (const version of ['5.0.0', '4.5.0']) {
  matrix(`libvirt ${version}: seven parts, every line`, () => {
    const real = normal(recorded(`matrix-${version}.txt`));
    assert.is(normal(played(`recorded500,libvirt=${version}+virsh9.0`)), real);
    assert.is(real.split('#####').length - 1, 7);
  });
}

matrix('virsh capabilities, with KVM and without: the CPU, every machine in its place', () => {
  const caps = 'systemctl start libvirtd; virsh capabilities';
  assert.is(played('recorded500', caps), recorded('capabilities-fixed.xml'));
  const broken = `setfacl -m g::---,m::rw- /dev/kvm; ${caps}`;
  assert.is(played('recorded500', broken), recorded('capabilities-broken.xml'));
});

matrix.run();
