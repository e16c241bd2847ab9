/**
 * `<domainCapabilities>` as libvirt 5.0.0 writes it.
 *
 * Models: libvirt v5.0.0 src/conf/domain_capabilities.c virDomainCapsFormat; src/qemu/qemu_capabilities.c
 *   virQEMUCapsFillDomainCaps and its sisters
 */
import type { CpuDef } from './cpuDecode.ts';
import { cpuMap500 } from './cpuMap.ts';
import { isI440fx } from './domainDef.ts';
import { cpuModeSupported, hostModel } from './hostModel.ts';
import { has, machineMaxCpus, type QemuCaps } from './qemuCaps.ts';
import { escapeXml } from './xml.ts';
import { block, choice, feature, type Lines, supported, yesNo } from './xmlLines.ts';

export type Chosen = Readonly<{
  caps: QemuCaps;
  arch: string;
  virtType: string;
  machine: string | null;
}>;

export const hostModelLines = (cpu: CpuDef): Lines => [
  `<model fallback='forbid'>${cpu.model}</model>`,
  ...(cpu.vendor === null ? [] : [`<vendor>${cpu.vendor}</vendor>`]),
  ...cpu.features.map(({ name, policy }) => `<feature policy='${policy}' name='${name}'/>`),
];

/** The host-model and custom modes. */
function cpuLines({ caps, virtType }: Chosen): Lines {
  const accel = virtType === 'kvm' ? 'kvm' : 'tcg';
  const host = hostModel(caps, accel, '5.0.0');
  const named = new Set(cpuMap500.models.map((m) => m.name));
  const custom = (caps.cpuModels[accel] ?? []).filter((m) => named.has(m.name));
  const mode = (name: string, lines: Lines): Lines =>
    lines.length === 0
      ? [`<mode name='${name}' supported='no'/>`]
      : block('mode', lines, `mode name='${name}' supported='yes'`);
  const passthrough = cpuModeSupported(caps, virtType, 'host-passthrough', '5.0.0');
  return block('cpu', [
    `<mode name='host-passthrough' supported='${yesNo(passthrough)}'/>`,
    ...mode('host-model', host === null ? [] : hostModelLines(host)),
    ...mode(
      'custom',
      custom.map((m) => `<model usable='${m.usable}'>${m.name}</model>`),
    ),
  ]);
}

function deviceLines({ caps, machine }: Chosen, vfio: boolean): Lines {
  const when = (flag: string, name: string): Lines => (has(caps, flag) ? [name] : []);
  const ide = isI440fx(machine ?? '') ? ['ide'] : [];
  const backends = vfio && has(caps, 'vfio-pci') ? ['default', 'vfio'] : [];
  return block('devices', [
    ...supported('disk', [
      ...choice('diskDevice', ['disk', 'cdrom', 'floppy', 'lun']),
      ...choice('bus', [
        ...ide,
        ...['fdc', 'scsi', 'virtio'],
        ...when('usb-storage', 'usb'),
        ...when('ich9-ahci', 'sata'),
      ]),
    ]),
    ...supported(
      'graphics',
      choice('type', ['sdl', ...when('vnc', 'vnc'), ...when('spice', 'spice')]),
    ),
    ...supported(
      'video',
      choice('modelType', [
        ...when('VGA', 'vga'),
        ...when('cirrus-vga', 'cirrus'),
        ...when('vmware-svga', 'vmvga'),
        ...when('qxl', 'qxl'),
        ...when('virtio-gpu', 'virtio'),
      ]),
    ),
    ...supported('hostdev', [
      ...choice('mode', ['subsystem']),
      ...choice('startupPolicy', ['default', 'mandatory', 'requisite', 'optional']),
      ...choice('subsysType', ['usb', 'pci', 'scsi']),
      ...choice('capsType', []),
      ...choice('pciBackend', backends),
    ]),
  ]);
}

/** virDomainCapsFormat. */
export function domainCapsXml(chosen: Chosen, vfio: boolean, vcpuLimit: number): string {
  const { caps, arch, virtType, machine } = chosen;
  const loader = supported('loader', [
    ...choice('type', ['rom', 'pflash']),
    ...choice('readonly', ['yes', 'no']),
  ]);
  const max = machine === null ? 0 : Math.min(machineMaxCpus(caps, machine), vcpuLimit);
  const { sev } = caps;
  const sevLines =
    sev === null
      ? ["<sev supported='no'/>"]
      : supported('sev', [
          `<cbitpos>${sev.cbitpos}</cbitpos>`,
          `<reducedPhysBits>${sev.reducedPhysBits}</reducedPhysBits>`,
        ]);
  const lines = block('domainCapabilities', [
    `<path>${escapeXml(caps.binary)}</path>`,
    `<domain>${virtType}</domain>`,
    ...(machine === null ? [] : [`<machine>${machine}</machine>`]),
    `<arch>${arch}</arch>`,
    ...(max === 0 ? [] : [`<vcpu max='${max}'/>`]),
    `<iothreads supported='${yesNo(has(caps, 'iothread'))}'/>`,
    ...supported('os', loader),
    ...cpuLines(chosen),
    ...deviceLines(chosen, vfio),
    ...block('features', [
      feature('gic', false),
      feature('vmcoreinfo', has(caps, 'vmcoreinfo')),
      feature('genid', has(caps, 'vmgenid')),
      ...sevLines,
    ]),
  ]);
  return `${lines.join('\n')}\n`;
}
