/**
 * The host as the capabilities XML describes it, read from /proc and /sys.
 *
 * Models: libvirt v5.0.0 src/conf/capabilities.c virCapabilitiesInitNUMAFake, virCapabilitiesInitPages,
 *   virCapabilitiesInitCaches; src/util/virhostcpu.c virHostCPUGetMicrocodeVersion;
 *   src/util/viruuid.c virGetHostUUID; src/util/virnodesuspend.c; src/qemu/qemu_conf.c
 *   virQEMUDriverCreateCapabilities (security models)
 *
 * The microcode version shows twice: here as it is now, and in the daemon's memory as it was at its start.
 * Leaves out: NUMA beyond one cell, memory bandwidth, resctrl, hugepages in use, dies.
 */
import { failed } from '../kernel/errno.ts';
import { memo, memoOf } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import { access, readDir, readFile } from '../libc/sys.ts';
import { type CpuDef, type Decoder, decodeCpu } from './cpuDecode.ts';
import type { RunAs } from './identity.ts';
import type { Tsc } from './kvmHost.ts';

export type HostCpuRow = Readonly<{ id: number; socket: number; core: number; siblings: string }>;

export type SecurityModel = Readonly<{
  model: string;
  doi: string;
  /** baselabel by domain type. */
  labels: readonly (readonly [type: string, label: string])[];
}>;

/** What 9.0 says of the host besides. */
export type LaterHost = Readonly<{
  /** virHostCPUGetPhysAddrSize; 0 where /proc/cpuinfo is silent. */
  physicalBits: number;
}>;

export type HostCaps = Readonly<{
  uuid: string;
  arch: string;
  /** null: `Failed to get host CPU`. */
  cpu: CpuDef | null;
  microcode: number;
  family: number;
  model: number;
  stepping: number;
  /** null where KVM could not tell, the clock is not invariant, or nobody asks (before 5.5.0). */
  tsc: Tsc | null;
  /** null before 9.0. */
  later: LaterHost | null;
  mhz: number;
  topology: Readonly<{ sockets: number; cores: number; threads: number }>;
  pagesKiB: readonly number[];
  suspend: readonly string[];
  iommu: boolean;
  memoryKiB: number;
  cpus: readonly HostCpuRow[];
  l3KiB: number;
  security: readonly SecurityModel[];
}>;

function* text(path: string): Sys<string> {
  const content = yield* readFile(path);
  return failed(content) ? '' : content.trim();
}

/** One record a processor, keys as /proc/cpuinfo writes them. */
const parseCpuinfo = memo(cpuRecords, 8);

function cpuRecords(content: string): readonly Readonly<Record<string, string>>[] {
  return content
    .split(/\n\n+/)
    .filter((block) => block.trim() !== '')
    .map((block) =>
      Object.fromEntries(
        block.split('\n').flatMap((line) => {
          const [key, ...value] = line.split(':');
          return key === undefined || value.length === 0
            ? []
            : [[key.trim(), value.join(':').trim()]];
        }),
      ),
    );
}

type CpuRecord = Readonly<Record<string, string>>;

const number = (record: CpuRecord, key: string): number => Number(record[key] ?? 0);

/** virHostCPUGetMicrocodeVersion: hex as written, 0 where the line is missing. */
const microcodeOf = (cpus: readonly CpuRecord[]): number => Number(cpus[0]?.['microcode'] ?? 0);

export function* microcodeVersion(): Sys<number> {
  return microcodeOf(parseCpuinfo(`${yield* text('/proc/cpuinfo')}\n`));
}

const physicalBits = (cpu: CpuRecord): number =>
  Number(/^(\d+) bits physical/.exec(cpu['address sizes'] ?? '')?.[1] ?? 0);

/** CPUID.80000007H: without an invariant TSC nobody asks for its rate. */
export function* hasInvariantTsc(): Sys<boolean> {
  const [cpu = {}] = parseCpuinfo(`${yield* text('/proc/cpuinfo')}\n`);
  return (cpu['flags'] ?? '').split(/\s+/).includes('nonstop_tsc');
}

/** virHostCPUGetSignature: the first processor, where /proc/cpuinfo says all five things of it. */
export function* hostCpuSignature(): Sys<string | null> {
  const [cpu = {}] = parseCpuinfo(`${yield* text('/proc/cpuinfo')}\n`);
  const { vendor_id: vendor, 'model name': name, 'cpu family': family, model, stepping } = cpu;
  if ([vendor, name, family, model, stepping].includes(undefined)) return null;
  return `${vendor}, ${name}, family: ${family}, model: ${model}, stepping: ${stepping}`;
}

