/**
 * All devices that fit: for `udevadm trigger` and `udevadm info --export-db`.
 *
 * Models: systemd v219 src/libudev/libudev-enumerate.c; v252 src/libsystemd/sd-device/device-enumerator.c
 * Leaves out: the orders that sound cards, md and dm devices ask for; drivers among the subsystems.
 *
 * Conditions of one kind are alternatives, kinds are all required; attributes are the exception, every
 * one of them must match.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readDir } from '../libc/sys.ts';
import { readDb } from './database.ts';
import { type Device, deviceOfSyspath, nameSubsystem, propertiesOf, syspathOf } from './device.ts';
import { fnmatch } from './fnmatch.ts';
import type { UdevSwitches } from './switches.ts';
import { sysattr } from './sysattr.ts';

export type KeyValue = readonly [key: string, value: string | null];

export type Conditions = {
  subsystems: string[];
  notSubsystems: string[];
  sysnames: string[];
  attrs: KeyValue[];
  notAttrs: KeyValue[];
  properties: KeyValue[];
  tags: string[];
  /** devpaths; v219 keeps the last one only. */
  parents: string[];
};

export const noConditions = (): Conditions => ({
  subsystems: [],
  notSubsystems: [],
  sysnames: [],
  attrs: [],
  notAttrs: [],
  properties: [],
  tags: [],
  parents: [],
});

const fits = (patterns: readonly string[], text: string): boolean =>
  patterns.length === 0 || patterns.some((pattern) => fnmatch(pattern, text));

const subsystemFits = (c: Conditions, subsystem: string): boolean =>
  fits(c.subsystems, subsystem) && !c.notSubsystems.some((p) => fnmatch(p, subsystem));

function* attrFits(device: Device, [key, value]: KeyValue): Sys<boolean> {
  const found = yield* sysattr(device, key);
  return found !== null && (value === null || fnmatch(value, found));
}

function propertyFits(c: Conditions, device: Device): boolean {
  if (c.properties.length === 0) return true;
  return c.properties.some(([key, value]) =>
    [...propertiesOf(device)].some(
      ([name, text]) => fnmatch(key, name) && value !== null && fnmatch(value, text),
    ),
  );
}

function* deviceFits(c: Conditions, device: Device): Sys<boolean> {
  if (c.parents.length > 0 && !c.parents.some((p) => device.devpath.startsWith(p))) return false;
  if (c.properties.length > 0 || c.tags.length > 0) yield* readDb(device);
  if (c.tags.length > 0 && !c.tags.some((tag) => device.tags.has(tag))) return false;
  if (!propertyFits(c, device)) return false;
  for (const attr of c.notAttrs) if (yield* attrFits(device, attr)) return false;
  for (const attr of c.attrs) if (!(yield* attrFits(device, attr))) return false;
  return true;
}

function* scan(
  directory: string,
  c: Conditions,
  switches: UdevSwitches,
  found: Map<string, Device>,
): Sys<void> {
  const names = yield* readDir(directory);
  for (const name of failed(names) ? [] : names) {
    if (!fits(c.sysnames, name.replaceAll('!', '/'))) continue;
    const device = yield* deviceOfSyspath(`${directory}/${name}`, switches);
    if (device === null || found.has(syspathOf(device))) continue;
    nameSubsystem(device);
    if (yield* deviceFits(c, device)) found.set(syspathOf(device), device);
  }
}

const inOrder = (found: Map<string, Device>): Device[] =>
  [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, device]) => device);

/** Sorted by path, so that parents come before their children. */
export function* enumerateDevices(c: Conditions, switches: UdevSwitches): Sys<Device[]> {
  const found = new Map<string, Device>();
  const buses = yield* readDir('/sys/bus');
  for (const bus of failed(buses) ? [] : buses) {
    if (subsystemFits(c, bus)) yield* scan(`/sys/bus/${bus}/devices`, c, switches, found);
  }
  const classes = yield* readDir('/sys/class');
  for (const name of failed(classes) ? [] : classes) {
    if (subsystemFits(c, name)) yield* scan(`/sys/class/${name}`, c, switches, found);
  }
  return inOrder(found);
}

/** Modules and buses that have a uevent file. */
export function* enumerateSubsystems(c: Conditions, switches: UdevSwitches): Sys<Device[]> {
  const found = new Map<string, Device>();
  if (subsystemFits(c, 'module')) yield* scan('/sys/module', c, switches, found);
  if (subsystemFits(c, 'subsystem')) yield* scan('/sys/bus', c, switches, found);
  return inOrder(found);
}
