/**
 * What every profile's disk has: the merged /usr, the base system's programs, its units.
 *
 * Models: systemd's own unit files and those of openssh, util-linux, gdm, cut down to what is started and how
 */
import { executable } from '../../kernel/executable.ts';
import type { DiskFile } from '../disk.ts';

const UNITS = '/usr/lib/systemd/system';
const WANTS = '/etc/systemd/system/multi-user.target.wants';

const service = (description: string, exec: string, more = ''): string =>
  `[Unit]\nDescription=${description}\n\n[Service]\nExecStart=${exec}\n${more}\n[Install]\nWantedBy=multi-user.target\n`;

const systemdUnit = (description: string, exec: string): string =>
  `[Unit]\nDescription=${description}\n\n[Service]\nExecStart=${exec}\nRestart=always\n`;

const oneshot = (description: string, conditions: string, exec: string): string =>
  `[Unit]\nDescription=${description}\n${conditions}\n[Service]\nType=oneshot\nExecStart=${exec}\n`;

const notEmpty = ['/usr/lib/modules-load.d', '/etc/modules-load.d', '/run/modules-load.d']
  .map((directory) => `ConditionDirectoryNotEmpty=|${directory}\n`)
  .join('');

const TMPFILES = '/usr/bin/systemd-tmpfiles';

const available: Readonly<Record<string, string>> = {
  'systemd-udevd': systemdUnit('udev Kernel Device Manager', '/usr/lib/systemd/systemd-udevd'),
  'systemd-logind': systemdUnit('Login Service', '/usr/lib/systemd/systemd-logind'),
  'systemd-modules-load': oneshot(
    'Load Kernel Modules',
    notEmpty,
    '/usr/lib/systemd/systemd-modules-load',
  ),
  'systemd-tmpfiles-setup-dev': oneshot(
    'Create Static Device Nodes in /dev',
    '',
    `${TMPFILES} --prefix=/dev --create --boot`,
  ),
  'systemd-tmpfiles-setup': oneshot(
    'Create Volatile Files and Directories',
    '',
    `${TMPFILES} --create --remove --boot --exclude-prefix=/dev`,
  ),
  sshd: service('OpenSSH server daemon', '/usr/sbin/sshd', 'Restart=on-failure\n'),
  'getty@tty1': service('Getty on tty1', '/usr/sbin/agetty tty1', 'Restart=always\n'),
  'getty@tty2': service('Getty on tty2', '/usr/sbin/agetty tty2', 'Restart=always\n'),
  gdm: service('GNOME Display Manager', '/usr/sbin/gdm', 'Restart=always\n'),
};

/** A unit that multi-user.target wants: `systemctl enable`. */
export const enabled = (name: string): DiskFile => ({
  path: `${WANTS}/${name}.service`,
  target: `${UNITS}/${name}.service`,
});

/** Every unit of the base system but some, and which of them boot starts. */
export const units = (wanted: readonly string[], without: readonly string[] = []): DiskFile[] => [
  ...Object.entries(available)
    .filter(([name]) => !without.includes(name))
    .map(([name, content]) => ({ path: `${UNITS}/${name}.service`, content })),
  ...wanted.map(enabled),
];

export const tree: readonly DiskFile[] = [
  { path: '/usr/bin/', mode: 0o555 },
  { path: '/usr/sbin/', mode: 0o555 },
  { path: '/bin', target: 'usr/bin' },
  { path: '/sbin', target: 'usr/sbin' },
  { path: '/lib', target: 'usr/lib' },
  { path: '/var/run', target: '../run' },
];

/** Path -> program, as files that can be executed. */
export const binaries = (paths: Readonly<Record<string, string>>): DiskFile[] =>
  Object.entries(paths).map(([path, program]) => ({
    path,
    mode: 0o755,
    content: executable(program),
  }));
