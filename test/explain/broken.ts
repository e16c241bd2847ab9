/**
 * Hosts that are broken on purpose, as histories: what a search for repairs begins with.
 */
import { type History, historyOf } from '../../sim/explain/history.ts';
import type { Choice } from '../../sim/host/choice.ts';
import type { Setup } from '../../sim/host/machine.ts';

const typed = (line: string): Choice => ({ run: line.split(' '), as: 'root@pts/0' });
const root: Choice = { login: 'root', on: 'pts/0' };
const install = typed('yum -y install qemu-kvm-ev libvirt');
const libvirt = [typed('systemctl start libvirtd'), typed('virsh capabilities')];

const told = (choices: readonly Choice[], setup: Setup = {}, profile = 'centos7'): History =>
  historyOf({ profile, setup, choices });

export const broken = {
  /** The incident: login, logout, install. */
  acl: () =>
    told([{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }, root, install, ...libvirt]),
  'no module': () =>
    told([root, install, ...libvirt], {
      files: [
        { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\nblacklist kvm_amd\n' },
      ],
    }),
  'not in the group': () =>
    told([root, install, typed('gpasswd -d qemu kvm'), typed('chmod 660 /dev/kvm'), ...libvirt]),
  'a stale memory': () =>
    told([root, install, typed('chmod 600 /dev/kvm'), ...libvirt, typed('chmod 666 /dev/kvm')]),
  'Debian, chmod 600': () => told([root, typed('chmod 600 /dev/kvm')], {}, 'debian12'),
} as const satisfies Record<string, () => History>;
