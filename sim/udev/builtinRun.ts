/**
 * What the builtins do: uaccess and kmod in full, path_id as far as virtual devices need it.
 *
 * Models: systemd v219 src/udev/udev-builtin.c udev_builtin_run, udev-builtin-kmod.c builtin_kmod, udev-builtin-path_id.c
 *   builtin_path_id; v252 the same
 * Leaves out: blkid, btrfs, hwdb, input_id, keyboard, net_id, net_setup_link, usb_id: they fail, and say that they
 *   are not modelled. kmod starts /sbin/modprobe where the real one calls libkmod inside the worker.
 */
import { type Errno, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { run } from '../libc/sys.ts';
import type { Builtin } from './builtins.ts';
import { parentOf, propertiesOf } from './device.ts';
import { note, type UdevEvent } from './event.ts';
import { commandWords } from './spawn.ts';
import { uaccess } from './uaccess.ts';

function* loadModules(event: UdevEvent, command: string): Sys<Errno | null> {
  const v219 = event.switches.version === 219;
  const [, verb, ...named] = commandWords(command, event.switches.version);
  const modalias = propertiesOf(event.device).get('MODALIAS');
  const modules = named.length === 0 && !v219 && modalias !== undefined ? [modalias] : named;
  if (verb !== 'load' || modules.length === 0) {
    if (v219) note(event, 'err', 'expect: kmod load <module>');
    else if (verb !== 'load') note(event, 'warning', 'kmod: expected: load [module…]');
    return verb === 'load' && !v219 ? null : 'EINVAL';
  }
  for (const module of modules) {
    note(event, 'debug', v219 ? `Execute 'load' '${module}'` : `Loading module: ${module}`);
    const end = yield* run('/sbin/modprobe', ['modprobe', '-q', module], { inherit: false });
    if (failed(end)) note(event, 'err', `kmod: /sbin/modprobe could not be started: ${end.errno}`);
  }
  return null;
}

/** A device whose ancestors are all virtual has no path; others need code that is not here. */
function* pathId(event: UdevEvent): Sys<Errno | null> {
  const isVirtual = event.device.devpath.startsWith('/devices/virtual/');
  if (!isVirtual && (yield* parentOf(event.device)) !== null) {
    note(event, 'warning', 'kvmlab: path_id is modelled for virtual devices only');
  }
  return 'ENOENT';
}

/** Null when the builtin has done its work. */
export function* runBuiltin(
  event: UdevEvent,
  builtin: Builtin,
  command: string,
): Sys<Errno | null> {
  switch (builtin) {
    case 'uaccess':
      return yield* uaccess(event);
    case 'kmod':
      return yield* loadModules(event, command);
    case 'path_id':
      return yield* pathId(event);
    case 'hwdb':
      // No hwdb.bin on the simulated host: nothing is found, as on a host without it.
      return 'ENOENT';
    default:
      note(event, 'warning', `kvmlab: the builtin '${builtin}' is not modelled`);
      return 'EOPNOTSUPP';
  }
}
