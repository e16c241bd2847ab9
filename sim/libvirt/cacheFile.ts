/**
 * The capabilities file on disk: written as libvirt writes it, byte for byte.
 *
 * Models: libvirt v5.0.0, v5.1.0, v6.0.0, v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsFormatCache,
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
import type { LibvirtSwitches } from './switches.ts';
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

const cpuModelLines = (
  type: string,
  models: readonly CpuModel[] | null,
  form: CacheForm,
): readonly string[] =>
  (models ?? []).flatMap((model) => {
    const { name, usable, blockers } = model;
    const typed =
      !byAccelerator(form) || model.type === null ? '' : ` typename='${escapeXml(model.type)}'`;
    const said = usable === 'unknown' ? '' : ` usable='${usable}'`;
    const head = `  <cpu type='${type}' name='${escapeXml(name)}'${typed}${said}`;
    if (blockers === null) return [`${head}/>`];
    return [`${head}>`, ...blockers.map((b) => `    <blocker name='${b}'/>`), '  </cpu>'];
  });

function machineLine(machine: Machine, type: string, form: CacheForm): string {
  const { name, alias, hotplugCpus, maxCpus, qemuDefault } = machine;
  const also = alias === null ? '' : ` alias='${escapeXml(alias)}'`;
  const hotplug = hotplugCpus ? " hotplugCpus='yes'" : '';
  const isDefault = qemuDefault ? " default='yes'" : '';
  const kind = byAccelerator(form) ? ` type='${type}'` : '';
  const more = laterWords(machine, form);
  const words = `${also}${hotplug} maxCpus='${maxCpus}'${isDefault}${more}`;
  return `  <machine${kind} name='${escapeXml(name)}'${words}/>`;
}

/** a882db7bea (6.0.0) asks for the default CPU; the rest came between 6.0.0 and 9.0. */
function laterWords(machine: Machine, form: CacheForm): string {
  const { defaultCpu, numaMem, defaultRamId, deprecated } = machine;
  const cpu =
    defaultCpu === null || !byAccelerator(form) ? '' : ` defaultCPU='${escapeXml(defaultCpu)}'`;
  if (form !== '9.0.0') return cpu;
  const numa = numaMem ? " numaMemSupported='yes'" : '';
  const ram = defaultRamId === null ? '' : ` defaultRAMid='${escapeXml(defaultRamId)}'`;
  return `${cpu}${numa}${ram}${deprecated ? " deprecated='yes'" : ''}`;
}

/** virCPUx86DataFormat. */
const cpuDataLines = (rows: readonly string[] | null): readonly string[] =>
  rows === null
    ? []
    : [
        "  <cpudata arch='x86'>",
        ...rows.map((row) => {
          const [fn, index, eax, ebx, ecx, edx] = row.split(' ').map((word) => `'0x${word}'`);
          return `    <cpuid eax_in=${fn} ecx_in=${index} eax=${eax} ebx=${ebx} ecx=${ecx} edx=${edx}/>`;
        }),
        '  </cpudata>',
      ];

const hypervLines = (names: readonly string[] | null): readonly string[] =>
  names === null
    ? []
    : [
        "  <hypervCapabilities supported='yes'>",
        ...names.map((name) => `    <cap name='${name}'/>`),
        '  </hypervCapabilities>',
      ];

/** 6.0.0 keeps together what belongs to one accelerator (virQEMUCapsFormatAccel), and has machines of each. */
function accelLines(caps: QemuCaps, form: CacheForm): readonly string[] {
  const { hostCpu, cpuModels, machines } = caps;
  const grouped = byAccelerator(form);
  const types = !grouped || has(caps, 'kvm') ? (['kvm', 'tcg'] as const) : (['tcg'] as const);
  const hosts = types.map((type) => hostCpuLines(type, hostCpu[type]));
  const models = types.map((type) => cpuModelLines(type, cpuModels[type], form));
  if (!grouped) {
    return [...hosts.flat(), ...models.flat(), ...machines.map((m) => machineLine(m, '', form))];
  }
  return types.flatMap((type, i) => [
    ...(hosts[i] ?? []),
    ...(models[i] ?? []),
    ...machines.map((m) => machineLine(m, type, form)),
  ]);
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

export type CacheForm = LibvirtSwitches['cacheForm'];

const byAccelerator = (form: CacheForm): boolean => form === '6.0.0' || form === '9.0.0';

const element = (name: string, value: string | null): readonly string[] =>
  value === null ? [] : [`  <${name}>${value}</${name}>`];

/** virBufferEscapeString. */
const textOrNull = (text: string | null): string | null => (text === null ? null : escapeXml(text));

export function formatCache(caps: QemuCaps, form: CacheForm): string {
  const late = form === '9.0.0';
  const lines = [
    '<qemuCaps>',
    // 42b3e5b9e4 (6.0.0).
    ...(byAccelerator(form) ? element('emulator', escapeXml(caps.binary)) : []),
    `  <qemuctime>${caps.ctime}</qemuctime>`,
    ...(caps.modDirMtime === 0 ? [] : element('qemumoddirmtime', String(caps.modDirMtime))),
    `  <selfctime>${caps.libvirtCtime}</selfctime>`,
    `  <selfvers>${caps.libvirtVersion}</selfvers>`,
    // b4a4e8f71a (5.1.0): there is no other way of asking.
    ...(form === '5.0.0' && caps.usedQMP ? ['  <usedQMP/>'] : []),
    ...caps.flags.map((flag) => `  <flag name='${flag}'/>`),
    `  <version>${caps.version}</version>`,
    `  <kvmVersion>${caps.kvmVersion}</kvmVersion>`,
    `  <microcodeVersion>${caps.microcodeVersion}</microcodeVersion>`,
    ...(!late ? [] : element('hostCPUSignature', textOrNull(caps.hostCpuSignature))),
    ...element('package', caps.package),
    ...element('kernelVersion', caps.kernelVersion),
    ...(!late ? [] : cpuDataLines(caps.cpuData)),
    `  <arch>${caps.arch}</arch>`,
    ...accelLines(caps, form),
    ...sevLines(caps.sev),
    ...(!late ? [] : hypervLines(caps.hyperv)),
    ...(caps.kvmSupportsNesting ? ['  <kvmSupportsNesting/>'] : []),
    '</qemuCaps>',
  ];
  return `${lines.join('\n')}\n`;
}
