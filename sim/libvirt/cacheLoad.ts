/**
 * Reading a capabilities file back, with every reason to refuse it.
 *
 * Models: libvirt v5.0.0, v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsLoadCache,
 *   virQEMUCapsLoadHostCPUModelInfo, virQEMUCapsLoadCPUModels, virQEMUCapsParseSEVInfo
 *
 * What cannot be read makes a warning and a new probe; what can be read but is outdated is for isValid.ts.
 * One flag that this libvirt does not know spoils the whole file.
 */
import { memo, memoOf } from '../kernel/memo.ts';
import { isArch } from './arch.ts';
import { inFlagOrder, isCapsFlag } from './capsFlags.ts';
import type { Self } from './isValid.ts';
import {
  type CpuModel,
  type CpuProperty,
  type HostCpu,
  type Machine,
  type QemuCaps,
  type Sev,
  unprobed,
} from './qemuCaps.ts';
import { type LibvirtSwitches, versionNumber } from './switches.ts';
import { type ErrorCode, type Trouble, virError } from './virError.ts';
import {
  attribute,
  childrenOf,
  find,
  integer,
  integerAt,
  parseXml,
  textAt,
  type XmlElement,
} from './xml.ts';
import { complaintText } from './xmlComplaint.ts';

type Probe = LibvirtSwitches['probe'];

/** Why a file is no capabilities file; thrown within this file only, and caught at its door. */
type Flaw = Readonly<{ code: ErrorCode; detail: string }>;

const flaw = (detail: string, code: ErrorCode = 'INTERNAL_ERROR'): Flaw => ({ code, detail });

const IN_CACHE = 'in QEMU capabilities cache';

function must<T>(value: T | null, why: Flaw): T {
  if (value === null) throw why;
  return value;
}

const yesNo = (text: string | null): boolean | null =>
  text === 'yes' ? true : text === 'no' ? false : null;

function property(node: XmlElement): CpuProperty {
  const missing =
    "missing 'name' attribute for a host CPU model property in QEMU capabilities cache";
  const name = must(attribute(node, 'name'), flaw(missing));
  const type = attribute(node, 'type');
  const raw = attribute(node, 'value');
  const invalid = (kind: string) =>
    flaw(`invalid ${kind} value for '${name}' host CPU model property ${IN_CACHE}`);
  const migratable = attribute(node, 'migratable');
  if (migratable !== null && yesNo(migratable) === null) {
    throw flaw(`unknown migratable value for '${name}' host CPU model property`);
  }
  const may = migratable === null ? null : migratable === 'yes' ? 'yes' : 'no';
  if (type === 'boolean') return { name, value: raw === 'true', migratable: may };
  if (type === 'string') return { name, value: must(raw, invalid('string')), migratable: may };
  if (type === 'number')
    return { name, value: must(integer(raw), invalid('number')), migratable: may };
  throw flaw(`missing or invalid CPU model property type ${IN_CACHE}`);
}

function hostCpu(root: XmlElement, type: string): HostCpu | null {
  const node = childrenOf(root, 'hostCPU').find((n) => attribute(n, 'type') === type);
  if (node === undefined) return null;
  const model = must(attribute(node, 'model'), flaw(`missing host CPU model name ${IN_CACHE}`));
  const migratability = must(
    yesNo(attribute(node, 'migratability')),
    flaw('invalid migratability value for host CPU model'),
  );
  return { model, migratability, properties: childrenOf(node, 'property').map(property) };
}

function cpuModel(node: XmlElement): CpuModel {
  const usable = attribute(node, 'usable') ?? 'unknown';
  if (usable !== 'yes' && usable !== 'no' && usable !== 'unknown') {
    throw flaw(`unknown value '${usable}' in attribute 'usable'`);
  }
  const name = must(attribute(node, 'name'), flaw(`missing cpu name ${IN_CACHE}`));
  const blockers = childrenOf(node, 'blocker').map((b) =>
    must(attribute(b, 'name'), flaw(`missing blocker name ${IN_CACHE}`)),
  );
  const type = attribute(node, 'typename');
  return { name, type, usable, blockers: blockers.length === 0 ? null : blockers };
}

