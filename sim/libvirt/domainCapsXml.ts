/**
 * `<domainCapabilities>` as libvirt 5.0.0, 5.6.0 and 6.0.0 write it: each says what the one before says, and more.
 *
 * Models: libvirt v5.0.0, v5.6.0, v6.0.0 src/conf/domain_capabilities.c virDomainCapsFormat; src/qemu/qemu_capabilities.c
 *   virQEMUCapsFillDomainCaps and its sisters
 */
import { type CpuDef, type Decoder, mapOf } from './cpuDecode.ts';
import { isI440fx } from './domainDef.ts';
import { cpuModeSupported, hostModel } from './hostModel.ts';
import { has, machineMaxCpus, type QemuCaps } from './qemuCaps.ts';
import { from560 } from './switches.ts';
import { escapeXml } from './xml.ts';
import { block, choice, feature, type Lines, supported, yesNo } from './xmlLines.ts';

export type Chosen = Readonly<{
  caps: QemuCaps;
  arch: string;
  virtType: string;
  machine: string | null;
  documents: Decoder;
}>;

export const hostModelLines = (cpu: CpuDef): Lines => [
  `<model fallback='forbid'>${cpu.model}</model>`,
  ...(cpu.vendor === null ? [] : [`<vendor>${cpu.vendor}</vendor>`]),
  ...cpu.features.map(({ name, policy }) => `<feature policy='${policy}' name='${name}'/>`),
];

/** The host-model and custom modes. */
function cpuLines({ caps, virtType, documents }: Chosen): Lines {
  const accel = virtType === 'kvm' ? 'kvm' : 'tcg';
  const host = hostModel(caps, accel, documents);
  const named = new Set(mapOf(documents).models.map((m) => m.name));
  const custom = (caps.cpuModels[accel] ?? []).filter((m) => named.has(m.name));
  const mode = (name: string, lines: Lines): Lines =>
    lines.length === 0
      ? [`<mode name='${name}' supported='no'/>`]
      : block('mode', lines, `mode name='${name}' supported='yes'`);
  const passthrough = cpuModeSupported(caps, virtType, 'host-passthrough', documents);
  return block('cpu', [
    `<mode name='host-passthrough' supported='${yesNo(passthrough)}'/>`,
    ...mode('host-model', host === null ? [] : hostModelLines(host)),
    ...mode(
      'custom',
      custom.map((m) => `<model usable='${m.usable}'>${m.name}</model>`),
    ),
  ]);
}

/** Either flag tells that a device can be had in both of its PCI forms. */
function virtioModels(caps: QemuCaps): Lines {
  const both = ['virtio-pci-non-transitional', 'virtio-pci-disable-legacy'];
  const more = both.some((flag) => has(caps, flag));
  return ['virtio', ...(more ? ['virtio-transitional', 'virtio-non-transitional'] : [])];
}

function deviceLines({ caps, machine, documents }: Chosen, vfio: boolean): Lines {
  const when = (flag: string, name: string): Lines => (has(caps, flag) ? [name] : []);
  const [later, from600] = [from560(documents), documents === '6.0.0'];
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
      ...(later ? choice('model', virtioModels(caps)) : []),
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
        ...(from600 ? ['none'] : []),
        ...(from600 ? when('bochs-display', 'bochs') : []),
        ...(from600 ? when('ramfb', 'ramfb') : []),
      ]),
    ),
    ...supported('hostdev', [
      ...choice('mode', ['subsystem']),
      ...choice('startupPolicy', ['default', 'mandatory', 'requisite', 'optional']),
      ...choice('subsysType', ['usb', 'pci', 'scsi']),
      ...choice('capsType', []),
      ...choice('pciBackend', backends),
    ]),
    ...(from600
      ? supported('rng', [
          ...choice('model', has(caps, 'virtio-rng') ? virtioModels(caps) : []),
          ...choice('backendModel', [...when('rng-random', 'random'), ...when('rng-egd', 'egd')]),
        ])
      : []),
  ]);
}

function featureLines({ caps, documents }: Chosen): Lines {
  const { sev } = caps;
  const sevLines =
    sev === null
      ? ["<sev supported='no'/>"]
      : supported('sev', [
          `<cbitpos>${sev.cbitpos}</cbitpos>`,
          `<reducedPhysBits>${sev.reducedPhysBits}</reducedPhysBits>`,
        ]);
  const backing = feature('backingStoreInput', has(caps, 'blockdev'));
  const backup = feature('backup', has(caps, 'incremental-backup'));
  return block('features', [
    feature('gic', false),
    feature('vmcoreinfo', has(caps, 'vmcoreinfo')),
    feature('genid', has(caps, 'vmgenid')),
    ...(documents === '6.0.0' ? [backing, backup] : []),
    ...sevLines,
  ]);
}

/** virDomainCapsFormat. */
export function domainCapsXml(chosen: Chosen, vfio: boolean, vcpuLimit: number): string {
  const { caps, arch, virtType, machine, documents } = chosen;
  const later = from560(documents);
  const loader = supported('loader', [
    ...choice('type', ['rom', 'pflash']),
    ...choice('readonly', ['yes', 'no']),
    ...(later ? choice('secure', ['no']) : []),
  ]);
  const max = machine === null ? 0 : Math.min(machineMaxCpus(caps, machine), vcpuLimit);
  const lines = block('domainCapabilities', [
    `<path>${escapeXml(caps.binary)}</path>`,
    `<domain>${virtType}</domain>`,
    ...(machine === null ? [] : [`<machine>${machine}</machine>`]),
    `<arch>${arch}</arch>`,
    ...(max === 0 ? [] : [`<vcpu max='${max}'/>`]),
    `<iothreads supported='${yesNo(has(caps, 'iothread'))}'/>`,
    ...supported('os', [...(later ? choice('firmware', []) : []), ...loader]),
    ...cpuLines(chosen),
    ...deviceLines(chosen, vfio),
    ...featureLines(chosen),
  ]);
  return `${lines.join('\n')}\n`;
}
