/**
 * Debian 12 with qemu-system-x86 and libvirt-daemon-system installed, as their packages leave it.
 *
 * Models: Debian 12 linux 6.1.176-1, systemd 252.39-1~deb12u1, qemu 1:7.2+dfsg-7+deb12u18, libvirt 9.0.0-4+deb12u2
 *
 * Here the group and mode of /dev/kvm are udev's own business, set in the node's first event. So no login can
 * put an ACL on it before, and the incident's orders lead nowhere: see rulesDebian12.
 * Leaves out: apt and dpkg, AppArmor, the split of libvirtd into several daemons and sockets.
 */
import { executable } from '../../kernel/executable.ts';
import { server2019 } from '../../kernel/hardware.ts';
import { fromCivil } from '../../libc/time.ts';
import { rulesDebian12 } from '../../udev/rules/debian12.ts';
import type { DiskFile } from '../disk.ts';
import type { Profile } from '../profile.ts';
import { basePaths } from '../programs.ts';
import { binaries, enabled, tree, units } from './base.ts';
import { debianBase, libvirtFiles, withoutRpm } from './debian.ts';

/** Debian's qemu.conf: every setting is a comment, the build's user counts. */
const qemuConf = `# Master configuration file for the QEMU driver.
#
#user = "libvirt-qemu"
#group = "libvirt-qemu"
`;

const emulator = (target: string): DiskFile => ({
  path: `/usr/bin/qemu-system-${target}`,
  mode: 0o755,
  content: executable('qemu-kvm'),
});

/** debian/rules --with-qemu-moddir. */
const MODULES = '/usr/lib/x86_64-linux-gnu/qemu';

/** qemu-system-x86 and the libvirt packages. QEMU's modules are counted by their directory only. */
export const virtualization: readonly DiskFile[] = [
  emulator('i386'),
  emulator('x86_64'),
  { path: '/usr/bin/kvm', target: 'qemu-system-x86_64' },
  { path: `${MODULES}/` },
  ...libvirtFiles(qemuConf),
];

const disk: readonly DiskFile[] = [
  ...tree,
  ...binaries(withoutRpm(basePaths)),
  ...units(['sshd', 'getty@tty1', 'getty@tty2']),
  ...debianBase('debian'),
  ...rulesDebian12,
  ...virtualization,
  enabled('libvirtd'),
];

export const debian12: Profile = {
  name: 'debian12',
  system: 'Debian 12',
  components: { kernel: '6.1', systemd: '252', acl: '2.3.1', qemu: '7.2', libvirt: '9.0.0' },
  build: {
    libvirt: {
      qemuUser: 'libvirt-qemu',
      qemuGroup: 'libvirt-qemu',
      qemuModuleDir: MODULES,
    },
  },
  hostname: 'debian',
  hardware: server2019,
  disk,
  includes: ['qemu-kvm-ev', 'libvirt'],
  epoch: fromCivil(2026, 1, 12, 8, 0, 0),
};