function cpuModels(root: XmlElement, type: string): readonly CpuModel[] | null {
  const nodes = childrenOf(root, 'cpu').filter((n) => attribute(n, 'type') === type);
  return nodes.length === 0 ? null : nodes.map(cpuModel);
}

function machine(node: XmlElement): Machine {
  const name = must(attribute(node, 'name'), flaw(`missing machine name ${IN_CACHE}`));
  const count = attribute(node, 'maxCpus');
  const malformed = flaw(`malformed machine cpu count ${IN_CACHE}`);
  return {
    name,
    alias: attribute(node, 'alias'),
    maxCpus: count === null ? 0 : must(integer(count), malformed),
    hotplugCpus: attribute(node, 'hotplugCpus') === 'yes',
    qemuDefault: attribute(node, 'default') === 'yes',
    defaultCpu: attribute(node, 'defaultCPU'),
    defaultRamId: attribute(node, 'defaultRAMid'),
    numaMem: attribute(node, 'numaMemSupported') === 'yes',
    deprecated: attribute(node, 'deprecated') === 'yes',
  };
}

function sevOf(root: XmlElement): Sev | null {
  if (find(root, 'sev') === null) return null;
  const malformed = (what: string) =>
    flaw(`missing or malformed SEV ${what} information ${IN_CACHE}`, 'XML_ERROR');
  const missing = (what: string) =>
    flaw(`missing SEV ${what} information ${IN_CACHE}`, 'XML_ERROR');
  return {
    cbitpos: must(integerAt(root, 'sev/cbitpos'), malformed('cbitpos')),
    reducedPhysBits: must(integerAt(root, 'sev/reducedPhysBits'), malformed('reducedPhysBits')),
    pdh: must(textAt(root, 'sev/pdh'), missing('pdh')),
    certChain: must(textAt(root, 'sev/certChain'), missing('certChain')),
  };
}

/** virCPUx86DataParse. */
function cpuDataOf(root: XmlElement): readonly string[] | null {
  const node = find(root, 'cpudata');
  if (node === null) return null;
  const registers = ['eax_in', 'ecx_in', 'eax', 'ebx', 'ecx', 'edx'];
  return childrenOf(node, 'cpuid').map((row) =>
    registers.map((name) => (attribute(row, name) ?? '0x0').slice(2)).join(' '),
  );
}

function hypervOf(root: XmlElement): readonly string[] | null {
  const node = find(root, 'hypervCapabilities');
  return node === null
    ? null
    : childrenOf(node, 'cap').flatMap((cap) => attribute(cap, 'name') ?? []);
}

/** Those of one accelerator: they do not differ. 9.0 has asked KVM first. */
function machinesOf(root: XmlElement): readonly Machine[] {
  const nodes = childrenOf(root, 'machine');
  const kvm = nodes.filter((node) => attribute(node, 'type') === 'kvm');
  return (kvm.length === 0 ? nodes : kvm).map(machine);
}

function flagOf(node: XmlElement, probe: Probe): string {
  const name = must(attribute(node, 'name'), flaw(`missing flag name ${IN_CACHE}`));
  if (!isCapsFlag(name, probe)) throw flaw(`Unknown qemu capabilities flag ${name}`);
  return name;
}

function archOf(root: XmlElement): string {
  const arch = must(textAt(root, 'arch'), flaw(`missing arch ${IN_CACHE}`));
  if (!isArch(arch)) throw flaw(`unknown arch ${arch} ${IN_CACHE}`);
  return arch;
}

