/**
 * What udev remembers of devices: /run/udev/data, one file each, and the index by tag.
 *
 * Models: systemd v219 src/libudev/libudev-device-private.c udev_device_update_db, udev_device_tag_index,
 *   libudev-device.c udev_device_read_db; v252 src/libsystemd/sd-device/device-private.c device_update_db, device_tag_index
 * Leaves out: W: (inotify watches).
 *
 * Others read it too: logind finds the devices whose ACLs it has to change by the tag `uaccess`.
 */
import { type Failure, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { mkdir, readFile, rename, unlink, writeFile } from '../libc/sys.ts';
import { type Device, idOf, listed, propertiesOf, setProperty } from './device.ts';
import { note, type UdevEvent } from './event.ts';

export const dataFile = (device: Device): string => `/run/udev/data/${idOf(device)}`;
export const tagFile = (device: Device, tag: string): string =>
  `/run/udev/tags/${tag}/${idOf(device)}`;

/** mkdir -p for the directories above a path. */
export function* mkdirParents(path: string): Sys<void> {
  const parts = path.split('/').slice(0, -1);
  for (let i = 2; i <= parts.length; i++) yield* mkdir(parts.slice(0, i).join('/'), 0o755);
}

/** Writes a file, making the directories above it where they are missing. */
export function* writeBelow(
  path: string,
  text: string,
  mode: number,
  source: string,
): Sys<Failure | null> {
  const written = yield* writeFile(path, text, mode, source);
  if (!failed(written) || written.errno !== 'ENOENT') return written;
  yield* mkdirParents(path);
  return yield* writeFile(path, text, mode, source);
}

export function setUsec(device: Device, usec: number): void {
  device.usecInitialized = usec;
  device.properties.set('USEC_INITIALIZED', String(usec));
}

function applyLine(device: Device, line: string): void {
  const value = line.slice(2);
  switch (line[0]) {
    case 'S':
      device.devlinks.add(`/dev/${value}`);
      break;
    case 'L':
      device.linkPriority = Number.parseInt(value, 10) || 0;
      break;
    case 'I':
      setUsec(device, Number(value));
      break;
    case 'E': {
      const [, key = '', text = ''] = /^([^=]*)=(.*)$/.exec(value) ?? [];
      // What is empty is written and not read: both versions take the empty text for no property.
      if (text !== '') setProperty(device, key, text);
      break;
    }
    case 'Q':
      device.currentTags.add(value);
      device.tags.add(value);
      break;
    case 'G':
      device.tags.add(value);
  }
}

/** Adds what the database knows to the device. True when it knows anything: the device is initialized. */
export function* readDb(device: Device): Sys<boolean> {
  const text = yield* readFile(dataFile(device));
  if (failed(text)) return false;
  for (const line of text.split('\n')) if (line[1] === ':') applyLine(device, line);
  return true;
}

const hasInfo = (device: Device): boolean =>
  device.devlinks.size > 0 ||
  device.linkPriority !== 0 ||
  device.stored.size > 0 ||
  device.tags.size > 0;

/** The file's text; empty for a device about which there is nothing to say. */
export function dbText(device: Device): string {
  if (!hasInfo(device)) return '';
  const { switches } = device;
  const properties = propertiesOf(device);
  const lines: string[] = [];
  if (device.devnum) {
    for (const link of listed(device.devlinks, switches)) lines.push(`S:${link.slice(5)}`);
    if (device.linkPriority !== 0) lines.push(`L:${device.linkPriority}`);
  }
  if (device.usecInitialized > 0) lines.push(`I:${device.usecInitialized}`);
  for (const [key, value] of properties) {
    if (device.stored.has(key)) lines.push(`E:${key}=${value}`);
  }
  for (const tag of listed(device.tags, switches)) lines.push(`G:${tag}`);
  if (switches.tags === 'sticky') {
    for (const tag of listed(device.currentTags, switches)) lines.push(`Q:${tag}`);
    lines.push('V:1');
  }
  return `${lines.join('\n')}\n`;
}

export function* updateDb(event: UdevEvent): Sys<void> {
  const { device } = event;
  const path = dataFile(device);
  const text = dbText(device);
  if (text === '' && !device.devnum && device.ifindex === null) {
    yield* unlink(path);
    return;
  }
  const source = 'systemd v219 src/libudev/libudev-device-private.c udev_device_update_db';
  const mode = device.dbPersist ? 0o1644 : 0o644;
  const written = yield* writeBelow(`${path}.tmp`, text, mode, source);
  if (failed(written) || failed(yield* rename(`${path}.tmp`, path))) return;
  const what = text === '' ? 'empty' : 'db';
  const text219 = `created ${what} file '${path}' for '${device.devpath}'`;
  const text252 = `sd-device: Created ${what} file '${path}' for '${device.devpath}'`;
  note(event, 'debug', event.switches.version === 219 ? text219 : text252);
}

export const deleteDb = (device: Device) =>
  unlink(
    dataFile(device),
    'systemd v219 src/libudev/libudev-device-private.c udev_device_delete_db',
  );

/** Index files for the device's tags; those of tags it no longer has go away. */
export function* tagIndex(device: Device, old: Device | null): Sys<void> {
  const source = 'systemd v219 src/libudev/libudev-device-private.c udev_device_tag_index';
  for (const tag of old ? listed(old.tags, device.switches) : []) {
    if (!device.tags.has(tag)) yield* unlink(tagFile(device, tag), source);
  }
  for (const tag of listed(device.tags, device.switches)) {
    yield* writeBelow(tagFile(device, tag), '', 0o444, source);
  }
}

export function* dropFromTagIndex(device: Device): Sys<void> {
  for (const tag of listed(device.tags, device.switches)) yield* unlink(tagFile(device, tag));
}
