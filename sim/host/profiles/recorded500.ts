/**
 * The machine on which libvirt 5.0.0 was recorded: Debian's users, a new kernel, no udevd, QEMU 7.2.
 *
 * Models: the recorder's private namespaces; its libvirt was built from source and its virsh was Debian's
 *
 * Nobody but the administrator decides about /dev/kvm here: a line of tmpfiles.d makes the node before the
 * module is loaded, so the kernel leaves it as it is and no event ever touches it.
 */
import { executable } from '../../kernel/executable.ts';
import { epycGuest } from '../../kernel/hardware.ts';
import { fromCivil } from '../../libc/time.ts';
import { clients900 } from '../../libvirt/switches.ts';
import type { DiskFile } from '../disk.ts';
import type { Profile } from '../profile.ts';
import { basePaths } from '../programs.ts';
import { binaries, tree, units } from './base.ts';
import { debianBase, libvirtFiles, preparedNode, withoutRpm, withoutUdevd } from './debian.ts';

const disk: readonly DiskFile[] = [
  ...tree,
  ...binaries(withoutUdevd(withoutRpm(basePaths))),
  ...units(['sshd'], ['systemd-udevd', 'gdm']),
  ...debianBase('recorder'),
  { path: '/usr/libexec/qemu-kvm', mode: 0o755, content: executable('qemu-kvm') },
  ...libvirtFiles('user = "libvirt-qemu"\ngroup = "libvirt-qemu"\n'),
  ...preparedNode,
];

export const recorded500: Profile = {
  name: 'recorded500',
  system: 'the recorded machine (Debian 12)',
  components: {
    kernel: '6.18',
    systemd: '252',
    acl: '2.3.1',
    qemu: '7.2',
    libvirt: '5.0.0',
  },
  build: {
    libvirt: { qemuUser: 'libvirt-qemu', qemuGroup: 'libvirt-qemu', ...clients900 },
  },
  hostname: 'recorder',
  hardware: epycGuest,
  disk,
  includes: ['qemu-kvm-ev', 'libvirt'],
  epoch: fromCivil(2026, 11, 22, 22, 35, 0),
};
