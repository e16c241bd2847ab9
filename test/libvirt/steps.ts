/**
 * The recorder's own script (steps.sh) on the simulated recording machine, with any version of libvirt.
 */
import { readFileSync } from 'node:fs';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { createShell } from '../../sim/shell/create.ts';
import { domain } from './laboratory.ts';

export const recorded = (name: string) =>
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

export function played(profile: string, lines = script): string {
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
