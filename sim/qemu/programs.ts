/**
 * The programs of this room. /usr/libexec/qemu-kvm on el7 and /usr/bin/qemu-system-x86_64 on Debian hold the same
 * one; what differs is in the switches, and in argv[0].
 */
import type { Programs } from '../kernel/program.ts';
import { qemu, qemuWithoutKvm } from './qemu.ts';

export const programs: Programs = {
  'qemu-kvm': qemu,
  'qemu-system-x86_64': qemu,
  'qemu-without-kvm': qemuWithoutKvm,
};