function* rows(cpus: readonly CpuRecord[]): Sys<readonly HostCpuRow[]> {
  const all: HostCpuRow[] = [];
  for (const record of cpus) {
    const id = number(record, 'processor');
    const at = `/sys/devices/system/cpu/cpu${id}/topology/thread_siblings_list`;
    const siblings = (yield* text(at)) || String(id);
    all.push({
      id,
      socket: number(record, 'physical id'),
      core: number(record, 'core id'),
      siblings,
    });
  }
  return all;
}

function* suspendTargets(): Sys<readonly string[]> {
  const states = (yield* text('/sys/power/state')).split(/\s+/);
  const mem = states.includes('mem');
  const disk = states.includes('disk');
  return [
    ...(mem ? ['suspend_mem'] : []),
    ...(disk ? ['suspend_disk'] : []),
    ...(mem && disk ? ['suspend_hybrid'] : []),
  ];
}

function* securityModels(runAs: RunAs): Sys<readonly SecurityModel[]> {
  const label = `+${runAs.uid}:+${runAs.gid}`;
  const selinux = !failed(yield* access('/sys/fs/selinux/enforce', 0));
  const first: SecurityModel = selinux
    ? {
        model: 'selinux',
        doi: '0',
        labels: [
          ['kvm', 'system_u:system_r:svirt_t:s0'],
          ['qemu', 'system_u:system_r:svirt_tcg_t:s0'],
        ],
      }
    : { model: 'none', doi: '0', labels: [] };
  const dac: SecurityModel = {
    model: 'dac',
    doi: '0',
    labels: [
      ['kvm', label],
      ['qemu', label],
    ],
  };
  return [first, dac];
}

function* iommuGroups(): Sys<boolean> {
  const groups = yield* readDir('/sys/kernel/iommu_groups');
  return !failed(groups) && groups.length > 0;
}

const decoded = (decoder: Decoder) =>
  memoOf((cpus: readonly CpuRecord[]) => hostCpu(cpus, decoder));

const hostFeatures: Readonly<Record<Decoder, ReturnType<typeof decoded>>> = {
  '4.8.0': decoded('4.8.0'),
  '5.0.0': decoded('5.0.0'),
  '5.6.0': decoded('5.6.0'),
  '6.0.0': decoded('6.0.0'),
  '9.0.0': decoded('9.0.0'),
};

function hostCpu(cpus: readonly CpuRecord[], decoder: Decoder): CpuDef | null {
  const [first] = cpus;
  if (first === undefined) return null;
  const flags = (first['flags'] ?? '').split(/\s+/);
  // CPUID shows libvirt one bit more than the kernel lists: that the kernel itself has turned XSAVE on.
  const features = flags.includes('xsave') ? [...flags, 'osxsave'] : flags;
  return decodeCpu({
    vendor: first['vendor_id'] ?? '',
    family: number(first, 'cpu family'),
    model: number(first, 'model'),
    stepping: number(first, 'stepping'),
    features,
    allowed: null,
    host: true,
    decoder,
  });
}

export type HostQuestion = Readonly<{ runAs: RunAs; hostArch: string; documents: Decoder }>;

export function* hostCaps(question: HostQuestion, tsc: Tsc | null): Sys<HostCaps> {
  const { runAs, hostArch, documents } = question;
  const cpus = parseCpuinfo(`${yield* text('/proc/cpuinfo')}\n`);
  const all = yield* rows(cpus);
  const meminfo = yield* text('/proc/meminfo');
  const memoryKiB = Number(/^MemTotal:\s*(\d+)/m.exec(meminfo)?.[1] ?? 0);
  const sockets = new Set(all.map((row) => row.socket)).size;
  const cores = number(cpus[0] ?? {}, 'cpu cores');
  const threads = Math.max(1, Math.round(all.length / Math.max(1, sockets * cores)));
  const [first = {}] = cpus;
  const flags = (first['flags'] ?? '').split(/\s+/);
  return {
    uuid: (yield* text('/sys/class/dmi/id/product_uuid')).toLowerCase(),
    arch: hostArch,
    cpu: hostFeatures[documents](cpus),
    microcode: microcodeOf(cpus),
    family: number(first, 'cpu family'),
    model: number(first, 'model'),
    stepping: number(first, 'stepping'),
    tsc,
    later: documents === '9.0.0' ? { physicalBits: physicalBits(first) } : null,
    mhz: Math.floor(number(cpus[0] ?? {}, 'cpu MHz')),
    topology: { sockets, cores, threads },
    pagesKiB: [4, 2048, ...(flags.includes('pdpe1gb') ? [1048576] : [])],
    suspend: yield* suspendTargets(),
    iommu: yield* iommuGroups(),
    memoryKiB,
    cpus: all,
    l3KiB: Number(/^(\d+) KB/.exec(cpus[0]?.['cache size'] ?? '')?.[1] ?? 0),
    security: yield* securityModels(runAs),
  };
}
