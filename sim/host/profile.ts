/**
 * A profile: which versions of which components a host is made of, and what is on its disk.
 */
import type { Hardware } from '../kernel/hardware.ts';
import type { Build, Components } from './components.ts';
import type { DiskFile } from './disk.ts';

export type Profile = Readonly<{
  /** As given on the command line: `centos7,libvirt=4.5.0`. */
  name: string;
  /** 'CentOS 7.7'. */
  system: string;
  components: Components;
  /** How the distribution builds what is built more than one way. */
  build?: Build;
  hostname: string;
  hardware: Hardware;
  disk: readonly DiskFile[];
  /** Packages of CentOS, as a setup names them, whose counterparts this disk already has. */
  includes?: readonly string[];
  /** When the host is first switched on, ms since 1970. */
  epoch: number;
}>;
