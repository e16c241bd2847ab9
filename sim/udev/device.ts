/**
 * A device as udev sees it: what the kernel tells of it, and what rules have added.
 *
 * Models: systemd v219 src/libudev/libudev-device.c; v252 src/libsystemd/sd-device/sd-device.c
 *   (device_new_from_syspath, read_uevent_file, get_parent, get_properties, device_properties_prepare)
 * Leaves out: network interfaces' own ways (ifindex is kept, renaming is not), DISKSEQ checks.
 *
 * Made anew for every event or command and thrown away after it; what lasts is the database.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { Uevent } from '../kernel/request.ts';
import { lstat, readFile, readlink } from '../libc/sys.ts';
import type { UdevSwitches } from './switches.ts';

export type Device = {
  readonly devpath: string;
  readonly sysname: string;
  readonly subsystem: string | null;
  /** Node under /dev, whole path. */
  readonly devnode: string | null;
  readonly devnum: readonly [number, number] | null;
  readonly ifindex: number | null;
  readonly switches: UdevSwitches;
  /** Unknown until somebody asks (driverOf). */
  driver: string | null | undefined;
  action: string;
  /** All of them; read through propertiesOf, which brings DEVLINKS and TAGS up to date. */
  properties: Map<string, string>;
  /** Names of those that go into the database. */
  stored: Set<string>;
  devlinks: Set<string>;
  tags: Set<string>;
  /** v247 and later: those of this event, while `tags` also has those of earlier ones. */
  currentTags: Set<string>;
  linkPriority: number;
  /** 0: never handled by udevd. */
  usecInitialized: number;
  dbPersist: boolean;
  /** Attributes that have been read, so that they are read once. */
  attributes: Map<string, string | null>;
};

const basename = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const syspathOf = (device: Device): string => `/sys${device.devpath}`;

/** The digits that a kernel name ends in; null without. */
export const sysnumOf = (device: Device): string | null => /\d+$/.exec(device.sysname)?.[0] ?? null;

/** The name under which the database knows it: c10:232, b7:0, n3, +cpu:cpu0. */
export function idOf(device: Device): string {
  const { devnum, subsystem, ifindex } = device;
  if (devnum) return `${subsystem === 'block' ? 'b' : 'c'}${devnum[0]}:${devnum[1]}`;
  return ifindex === null ? `+${subsystem ?? ''}:${device.sysname}` : `n${ifindex}`;
}

const nodePath = (name: string) => (name.startsWith('/dev/') ? name : `/dev/${name}`);

/** From the kernel's own words; pairs in their order. v252 sets MAJOR and MINOR after all others. */
function device(
  devpath: string,
  subsystem: string | null,
  given: readonly (readonly [string, string])[],
  switches: UdevSwitches,
): Device {
  const get = (key: string) => given.find(([name]) => name === key)?.[1];
  const major = Number(get('MAJOR') ?? 0);
  const minor = Number(get('MINOR') ?? 0);
  const name = get('DEVNAME');
  const properties = new Map<string, string>();
  for (const [key, value] of given) {
    if (key === 'MAJOR' || key === 'MINOR') continue;
    if (value !== '') properties.set(key, key === 'DEVNAME' ? nodePath(value) : value);
  }
  if (major > 0) properties.set('MAJOR', String(major)).set('MINOR', String(minor));
  return {
    devpath,
    sysname: basename(devpath).replaceAll('!', '/'),
    subsystem,
    devnode: name === undefined ? null : nodePath(name),
    devnum: major > 0 ? [major, minor] : null,
    ifindex: get('IFINDEX') === undefined ? null : Number(get('IFINDEX')),
    switches,
    driver: get('DRIVER'),
    action: get('ACTION') ?? '',
    properties,
    stored: new Set(),
    devlinks: new Set(),
    tags: new Set(),
    currentTags: new Set(),
    linkPriority: 0,
    usecInitialized: 0,
    dbPersist: false,
    attributes: new Map(),
  };
}

/** A device as it comes over netlink, from the kernel or from udevd. */
export function deviceOfUevent(uevent: Uevent, switches: UdevSwitches): Device {
  const own = new Map(Object.entries(uevent.properties));
  for (const key of ['ACTION', 'DEVPATH', 'SUBSYSTEM', 'SEQNUM']) own.delete(key);
  return device(
    uevent.devpath,
    uevent.subsystem,
    [
      ['ACTION', uevent.action],
      ['DEVPATH', uevent.devpath],
      ['SUBSYSTEM', uevent.subsystem],
      ...own,
      ['SEQNUM', String(uevent.seqnum)],
    ],
    switches,
  );
}

