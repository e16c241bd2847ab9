/**
 * Single questions over QMP, and what libvirt makes of an answer that is none.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_monitor_json.c qemuMonitorJSONGetStringArray,
 *   qemuMonitorJSONCheckReply; src/qemu/qemu_capabilities.c virQEMUCapsProcessStringFlags
 *
 * Each question tolerates one class of error, and only that: an unknown command, a device that this QEMU
 * was built without. Any other error ends the probe.
 */
import type { Sys } from '../kernel/program.ts';
import type { Driver } from './driver.ts';
import {
  checked,
  hasError,
  isArray,
  isConnectionTrouble,
  type Json,
  type JsonObject,
  type Monitor,
  qmp,
} from './monitor.ts';
import { type QemuCaps, withFlags } from './qemuCaps.ts';
import { names } from './replies.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';

export type Pairs = readonly (readonly [found: string, flag: string])[];

/** virQEMUCapsProcessStringFlags. */
export const flagsFor = (table: Pairs, found: readonly string[]): readonly string[] =>
  table.filter(([name]) => found.includes(name)).map(([, flag]) => flag);

export type Asked<T> = Sys<T | Trouble>;

/** One command; a reply of the tolerated error class counts as null. */
export function* ask(
  driver: Driver,
  mon: Monitor,
  execute: string,
  args: JsonObject | null,
  tolerated: string | null,
): Asked<Json> {
  const answer = yield* qmp(driver, mon, execute, args);
  if (isConnectionTrouble(answer)) return answer;
  if (tolerated !== null && hasError(answer, tolerated)) return null;
  return yield* checked(driver, execute, answer);
}

export function* unexpected(driver: Driver, where: string, detail: string): Sys<Trouble> {
  return yield* report(driver.log, where, 'QEMU', 'INTERNAL_ERROR', detail);
}

/** A list of names; [] where the command is not known. */
export function* list(
  driver: Driver,
  mon: Monitor,
  execute: string,
  key: string | null,
  args: JsonObject | null = null,
  tolerated: string | null = 'CommandNotFound',
): Asked<readonly string[]> {
  const reply = yield* ask(driver, mon, execute, args, tolerated);
  if (inTrouble(reply)) return reply;
  if (reply === null) return [];
  const strings = isArray(reply) && reply.every((s) => typeof s === 'string') ? reply : null;
  const found = key === null ? strings : names(reply, key);
  if (found !== null) return found;
  const detail = `${execute} reply data was missing '${key ?? 'return'}'`;
  return yield* unexpected(driver, 'qemuMonitorJSONGetStringArray', detail);
}

export function* listed(
  driver: Driver,
  mon: Monitor,
  caps: QemuCaps,
  execute: string,
  key: string,
  table: Pairs,
): Asked<QemuCaps> {
  // 9.0 asks only QEMUs that know the commands.
  const must = execute === 'query-commands' || driver.self.switches.probe === '9.0.0';
  const tolerated = must ? null : 'CommandNotFound';
  const found = yield* list(driver, mon, execute, key, null, tolerated);
  return inTrouble(found) ? found : withFlags(caps, flagsFor(table, found));
}
