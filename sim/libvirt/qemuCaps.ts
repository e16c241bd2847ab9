/**
 * What libvirt knows of one QEMU binary: plain data, the same in memory, in the table and on disk.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c struct _virQEMUCaps; virQEMUCapsGuestIsNative,
 *   virQEMUCapsGetCanonicalMachine, virQEMUCapsGetMachineMaxCpus
 * Leaves out: GIC (ARM only).
 */
import { inFlagOrder } from './capsFlags.ts';

export type CpuProperty = Readonly<{
  name: string;
  value: boolean | string | number;
  /** Only of booleans that QEMU turned on: may a guest that uses it be migrated? */
  migratable: 'yes' | 'no' | null;
}>;

/** What query-cpu-model-expansion made of `host` (KVM) or `max` (TCG). */
export type HostCpu = Readonly<{
  model: string;
  migratability: boolean;
  properties: readonly CpuProperty[];
}>;

export type CpuModel = Readonly<{
  name: string;
  /** QEMU's type; 9.0 remembers it. */
  type: string | null;
  usable: 'unknown' | 'yes' | 'no';
  /** null where QEMU named none. */
  blockers: readonly string[] | null;
}>;

export type Machine = Readonly<{
  name: string;
  alias: string | null;
  maxCpus: number;
  hotplugCpus: boolean;
  /** QEMU's own default, which need not be the preferred one that stands first. */
  qemuDefault: boolean;
  /** What 9.0 remembers besides. */
  defaultCpu: string | null;
  defaultRamId: string | null;
  numaMem: boolean;
  deprecated: boolean;
}>;

export type Sev = Readonly<{
  cbitpos: number;
  reducedPhysBits: number;
  pdh: string;
  certChain: string;
}>;

/** One value for each accelerator. */
export type PerAccel<T> = Readonly<{ kvm: T; tcg: T }>;

export type QemuCaps = Readonly<{
  binary: string;
  /** st_ctime of the binary when it was probed, in whole seconds like every time here. */
  ctime: number;
  libvirtCtime: number;
  libvirtVersion: number;
  usedQMP: boolean;
  flags: readonly string[];
  version: number;
  kvmVersion: number;
  microcodeVersion: number;
  package: string | null;
  kernelVersion: string | null;
  /** 004804a7d7 (6.4.0): the processor as /proc/cpuinfo names it. Only of entries with KVM. */
  hostCpuSignature: string | null;
  /** v9.0.0 virCPUDataGetHost: what KVM offered when libvirtd started, as rows of registers. Only with KVM. */
  cpuData: readonly string[] | null;
  /** 2ad009eadd (6.8.0): when QEMU's module directory last changed; 0 without one. */
  modDirMtime: number;
  arch: string;
  hostCpu: PerAccel<HostCpu | null>;
  cpuModels: PerAccel<readonly CpuModel[] | null>;
  machines: readonly Machine[];
  sev: Sev | null;
  /** v9.0.0: Hyper-V enlightenments that a guest can be given; null where none was found. */
  hyperv: readonly string[] | null;
  kvmSupportsNesting: boolean;
}>;

export const unprobed = (binary: string): QemuCaps => ({
  binary,
  ctime: 0,
  libvirtCtime: 0,
  libvirtVersion: 0,
  usedQMP: false,
  flags: [],
  version: 0,
  kvmVersion: 0,
  microcodeVersion: 0,
  package: null,
  kernelVersion: null,
  hostCpuSignature: null,
  cpuData: null,
  modDirMtime: 0,
  arch: 'none',
  hostCpu: { kvm: null, tcg: null },
  cpuModels: { kvm: null, tcg: null },
  machines: [],
  sev: null,
  hyperv: null,
  kvmSupportsNesting: false,
});

/** virQEMUCapsGet. */
export const has = (caps: QemuCaps, flag: string): boolean => caps.flags.includes(flag);

/** virQEMUCapsSet, for several. */
export const withFlags = (caps: QemuCaps, flags: readonly string[]): QemuCaps =>
  flags.length === 0 ? caps : { ...caps, flags: inFlagOrder([...caps.flags, ...flags]) };

/** virQEMUCapsClear. */
export const withoutFlag = (caps: QemuCaps, flag: string): QemuCaps => ({
  ...caps,
  flags: caps.flags.filter((f) => f !== flag),
});

/** What of an entry counts for one kind of domain, where machines are kept for each accelerator. */
export const machinesFor = (caps: QemuCaps, virtType: string, perAccelerator: boolean): QemuCaps =>
  perAccelerator && virtType === 'kvm' && !has(caps, 'kvm') ? { ...caps, machines: [] } : caps;

/** virQEMUCapsGetCanonicalMachine: an alias becomes the name behind it, anything else stays. */
export const canonicalMachine = (caps: QemuCaps, name: string): string =>
  caps.machines.find((m) => m.alias === name)?.name ?? name;

/** virQEMUCapsIsMachineSupported. */
export const machineSupported = (caps: QemuCaps, canonical: string): boolean =>
  caps.machines.some((m) => m.name === canonical);

export const machineMaxCpus = (caps: QemuCaps, canonical: string): number =>
  caps.machines.find((m) => m.name === canonical)?.maxCpus ?? 0;

/** virQEMUCapsGetPreferredMachine: whatever stands first. */
export const preferredMachine = (caps: QemuCaps): string | null => caps.machines[0]?.name ?? null;