/** The last part of what a sysfs link points to: `subsystem`, `driver`. */
export function* linkValue(syspath: string, name: string): Sys<string | null> {
  const target = yield* readlink(`${syspath}/${name}`);
  return failed(target) ? null : basename(target);
}

/** A sysfs path without links; null when it is not there. */
export function* canonical(path: string): Sys<string | null> {
  const seen = yield* lstat(path);
  if (failed(seen)) return null;
  if (seen.type !== 'symlink') return path;
  const target = yield* readlink(path);
  if (failed(target)) return null;
  const parts = target.startsWith('/') ? [] : path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return target.startsWith('/') ? `/${parts.join('/')}` : parts.join('/');
}

/** A device from sysfs, without its database entry; null for a path without a uevent file. */
export function* deviceOfSyspath(path: string, switches: UdevSwitches): Sys<Device | null> {
  const syspath = yield* canonical(path.replace(/\/+$/, ''));
  if (syspath === null || !syspath.startsWith('/sys/')) return null;
  const uevent = yield* readFile(`${syspath}/uevent`);
  if (failed(uevent)) return null;
  const devpath = syspath.slice('/sys'.length);
  const given = uevent
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  const subsystem = yield* linkValue(syspath, 'subsystem');
  const made = device(devpath, subsystem, [['DEVPATH', devpath], ...given], switches);
  return made;
}

/** v252 learns the subsystem when asked; v219 at once. By the time anything is printed both know it. */
export const nameSubsystem = (made: Device): void => {
  if (made.subsystem !== null) made.properties.set('SUBSYSTEM', made.subsystem);
};

export function* driverOf(made: Device): Sys<string | null> {
  if (made.driver === undefined) made.driver = yield* linkValue(syspathOf(made), 'driver');
  return made.driver;
}

/** The nearest directory above that is a device too. */
export function* parentOf(made: Device): Sys<Device | null> {
  let path = made.devpath;
  for (;;) {
    path = path.slice(0, path.lastIndexOf('/'));
    if (path === '' || path === '/devices') return null;
    const parent = yield* deviceOfSyspath(`/sys${path}`, made.switches);
    if (parent) {
      nameSubsystem(parent);
      return parent;
    }
  }
}

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const colons = (tags: Iterable<string>) => `:${[...tags].join(':')}:`;

/** Names in the order that the version lists them in. */
export const listed = (names: Iterable<string>, switches: UdevSwitches): readonly string[] =>
  switches.properties === 'sorted' ? [...names].sort(byName) : [...names];

/** All properties, DEVLINKS and TAGS among them, in the order that the version lists them in. */
export function propertiesOf(made: Device): ReadonlyMap<string, string> {
  const { properties, switches } = made;
  const set = (
    key: string,
    names: Iterable<string>,
    join: (names: readonly string[]) => string,
  ) => {
    const all = listed(names, switches);
    if (all.length > 0) properties.set(key, join(all));
  };
  set('DEVLINKS', made.devlinks, (links) => links.join(' '));
  set('TAGS', made.tags, colons);
  if (switches.tags === 'sticky') set('CURRENT_TAGS', made.currentTags, colons);
  if (switches.properties === 'as-set') return properties;
  return new Map([...properties].sort(([a], [b]) => byName(a, b)));
}

/** Null removes. Names with a leading dot stay out of the database. */
export function setProperty(made: Device, key: string, value: string | null): void {
  if (value === null) {
    made.properties.delete(key);
    made.stored.delete(key);
    return;
  }
  made.properties.set(key, value);
  if (!key.startsWith('.')) made.stored.add(key);
}

export function addTag(made: Device, tag: string): void {
  made.tags.add(tag);
  made.currentTags.add(tag);
}

export function removeTag(made: Device, tag: string): void {
  if (made.switches.tags === 'per-event') made.tags.delete(tag);
  made.currentTags.delete(tag);
}

export function clearTags(made: Device): void {
  made.tags.clear();
  made.currentTags.clear();
}

/** The environment of a program, or the message to listeners: all but the names with a leading dot. */
export const publicProperties = (made: Device): Record<string, string> =>
  Object.fromEntries([...propertiesOf(made)].filter(([key]) => !key.startsWith('.')));
