/**
 * The programs of this room, by the names that executables bear.
 */
import type { Programs } from '../kernel/program.ts';
import { libvirtAccessCheck } from './accessibleAs.ts';
import { libvirtd } from './libvirtd.ts';
import { virsh } from './virsh.ts';
import { virtHostValidate } from './virtHostValidate.ts';

export const programs: Programs = {
  libvirtd,
  virsh,
  'virt-host-validate': virtHostValidate,
  'libvirt-access-check': libvirtAccessCheck,
};
