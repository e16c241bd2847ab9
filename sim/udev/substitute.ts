/**
 * `$kernel`, `%M:%m`, `$attr{size}`: values filled in from the device.
 *
 * Models: systemd v219 src/udev/udev-event.c udev_event_apply_format; v252 udev_event_apply_format, udev_event_subst_format
 *
 * v252 gives up at the first thing it cannot fill in and keeps what came before; v219 skips it.
 */
import type { Sys } from '../kernel/program.ts';
import { ALLOWED_INPUT, replaceChars, replaceWhitespace } from './chars.ts';
import { driverOf, listed, parentOf, propertiesOf, sysnumOf } from './device.ts';
import { note, type UdevEvent } from './event.ts';
import { type Format, longName, pieceAt } from './format.ts';
import { namedValue, subsysKernel, sysattr } from './sysattr.ts';

/** UTIL_NAME_SIZE, UTIL_PATH_SIZE, UTIL_LINE_SIZE: the buffers that values are cut to. */
export const NAME_SIZE = 512;
export const PATH_SIZE = 1024;
export const LINE_SIZE = 16384;

export type Substituted = Readonly<{ text: string; truncated: boolean }>;

/** Not a text: what the format cannot give. */
const NOTHING = { nothing: true } as const;
type Value = string | typeof NOTHING;

/** %c{2}, %c{2+}: a part of what PROGRAM printed. */
function resultPart(event: UdevEvent, attr: string | null): Value {
  const { result } = event;
  if (result === null || attr === null) return result ?? '';
  if (event.switches.version !== 219 && !/^\d+\+?$/.test(attr)) return NOTHING;
  const index = Number.parseInt(attr, 10) || 0;
  if (index === 0) return result;
  let rest = event.switches.version === 219 ? result : result.trimStart();
  for (let i = 1; i < index; i++) {
    rest = rest.replace(/^\S*\s*/, '');
    if (rest === '') {
      const priority = event.switches.version === 219 ? 'err' : 'debug';
      note(event, priority, 'requested part of result string not found');
      return '';
    }
  }
  if (attr.endsWith('+')) return rest;
  return rest.split(event.switches.version === 219 ? ' ' : /\s/)[0] ?? '';
}

function* attribute(event: UdevEvent, name: string): Sys<string> {
  const { device, parent } = event;
  const named = subsysKernel(name);
  let value = named ? yield* namedValue(event, named) : null;
  value ??= yield* sysattr(device, name);
  if (value === null && parent && parent !== device) value = yield* sysattr(parent, name);
  if (value === null) return '';
  const replaced = replaceChars(value.trimEnd(), ALLOWED_INPUT);
  if (replaced.count > 0) note(event, 'debug', `${replaced.count} character(s) replaced`);
  return replaced.text;
}

const belowDev = (path: string) => path.slice('/dev/'.length);

function* value(event: UdevEvent, format: Format, attr: string | null): Sys<Value> {
  const { device, parent } = event;
  switch (format) {
    case 'p':
      return device.devpath;
    case 'k':
      return device.sysname;
    case 'n':
      return sysnumOf(device) ?? '';
    case 'b':
      return parent?.sysname ?? '';
    case 'd':
      return parent ? ((yield* driverOf(parent)) ?? '') : '';
    case 'M':
      return String(device.devnum?.[0] ?? 0);
    case 'm':
      return String(device.devnum?.[1] ?? 0);
    case 'c':
      return resultPart(event, attr);
    case 's':
      return attr === null ? NOTHING : yield* attribute(event, attr);
    case 'P': {
      const above = yield* parentOf(device);
      return above?.devnode ? belowDev(above.devnode) : '';
    }
    case 'N':
      return device.devnode ?? '';
    case 'D':
      return event.name ?? (device.devnode ? belowDev(device.devnode) : device.sysname);
    case 'L':
      return listed(device.devlinks, event.switches).map(belowDev).join(' ');
    case 'r':
      return '/dev';
    case 'S':
      return '/sys';
    case 'E':
      return attr === null ? NOTHING : (propertiesOf(device).get(attr) ?? '');
  }
}

/** Complains of what cannot be filled in; true when the rest of the text is to be dropped. */
function giveUp(event: UdevEvent, format: Format): boolean {
  if (event.switches.version === 219) {
    if (format === 's') note(event, 'err', 'missing file parameter for attr');
    return false;
  }
  const what = `variable '$${longName(format)}' or apply format '%${format}'`;
  note(event, 'warning', `Failed to substitute ${what}, ignoring: Invalid argument`);
  return true;
}

/** True when malformed braces end the text here. */
function malformedEnds(event: UdevEvent, text: string, attr: string | null): boolean {
  if (event.switches.version !== 219) {
    note(event, 'warning', `Invalid format string, ignoring: ${text}`);
    return true;
  }
  if (attr === null) note(event, 'err', `missing closing brace for format '${text}'`);
  return attr === null;
}

export function* substitute(
  event: UdevEvent,
  text: string,
  size: number,
  blanks: 'keep' | 'replace' = 'keep',
): Sys<Substituted> {
  let out = '';
  for (let rest = text; rest !== ''; ) {
    const { piece, length } = pieceAt(rest);
    rest = rest.slice(length);
    if ('literal' in piece) {
      out += piece.literal;
      continue;
    }
    if ('malformed' in piece && malformedEnds(event, text, piece.attr)) break;
    const found = yield* value(event, piece.format, piece.attr);
    if (found === NOTHING) {
      if (giveUp(event, piece.format)) break;
      continue;
    }
    out +=
      blanks === 'replace' && piece.format !== 'c' ? replaceWhitespace(found as string) : found;
  }
  return { text: out.slice(0, size - 1), truncated: out.length >= size };
}
