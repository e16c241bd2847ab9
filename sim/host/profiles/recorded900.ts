/**
 * The machine on which libvirt 9.0.0 was recorded: Debian 12's own packages, a new kernel, no udevd.
 *
 * Models: the recorder's private namespaces on a virtual machine that can itself virtualize
 *
 * As on recorded500 nobody but the administrator decides about /dev/kvm, and no event ever touches it.
 */
import { smallEpycGuest } from '../../kernel/hardware.ts';
import { fromCivil } from '../../libc/time.ts';
import type { Profile } from '../profile.ts';
import { basePaths } from '../programs.ts';
import { binaries, tree, units } from './base.ts';
import { debianBase, preparedNode, withoutRpm, withoutUdevd } from './debian.ts';
import { debian12, virtualization } from './debian12.ts';

export const recorded900: Profile = {
  ...debian12,
  name: 'recorded900',
  system: 'the recorded machine of libvirt 9.0 (Debian 12)',
  components: { ...debian12.components, kernel: '6.18' },
  hostname: 'vm',
  hardware: smallEpycGuest,
  disk: [
    ...tree,
    ...binaries(withoutUdevd(withoutRpm(basePaths))),
    ...units(['sshd'], ['systemd-udevd', 'gdm']),
    ...debianBase('vm'),
    ...virtualization,
    ...preparedNode,
  ],
  epoch: fromCivil(2026, 11, 22, 21, 30, 0),
};
