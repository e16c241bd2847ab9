/**
 * The QEMU driver's state while one turn of the daemon runs.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_conf.h struct _virQEMUDriver; src/util/virfilecache.c struct _virFileCache
 *
 * Three layers of knowledge about KVM live here and below: `caps` (rebuilt only by virConnectGetCapabilities),
 * `cache` (one entry a binary) and the file. Each field is an immutable value that a turn replaces; between
 * turns the whole is plain JSON.
 */

import type { Standing } from '../kernel/drive.ts';
import type { capsCache } from './capsCache.machine.ts';
import type { Domain } from './domain.ts';
import type { HostCaps } from './hostCaps.ts';
import type { Self } from './isValid.ts';
import type { Tsc } from './kvmHost.ts';
import type { KvmMemo } from './kvmUsable.ts';
import type { Log } from './virLog.ts';

/** One emulator's entry, where its machine stands. */
export type Entry = Standing<typeof capsCache>;

/** virCapsGuest: what one architecture's emulator offers. */
export type Guest = Readonly<{
  arch: string;
  emulator: string;
  machines: readonly GuestMachine[];
  diskSnapshot: boolean;
  /** Its features are named in the order of an enumeration. */
  featuresInOrder: boolean;
  /** Domain types, `qemu` first. */
  domains: readonly string[];
}>;

export type GuestMachine = Readonly<{
  name: string;
  canonical: string | null;
  maxCpus: number;
  /** Only 9.0 says so. */
  deprecated: boolean;
}>;

export type DriverCaps = Readonly<{ host: HostCaps; guests: readonly Guest[] }>;

export type Driver = {
  log: Log;
  env: Readonly<Record<string, string>>;
  self: Self;
  /** The hash table of the file cache: binary -> its machine. */
  cache: Readonly<Record<string, Entry>>;
  /** priv->kvmCtime, priv->kvmUsable. */
  kvm: KvmMemo;
  /** driver->caps. */
  caps: DriverCaps | null;
  /** Of driver->hostcpu: the rate of the clock, once it has been asked for. */
  tsc: Tsc | null | 'unasked';
  /** By name. */
  domains: Readonly<Record<string, Domain>>;
  nextId: number;
  /** How many objects have been given an address for the log. */
  allocations: number;
};

/** A heap address for `%p`: made up, but the same in every run. */
export function allocate(driver: Driver): string {
  driver.allocations++;
  return `0x7f8c4c${(0x1000 + driver.allocations * 0x30).toString(16).padStart(6, '0')}`;
}
