/**
 * One event while it is handled: what the rules have decided so far.
 *
 * Models: systemd v219 src/udev/udev.h struct udev_event; v252 src/udev/udev-event.h UdevEvent
 */
import type { Builtin } from './builtins.ts';
import type { Device } from './device.ts';
import type { Log, Priority } from './log.ts';
import { shows } from './log.ts';
import type { UdevSwitches } from './switches.ts';

export type RunCommand = Readonly<{
  /** v219: as the rule has it, to be substituted when it runs; v252: substituted already. */
  text: string;
  builtin: boolean;
}>;

export type Final = 'owner' | 'group' | 'mode' | 'name' | 'symlink' | 'run' | 'watch';

export type UdevEvent = {
  readonly device: Device;
  readonly switches: UdevSwitches;
  readonly log: Log;
  /** Lines less important than this are not kept; OPTIONS+="log_level=..." moves it. */
  limit: Priority;
  /** Where `log_level=reset` goes back to. */
  readonly defaultLimit: Priority;
  /** Properties that `udevadm control --property` has set for all events. */
  readonly globals: Readonly<Record<string, string>>;
  /** The device as the database had it before this event; null for `remove`. */
  old: Device | null;
  /** The ancestor that the last line of KERNELS, ATTRS, ... has matched. */
  parent: Device | null;
  /** Null: no rule has set it. */
  uid: number | null;
  gid: number | null;
  mode: number | null;
  name: string | null;
  /** What PROGRAM printed. */
  result: string | null;
  /** Keys closed by `:=`. */
  finals: Set<Final>;
  run: RunCommand[];
  seclabels: (readonly [string, string])[];
  ranBuiltins: Map<Builtin, boolean>;
  /** OPTIONS+="string_escape=...", anew for every rule. */
  escaping: 'unset' | 'none' | 'replace';
};

export const newEvent = (
  device: Device,
  log: Log,
  limit: Priority = 'debug',
  globals: Readonly<Record<string, string>> = {},
): UdevEvent => ({
  device,
  switches: device.switches,
  log,
  limit,
  defaultLimit: limit,
  globals,
  old: null,
  parent: null,
  uid: null,
  gid: null,
  mode: null,
  name: null,
  result: null,
  finals: new Set(),
  run: [],
  seclabels: [],
  ranBuiltins: new Map(),
  escaping: 'unset',
});

/** A line of this event, unless it is below the event's limit. */
export const sayOf = (event: UdevEvent, priority: Priority, text: string): void => {
  const line = { priority, text };
  if (shows(event.limit, line)) event.log.push(line);
};

/** v252's log_device: the device's name first. v219 has no such thing. */
export const note = (event: UdevEvent, priority: Priority, text: string): void => {
  const { device, switches } = event;
  sayOf(event, priority, switches.version === 219 ? text : `${device.sysname}: ${text}`);
};

/** Where a rule stands, for messages. */
export type Place = Readonly<{ path: string; line: number }>;

/** A message about a rule: v219 puts the place behind, v252 in front. */
export const noteRule = (
  event: UdevEvent,
  place: Place,
  priority: Priority,
  text: string,
): void => {
  const at = `${place.path}:${place.line}`;
  if (event.switches.version === 219) sayOf(event, priority, `${text} ${at}`);
  else note(event, priority, `${at} ${text}`);
};

/** True when the key is closed already; closes it when the operator is `:=`. */
export function isFinal(event: UdevEvent, key: Final, op: string): boolean {
  if (event.finals.has(key)) return true;
  if (op === ':=') event.finals.add(key);
  return false;
}

/** printf's %#o. */
export const octal = (mode: number): string => (mode === 0 ? '0' : `0${mode.toString(8)}`);
