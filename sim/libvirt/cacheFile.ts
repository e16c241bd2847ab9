/**
 * The capabilities file on disk: written as libvirt writes it, byte for byte.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsFormatCache,
 *   virQEMUCapsFormatHostCPUModelInfo, virQEMUCapsFormatCPUModels, virQEMUCapsFormatSEVInfo;
 *   src/util/virfilecache.c virFileCacheGetFileName
 *
 * An entry probed without KVM has microcodeVersion 0 and no kernelVersion: nothing that a changed host
 * could later be compared with.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  type CpuModel,
  type CpuProperty,
  type HostCpu,
  has,
  type Machine,
  type QemuCaps,
  type Sev,
} from './qemuCaps.ts';
import { escapeXml } from './xml.ts';

export const CACHE_DIR = '/var/cache/libvirt/qemu/capabilities';

/** SHA-256 of the binary's path: two paths to one binary are two entries. */
export const cacheFileName = (binary: string): string =>
  `${CACHE_DIR}/${bytesToHex(sha256(utf8ToBytes(binary)))}.xml`;

const propertyTypes = { boolean: 'boolean', string: 'string', number: 'number' } as const;

function propertyLine({ name, value, migratable }: CpuProperty): string {
  const type = propertyTypes[typeof value as keyof typeof propertyTypes];
  const text = typeof value === 'string' ? escapeXml(value) : String(value);
  const may = migratable === null ? '' : ` migratable='${migratable}'`;
  return `    <property name='${name}' type='${type}' value='${text}'${may}/>`;
}

const hostCpuLines = (type: string, cpu: HostCpu | null): readonly string[] =>
  cpu === null
    ? []
    : [
        `  <hostCPU type='${type}' model='${cpu.model}' migratability='${cpu.migratability ? 'yes' : 'no'}'>`,
        ...cpu.properties.map(propertyLine),
        '  </hostCPU>',
      ];

const cpuModelLines = (type: string, models: readonly CpuModel[] | null): readonly string[] =>
  (models ?? []).flatMap(({ name, usable, blockers }) => {
    const said = usable === 'unknown' ? '' : ` usable='${usable}'`;
    const head = `  <cpu type='${type}' name='${escapeXml(name)}'${said}`;
    if (blockers === null) return [`${head}/>`];
    return [`${head}>`, ...blockers.map((b) => `    <blocker name='${b}'/>`), '  </cpu>'];
  });

/** 9.0 writes each machine once for each accelerator that was asked. */
function machineLines(caps: QemuCaps, form: CacheForm): readonly string[] {
  const types = has(caps, 'kvm') ? ['kvm', 'tcg'] : ['tcg'];
  if (form === '5.0.0') return caps.machines.map((m) => machineLine(m, ''));
  return types.flatMap((type) => caps.machines.map((m) => machineLine(m, ` type='${type}'`)));
}

function machineLine(machine: Machine, type: string): string {
  const { name, alias, hotplugCpus, maxCpus, qemuDefault } = machine;
  const also = alias === null ? '' : ` alias='${escapeXml(alias)}'`;
  const hotplug = hotplugCpus ? " hotplugCpus='yes'" : '';
  const isDefault = qemuDefault ? " default='yes'" : '';
  return `  <machine${type} name='${escapeXml(name)}'${also}${hotplug} maxCpus='${maxCpus}'${isDefault}/>`;
}

const sevLines = (sev: Sev | null): readonly string[] =>
  sev === null
    ? []
    : [
        '  <sev>',
        `    <cbitpos>${sev.cbitpos}</cbitpos>`,
        `    <reducedPhysBits>${sev.reducedPhysBits}</reducedPhysBits>`,
        `    <pdh>${escapeXml(sev.pdh)}</pdh>`,
        `    <certChain>${escapeXml(sev.certChain)}</certChain>`,
        '  </sev>',
      ];

export type CacheForm = '5.0.0' | '9.0.0';

const element = (name: string, value: string | null): readonly string[] =>
  value === null ? [] : [`  <${name}>${value}</${name}>`];

export function formatCache(caps: QemuCaps, form: CacheForm): string {
  const old = form === '5.0.0';
  const lines = [
    '<qemuCaps>',
    ...(old ? [] : element('emulator', escapeXml(caps.binary))),
    `  <qemuctime>${caps.ctime}</qemuctime>`,
    `  <selfctime>${caps.libvirtCtime}</selfctime>`,
    `  <selfvers>${caps.libvirtVersion}</selfvers>`,
    ...(old && caps.usedQMP ? ['  <usedQMP/>'] : []),
    ...caps.flags.map((flag) => `  <flag name='${flag}'/>`),
    `  <version>${caps.version}</version>`,
    `  <kvmVersion>${caps.kvmVersion}</kvmVersion>`,
    `  <microcodeVersion>${caps.microcodeVersion}</microcodeVersion>`,
    ...(old ? [] : element('hostCPUSignature', caps.hostCpuSignature)),
    ...element('package', caps.package),
    ...element('kernelVersion', caps.kernelVersion),
    `  <arch>${caps.arch}</arch>`,
    ...hostCpuLines('kvm', caps.hostCpu.kvm),
    ...hostCpuLines('tcg', caps.hostCpu.tcg),
    ...cpuModelLines('kvm', caps.cpuModels.kvm),
    ...cpuModelLines('tcg', caps.cpuModels.tcg),
    ...machineLines(caps, form),
    ...sevLines(caps.sev),
    ...(caps.kvmSupportsNesting ? ['  <kvmSupportsNesting/>'] : []),
    '</qemuCaps>',
  ];
  return `${lines.join('\n')}\n`;
}
