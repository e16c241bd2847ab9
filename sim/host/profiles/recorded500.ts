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
import type { DiskFile } from '../disk.ts';
import type { Profile } from '../profile.ts';
import { basePaths } from '../programs.ts';
import { binaries, tree, units } from './base.ts';
import { debianBase, libvirtFiles, withoutRpm } from './debian.ts';

const UDEVD = ['/usr/lib/systemd/systemd-udevd', '/usr/lib/systemd/systemd-udevd-worker'];

const paths = Object.fromEntries(
  Object.entries(withoutRpm(basePaths)).filter(([path]) => !UDEVD.includes(path)),
);

const disk: readonly DiskFile[] = [
  ...tree,
  ...binaries(paths),
  ...units(['sshd'], ['systemd-udevd', 'gdm']),
  ...debianBase('recorder'),
  { path: '/usr/libexec/qemu-kvm', mode: 0o755, content: executable('qemu-kvm') },
  ...libvirtFiles('user = "libvirt-qemu"\ngroup = "libvirt-qemu"\n'),
  { path: '/etc/tmpfiles.d/kvm.conf', content: 'c /dev/kvm 0666 root kvm - 10:232\n' },
  { path: '/etc/modules-load.d/kvm.conf', content: 'kvm_amd\n' },
];

export const recorded500: Profile = {
  name: 'recorded500',
  system: 'the recorded machine (Debian 12)',
  components: {
    kernel: '6.18',
    systemd: '252',
    acl: '2.3.1',
    qemu: '7.2',
    libvirt: '5.0.0+virsh9.0',
  },
  hostname: 'recorder',
  hardware: epycGuest,
  disk,
  includes: ['qemu-kvm-ev', 'libvirt'],
  epoch: fromCivil(2026, 11, 22, 22, 35, 0),
};
