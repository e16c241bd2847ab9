/**
 * Microseconds since boot.
 *
 * Models: clock_gettime(CLOCK_MONOTONIC), which the simulated host answers through /proc/uptime
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { clock, readFile } from '../libc/sys.ts';

export function* monotonic(): Sys<number> {
  const uptime = yield* readFile('/proc/uptime');
  const seconds = failed(uptime) ? Number.NaN : Number(uptime.split(' ')[0]);
  return Number.isNaN(seconds) ? (yield* clock()) * 1000 : Math.round(seconds * 1e6);
}
