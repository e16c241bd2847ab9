/**
 * Every program of the host, by name, and where a base system keeps each.
 */
import type { Programs } from '../kernel/program.ts';
import { programs as logind } from '../logind/programs.ts';
import { programs as rpm } from '../rpm/programs.ts';
import { programs as systemd } from '../systemd/programs.ts';
import { programs as userland } from '../userland/programs.ts';

export const programs: Programs = { ...systemd, ...logind, ...rpm, ...userland };

/** Path -> program, for binaries that every installation has. */
export const basePaths: Readonly<Record<string, string>> = {
  '/usr/lib/systemd/systemd': 'systemd',
  '/usr/lib/systemd/systemd-logind': 'systemd-logind',
  '/usr/bin/systemctl': 'systemctl',
  '/usr/bin/journalctl': 'journalctl',
  '/usr/bin/loginctl': 'loginctl',
  '/usr/bin/login': 'login',
  '/usr/sbin/agetty': 'agetty',
  '/usr/sbin/sshd': 'sshd',
  '/usr/sbin/gdm': 'gdm',
  '/usr/bin/chvt': 'chvt',
  '/usr/bin/bash': 'bash',
  '/usr/bin/rpm': 'rpm',
  '/usr/bin/yum': 'yum',
};
