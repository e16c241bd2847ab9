/** The programs of the udev room. */
import type { Programs } from '../kernel/program.ts';
import { udevadm } from './udevadm.ts';
import { systemdUdevd } from './udevd.ts';
import { worker } from './worker.ts';

export const programs: Programs = {
  'systemd-udevd': systemdUdevd,
  'systemd-udevd-worker': worker,
  udevadm,
};
