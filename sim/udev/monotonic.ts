/**
 * Microseconds since boot.
 *
 * Models: clock_gettime(CLOCK_MONOTONIC); the time of boot is read from /proc/stat, in whole seconds
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { clock, readFile } from '../libc/sys.ts';

/** When the kernel started, ms since 1970. */
export function* bootTime(): Sys<number> {
  const stat = yield* readFile('/proc/stat');
  const [, boot = '0'] = failed(stat) ? [] : (/^btime (\d+)$/m.exec(stat) ?? []);
  return Number(boot) * 1000;
}

export function* sinceBoot(bootedAt: number): Sys<number> {
  return ((yield* clock()) - bootedAt) * 1000;
}

export function* monotonic(): Sys<number> {
  return yield* sinceBoot(yield* bootTime());
}
