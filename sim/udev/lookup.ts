/**
 * The device that a word on udevadm's command line means, with what the database knows of it.
 *
 * Models: systemd v219 src/udev/udevadm-util.c find_device; v252 find_device, sd_device_new_from_path
 * Leaves out: names of device units.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { stat } from '../libc/sys.ts';
import { readDb } from './database.ts';
import { type Device, deviceOfSyspath, nameSubsystem } from './device.ts';
import type { UdevSwitches } from './switches.ts';

export function* loadDevice(path: string, switches: UdevSwitches): Sys<Device | null> {
  const device = yield* deviceOfSyspath(path, switches);
  if (device === null) return null;
  nameSubsystem(device);
  yield* readDb(device);
  return device;
}

/** By node: the device with the node's number, whatever the node is called. */
function* deviceOfNode(path: string, switches: UdevSwitches): Sys<Device | null> {
  const seen = yield* stat(path);
  if (failed(seen) || (seen.type !== 'char' && seen.type !== 'block') || !seen.rdev) return null;
  return yield* loadDevice(`/sys/dev/${seen.type}/${seen.rdev.join(':')}`, switches);
}

function* atPath(path: string, switches: UdevSwitches): Sys<Device | null> {
  if (path.startsWith('/dev/')) return yield* deviceOfNode(path, switches);
  return path.startsWith('/sys/') ? yield* loadDevice(path, switches) : null;
}

/** `prefix` is tried where the word has none: `kvm` is /dev/kvm for --name. */
export function* findDevice(
  word: string,
  prefix: '/dev/' | '/sys' | '/sys/' | null,
  switches: UdevSwitches,
): Sys<Device | null> {
  if (switches.version === 219) {
    const path = prefix !== null && !word.startsWith(prefix) ? `${prefix}${word}` : word;
    return yield* atPath(path, switches);
  }
  const plain = yield* atPath(word, switches);
  if (plain !== null || prefix === null || word.startsWith(prefix)) return plain;
  return yield* atPath(`${prefix.replace(/\/$/, '')}/${word.replace(/^\//, '')}`, switches);
}

/** What v252 says of a word that is no device: a path is missing, anything else is no argument at all. */
export const isPath = (word: string): boolean => word.includes('/');
