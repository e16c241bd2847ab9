/**
 * The commands that live inside udev: their names, and which of them run only once an event.
 *
 * Models: systemd v219 src/udev/udev-builtin.c builtins, udev_builtin_lookup, udev_builtin_run_once; v252 the same
 *
 * v252 compares only as many characters as the command has, so `RUN{builtin}+="ua"` finds uaccess, and an
 * empty command finds the first of the table.
 */
import type { UdevSwitches } from './switches.ts';

const table = [
  'blkid',
  'btrfs',
  'hwdb',
  'input_id',
  'keyboard',
  'kmod',
  'net_id',
  'net_setup_link',
  'path_id',
  'usb_id',
  'uaccess',
] as const;

export type Builtin = (typeof table)[number];

const once: readonly Builtin[] = ['blkid', 'path_id', 'usb_id'];

export const runsOnce = (builtin: Builtin): boolean => once.includes(builtin);

export function lookUpBuiltin(command: string, switches: UdevSwitches): Builtin | null {
  const word = switches.version === 219 ? (command.split(' ')[0] ?? '') : command.trim();
  if (switches.version === 219) return table.find((name) => name === word) ?? null;
  const first = word.split(/[ \t\n\r]/)[0] ?? '';
  return table.find((name) => name.startsWith(first)) ?? null;
}

const descriptions: Readonly<Record<Builtin, string>> = {
  blkid: 'Filesystem and partition probing',
  btrfs: 'btrfs volume management',
  hwdb: 'Hardware database',
  input_id: 'Input device properties',
  keyboard: 'Keyboard scan code to key mapping',
  kmod: 'Kernel module loader',
  net_id: 'Network device properties',
  net_setup_link: 'Configure network link',
  path_id: 'Compose persistent device path',
  usb_id: 'USB device properties',
  uaccess: 'Manage device node user ACL',
};

/** udev_builtin_list */
export const builtinHelp = (): string =>
  table.map((name) => `  ${name.padEnd(14)}  ${descriptions[name]}\n`).join('');
