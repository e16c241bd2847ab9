/**
 * A profile: which versions of which components a host is made of, and what is on its disk.
 */
import type { Hardware } from '../kernel/hardware.ts';
import type { KernelSwitches } from '../kernel/switches.ts';
import type { DiskFile } from './disk.ts';

export type Profile = Readonly<{
  name: string;
  /** For people: 'CentOS 7.7, libvirt 5.0.0, QEMU 2.12.0'. */
  title: string;
  hostname: string;
  kernel: KernelSwitches;
  hardware: Hardware;
  disk: readonly DiskFile[];
  /** When the host is first switched on, ms since 1970. */
  epoch: number;
}>;
