/**
 * Every program of the host, by name, and where a base system keeps each.
 */
import type { Programs } from '../kernel/program.ts';
import { programs as logind } from '../logind/programs.ts';
import { programs as qemu } from '../qemu/programs.ts';
import { programs as rpm } from '../rpm/programs.ts';
import { programs as systemd } from '../systemd/programs.ts';
import { programs as udev } from '../udev/programs.ts';
import { programs as userland } from '../userland/programs.ts';

export const programs: Programs = { ...systemd, ...udev, ...logind, ...rpm, ...qemu, ...userland };

/** Path -> program, for binaries that every installation has. */
export const basePaths: Readonly<Record<string, string>> = {
  '/usr/lib/systemd/systemd': 'systemd',
  '/usr/lib/systemd/systemd-logind': 'systemd-logind',
  '/usr/lib/systemd/systemd-udevd': 'systemd-udevd',
  '/usr/lib/systemd/systemd-udevd-worker': 'systemd-udevd-worker',
  '/usr/bin/udevadm': 'udevadm',
  '/usr/bin/systemctl': 'systemctl',
  '/usr/bin/journalctl': 'journalctl',
  '/usr/bin/loginctl': 'loginctl',
  '/usr/bin/login': 'login',
  '/usr/sbin/agetty': 'agetty',
  '/usr/sbin/sshd': 'sshd',
  '/usr/sbin/gdm': 'gdm',
  '/usr/bin/chvt': 'chvt',
  '/usr/bin/bash': 'bash',
  '/usr/bin/chmod': 'chmod',
  '/usr/bin/getfacl': 'getfacl',
  '/usr/bin/setfacl': 'setfacl',
  '/usr/sbin/lsmod': 'lsmod',
  '/usr/sbin/rmmod': 'rmmod',
  '/usr/sbin/modprobe': 'modprobe',
  '/usr/bin/getent': 'getent',
  '/usr/bin/gpasswd': 'gpasswd',
  '/usr/sbin/groupadd': 'groupadd',
  '/usr/sbin/groupdel': 'groupdel',
  '/usr/sbin/groupmod': 'groupmod',
  '/usr/sbin/useradd': 'useradd',
  '/usr/sbin/userdel': 'userdel',
  '/usr/sbin/usermod': 'usermod',
  '/usr/sbin/runuser': 'runuser',
  '/usr/bin/su': 'su',
  '/usr/bin/setpriv': 'setpriv',
  '/usr/bin/sudo': 'sudo',
  '/usr/bin/nc': 'nc',
  '/usr/bin/ncat': 'nc',
  '/usr/bin/socat': 'socat',
  '/usr/bin/dmesg': 'dmesg',
  '/usr/bin/kill': 'kill',
  '/usr/bin/pgrep': 'pgrep',
  '/usr/sbin/pidof': 'pidof',
  '/usr/bin/pkill': 'pkill',
  '/usr/bin/ps': 'ps',
  '/usr/sbin/reboot': 'reboot',
  '/usr/sbin/shutdown': 'reboot',
  '/usr/bin/rpm': 'rpm',
  '/usr/bin/yum': 'yum',
};
