/**
 * What libvirtd believes, read from its memory: for explanations, never for decisions.
 *
 * Models: libvirt 5.0.0 driver->caps (qemu_conf.c), virFileCache's table (virfilecache.c), priv->kvmCtime and
 *   priv->kvmUsable (qemu_capabilities.c)
 */
import type { Driver } from '../libvirt/driver.ts';
import type { World } from './world.ts';

/** The QEMU driver as the daemon remembers it between two turns; null while no libvirtd runs, or before its start is done. */
export function driverOf(world: World): Driver | null {
  for (const process of Object.values(world.processes)) {
    if (process.program === 'libvirtd') return (process.memory as { driver: Driver | null }).driver;
  }
  return null;
}

export type LibvirtState = Readonly<{
  version: string;
  /** Does a parse ask the driver's capabilities at all? From 6.0.0 it does not. */
  asksDriver: boolean;
  /** driver->caps: how many guests, and whether one of them has the domain type kvm. */
  guests: number;
  offersKvm: boolean;
  /** The table's entries that hold something. */
  entries: readonly Readonly<{ binary: string; kvm: boolean }>[];
  /** The node's ctime in whole seconds and what access(2) said then; null if it never looked, or always looks. */
  memo: Readonly<{ ctime: number; usable: boolean }> | null;
  runAs: Readonly<{ uid: number; gid: number }>;
}>;

export function libvirtState(world: World): LibvirtState | null {
  const driver = driverOf(world);
  if (driver === null) return null;
  const { self, caps, cache, kvm } = driver;
  const guests = caps?.guests ?? [];
  return {
    version: self.switches.version,
    asksDriver: self.switches.parseAsksDriverCaps !== 'never',
    guests: guests.length,
    offersKvm: guests.some(({ domains }) => domains.includes('kvm')),
    entries: Object.entries(cache).flatMap(([binary, { context }]) =>
      context.entry === null ? [] : [{ binary, kvm: context.entry.caps.flags.includes('kvm') }],
    ),
    memo: kvm.usable === null ? null : { ctime: kvm.ctime, usable: kvm.usable },
    runAs: self.runAs,
  };
}
