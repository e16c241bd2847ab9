/** The programs of the systemd room. */
import type { Programs } from '../kernel/program.ts';
import { journalctl } from './journalctl.ts';
import { systemdModulesLoad } from './modulesLoad.ts';
import { systemd } from './pid1.ts';
import { systemctl } from './systemctl.ts';
import { systemdTmpfiles } from './tmpfiles.ts';

export const programs: Programs = {
  systemd,
  systemctl,
  journalctl,
  'systemd-modules-load': systemdModulesLoad,
  'systemd-tmpfiles': systemdTmpfiles,
};