/** In the order of the C function: the first flaw is the one reported. */
function read(binary: string, root: XmlElement, probe: Probe): QemuCaps {
  if (root.name !== 'qemuCaps') {
    throw flaw(`unexpected root element <${root.name}>, expecting <qemuCaps>`, 'XML_ERROR');
  }
  const time = (name: string) =>
    must(integerAt(root, name), flaw(`missing ${name} in QEMU capabilities XML`, 'XML_ERROR'));
  const number = (name: string, what: string) =>
    must(integerAt(root, name), flaw(`missing ${what} ${IN_CACHE}`));
  return {
    ...unprobed(binary),
    ctime: time('qemuctime'),
    libvirtCtime: time('selfctime'),
    libvirtVersion: integerAt(root, 'selfvers') ?? 0,
    // From 5.1.0 no file says so: there is no other way of asking.
    usedQMP: find(root, 'usedQMP') !== null || !['4.8.0', '5.0.0'].includes(probe),
    hostCpuSignature: textAt(root, 'hostCPUSignature'),
    cpuData: cpuDataOf(root),
    modDirMtime: integerAt(root, 'qemumoddirmtime') ?? 0,
    hyperv: hypervOf(root),
    flags: inFlagOrder(childrenOf(root, 'flag').map((node) => flagOf(node, probe))),
    version: number('version', 'version'),
    kvmVersion: number('kvmVersion', 'version'),
    microcodeVersion: number('microcodeVersion', 'microcode version'),
    package: find(root, 'package')?.text ?? null,
    kernelVersion: textAt(root, 'kernelVersion'),
    arch: archOf(root),
    hostCpu: { kvm: hostCpu(root, 'kvm'), tcg: hostCpu(root, 'tcg') },
    cpuModels: { kvm: cpuModels(root, 'kvm'), tcg: cpuModels(root, 'tcg') },
    machines: machinesOf(root),
    sev: sevOf(root),
    kvmSupportsNesting: find(root, 'kvmSupportsNesting') !== null,
  };
}

/** 6.5.0 looks first who wrote the file, and reads no further; null where it was this very libvirt. */
export function foreignFile({ ctime, switches }: Self, text: string): string | null {
  const root = parseXml(text);
  if ('complaint' in root) return null;
  const written = integerAt(root, 'selfctime');
  const version = integerAt(root, 'selfvers') ?? 0;
  const own = versionNumber(switches.version);
  if (written === null || (written === ctime && version === own)) return null;
  return `libvirt changed (${written} vs ${ctime}, ${version} vs ${own})`;
}

const isFlaw = (thrown: unknown): thrown is Flaw =>
  typeof thrown === 'object' && thrown !== null && 'detail' in thrown;

/** What loading found: the entry, or the error; and how many flags it had seen before that. */
export type Loaded = Readonly<{ caps: QemuCaps | Trouble; flagCount: number | null }>;

/** One document is asked about for one binary by one version, seldom for more. */
const MOST_READINGS = 8;
const readings = memoOf((root: XmlElement) =>
  memo((asked) => {
    const [probe, binary] = JSON.parse(asked) as [Probe, string];
    return loadRoot(binary, root, probe);
  }, MOST_READINGS),
);

export function loadCache(binary: string, file: string, text: string, probe: Probe): Loaded {
  const root = parseXml(text);
  if ('complaint' in root) {
    const detail = complaintText(file, root.complaint);
    return { caps: { error: virError('XML', 'XML_DETAIL', detail) }, flagCount: null };
  }
  return readings(root)(JSON.stringify([probe, binary]));
}

function loadRoot(binary: string, root: XmlElement, probe: Probe): Loaded {
  const early =
    root.name !== 'qemuCaps' ||
    integerAt(root, 'qemuctime') === null ||
    integerAt(root, 'selfctime') === null;
  const flagCount = early ? null : childrenOf(root, 'flag').length;
  try {
    return { caps: read(binary, root, probe), flagCount };
  } catch (thrown) {
    if (!isFlaw(thrown)) throw thrown;
    return { caps: { error: virError('QEMU', thrown.code, thrown.detail) }, flagCount };
  }
}
