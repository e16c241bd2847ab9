/**
 * Attributes: the small files of sysfs.
 *
 * Models: systemd v219 src/libudev/libudev-device.c udev_device_get_sysattr_value,
 *   src/libudev/libudev-util.c util_resolve_subsys_kernel, src/udev/udev-rules.c attr_subst_subdir;
 *   v252 sd_device_get_sysattr_value, udev_resolve_subsys_kernel, attr_subst_subdir
 * Leaves out: "[drivers/...]" and "[subsystem/...]" names.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, lstat, readDir, readFile } from '../libc/sys.ts';
import { canonical, type Device, deviceOfSyspath, linkValue, syspathOf } from './device.ts';
import { sayOf, type UdevEvent } from './event.ts';

function* read(syspath: string, name: string): Sys<string | null> {
  const path = `${syspath}/${name}`;
  const seen = yield* lstat(path);
  if (failed(seen)) return null;
  if (seen.type === 'symlink') {
    return ['driver', 'subsystem', 'module'].includes(name)
      ? yield* linkValue(syspath, name)
      : null;
  }
  if (seen.type === 'dir' || (seen.mode & 0o400) === 0) return null;
  const text = yield* readFile(path);
  return failed(text) ? null : text.replace(/[\n\r]+$/, '');
}

/** Null for what is no readable file. A value is read once a device. */
export function* sysattr(device: Device, name: string): Sys<string | null> {
  const known = device.attributes.get(name);
  if (known !== undefined) return known;
  const value = yield* read(syspathOf(device), name);
  device.attributes.set(name, value);
  return value;
}

/** Where a device of that subsystem and name is; null when nowhere. */
export function* findDevice(subsystem: string, name: string): Sys<string | null> {
  const file = name.replaceAll('/', '!');
  const places =
    subsystem === 'module'
      ? [`/sys/module/${file}`]
      : [`/sys/bus/${subsystem}/devices/${file}`, `/sys/class/${subsystem}/${file}`];
  for (const place of places) {
    const found = yield* canonical(place);
    if (found !== null) return found;
  }
  return null;
}

export type Named = Readonly<{ subsystem: string; sysname: string; attr: string | null }>;

/** `[<SUBSYSTEM>/<KERNEL>]<attribute>` in its parts; null for any other text. */
export function subsysKernel(text: string): Named | null {
  const [, subsystem, sysname, attr = ''] = /^\[([^/]*)\/([^\]]*)\]\/?([\s\S]*)$/.exec(text) ?? [];
  if (subsystem === undefined || sysname === undefined) return null;
  return { subsystem, sysname, attr: attr === '' ? null : attr };
}

const shown = ({ subsystem, sysname, attr }: Named) => `'[${subsystem}/${sysname}]${attr ?? ''}'`;

/** The path that `[subsystem/kernel]attr` names; null when there is no such device. */
export function* namedPath(event: UdevEvent, named: Named): Sys<string | null> {
  const syspath = yield* findDevice(named.subsystem, named.sysname);
  if (syspath === null) return null;
  const path = named.attr === null ? syspath : `${syspath}/${named.attr}`;
  sayOf(event, 'debug', `path ${shown(named)} is '${path}'`);
  return path;
}

/** The value that `[subsystem/kernel]attr` names; '' when the attribute is missing, null when the device is. */
export function* namedValue(event: UdevEvent, named: Named): Sys<string | null> {
  if (named.attr === null) return null;
  const syspath = yield* findDevice(named.subsystem, named.sysname);
  const other = syspath === null ? null : yield* deviceOfSyspath(syspath, event.switches);
  if (other === null) return null;
  const value = (yield* sysattr(other, named.attr)) ?? '';
  sayOf(event, 'debug', `value ${shown(named)} is '${value}'`);
  return value;
}

/** A `*` as a whole part of the path stands for the first entry below which the rest exists. */
export function* withSubdirectory(path: string): Sys<string | null> {
  const at = path.indexOf('/*/');
  if (at < 0) return path;
  const names = yield* readDir(path.slice(0, at));
  if (failed(names)) return null;
  for (const name of names) {
    if (name.startsWith('.')) continue;
    const candidate = `${path.slice(0, at)}/${name}${path.slice(at + 2)}`;
    if (!failed(yield* access(candidate, 0))) return candidate;
  }
  return null;
}
