/**
 * `<domainCapabilities>` as libvirt 9.0 writes it: more devices, and what each CPU model's vendor is.
 *
 * Models: libvirt v9.0.0 src/conf/domain_capabilities.c virDomainCapsFormat, virDomainCapsCPUFormat;
 *   src/qemu/qemu_capabilities.c virQEMUCapsFillDomainCaps, virQEMUCapsFillDomainDevice*Caps
 * Leaves out: firmware descriptors and swtpm (none are installed), SGX, s390.
 */
import { mapOf } from './cpuDecode.ts';
import { type Chosen, hostModelLines } from './domainCapsXml.ts';
import { isI440fx } from './domainDef.ts';
import { cpuModeSupported, hostModel } from './hostModel.ts';
import { has, machineMaxCpus, type QemuCaps } from './qemuCaps.ts';
import { escapeXml } from './xml.ts';
import { block, choice, feature, type Lines, supported } from './xmlLines.ts';

const DECODER = '9.0.0';

/** virCPUGetVendorForModel. */
const vendorOf = (name: string): string =>
  mapOf(DECODER).models.find((model) => model.name === name)?.vendor ?? 'unknown';

const mode = (name: string, lines: Lines): Lines =>
  lines.length === 0
    ? [`<mode name='${name}' supported='no'/>`]
    : block('mode', lines, `mode name='${name}' supported='yes'`);

function cpuLines({ caps, virtType }: Chosen): Lines {
  const accel = virtType === 'kvm' ? 'kvm' : 'tcg';
  const can = (name: string) => cpuModeSupported(caps, virtType, name, DECODER);
  const host = hostModel(caps, accel, DECODER);
  const named = new Set(mapOf(DECODER).models.map((m) => m.name));
  const custom = (caps.cpuModels[accel] ?? []).filter((m) => named.has(m.name));
  const migratable = has(caps, 'cpu.migratable') ? ['on', 'off'] : ['off'];
  return block('cpu', [
    ...mode(
      'host-passthrough',
      can('host-passthrough') ? choice('hostPassthroughMigratable', migratable) : [],
    ),
    ...mode('maximum', can('maximum') ? choice('maximumMigratable', ['on', 'off']) : []),
    ...mode('host-model', host === null ? [] : hostModelLines(host)),
    ...mode(
      'custom',
      custom.map(
        (m) => `<model usable='${m.usable}' vendor='${vendorOf(m.name)}'>${m.name}</model>`,
      ),
    ),
  ]);
}

type When = (flag: string, ...names: readonly string[]) => Lines;

const whenOf =
  (caps: QemuCaps): When =>
  (flag, ...names) =>
    has(caps, flag) ? names : [];

const virtioModels = (when: When): Lines => [
  'virtio',
  ...when('virtio-pci-non-transitional', 'virtio-transitional', 'virtio-non-transitional'),
];

function storageAndDisplay({ machine }: Chosen, when: When): Lines {
  return [
    ...supported('disk', [
      ...choice('diskDevice', ['disk', 'cdrom', 'floppy', 'lun']),
      ...choice('bus', [
        ...(isI440fx(machine ?? '') ? ['ide'] : []),
        ...['fdc', 'scsi', 'virtio'],
        ...when('usb-storage', 'usb'),
        ...when('ich9-ahci', 'sata'),
      ]),
      ...choice('model', virtioModels(when)),
    ]),
    ...supported(
      'graphics',
      choice('type', [
        ...['sdl', 'vnc', 'spice', 'egl-headless'].flatMap((name) => when(name, name)),
        ...when('display-dbus', 'dbus'),
      ]),
    ),
    ...supported(
      'video',
      choice('modelType', [
        ...when('VGA', 'vga'),
        ...when('cirrus-vga', 'cirrus'),
        ...when('vmware-svga', 'vmvga'),
        ...when('qxl', 'qxl'),
        ...when('virtio-gpu', 'virtio'),
        'none',
        ...when('bochs-display', 'bochs'),
        ...when('ramfb', 'ramfb'),
      ]),
    ),
  ];
}

const usbControllers = [
  'piix3-usb-uhci',
  'piix4-usb-uhci',
  'usb-ehci',
  'ich9-usb-ehci1',
  'vt82c686b-usb-uhci',
  'pci-ohci',
  'nec-usb-xhci',
  'qemu-xhci',
];

function hostDevices(caps: QemuCaps, when: When, vfio: boolean): Lines {
  const usb = usbControllers.some((name) => has(caps, name)) ? ['usb'] : [];
  return supported('hostdev', [
    ...choice('mode', ['subsystem']),
    ...choice('startupPolicy', ['default', 'mandatory', 'requisite', 'optional']),
    ...choice('subsysType', [...usb, 'pci', 'scsi']),
    ...choice('capsType', []),
    ...choice('pciBackend', vfio ? when('vfio-pci', 'default', 'vfio') : []),
  ]);
}

function otherDevices(caps: QemuCaps, when: When): Lines {
  const tpm = [...when('tpm-tis', 'tpm-tis'), ...when('tpm-crb', 'tpm-crb')];
  const rng = has(caps, 'virtio-rng') ? virtioModels(when) : [];
  const backends = ['random', 'egd', 'builtin'].flatMap((name) => when(`rng-${name}`, name));
  return [
    ...supported('rng', [...choice('model', rng), ...choice('backendModel', backends)]),
    ...supported(
      'filesystem',
      choice('driverType', ['path', 'handle', ...when('vhost-user-fs', 'virtiofs')]),
    ),
    ...(tpm.length === 0
      ? ["<tpm supported='no'/>"]
      : supported('tpm', [
          ...choice('model', tpm),
          ...choice('backendModel', when('tpm-passthrough', 'passthrough')),
        ])),
    ...(has(caps, 'usb-redir')
      ? supported('redirdev', choice('bus', ['usb']))
      : ["<redirdev supported='no'/>"]),
    ...supported('channel', choice('type', ['pty', 'unix', ...when('spice', 'spicevmc')])),
  ];
}

function featureLines(caps: QemuCaps): Lines {
  const { sev, hyperv } = caps;
  return block('features', [
    feature('gic', false),
    feature('vmcoreinfo', has(caps, 'vmcoreinfo')),
    feature('genid', has(caps, 'vmgenid')),
    feature('backingStoreInput', true),
    feature('backup', has(caps, 'incremental-backup')),
    ...(sev === null
      ? [feature('sev', false)]
      : supported('sev', [
          `<cbitpos>${sev.cbitpos}</cbitpos>`,
          `<reducedPhysBits>${sev.reducedPhysBits}</reducedPhysBits>`,
        ])),
    feature('sgx', false),
    ...(hyperv === null ? [] : supported('hyperv', choice('features', hyperv))),
  ]);
}

/** virDomainCapsFormat. */
export function domainCapsXml900(chosen: Chosen, vfio: boolean, vcpuLimit: number): string {
  const { caps, arch, virtType, machine } = chosen;
  const when = whenOf(caps);
  const loader = supported('loader', [
    ...choice('type', ['rom', 'pflash']),
    ...choice('readonly', ['yes', 'no']),
    ...choice('secure', ['no']),
  ]);
  const max = machine === null ? 0 : Math.min(machineMaxCpus(caps, machine), vcpuLimit);
  const sources = ['file', 'anonymous', ...when('memory-backend-memfd', 'memfd')];
  const lines = block('domainCapabilities', [
    `<path>${escapeXml(caps.binary)}</path>`,
    `<domain>${virtType}</domain>`,
    ...(machine === null ? [] : [`<machine>${machine}</machine>`]),
    `<arch>${arch}</arch>`,
    ...(max === 0 ? [] : [`<vcpu max='${max}'/>`]),
    feature('iothreads', has(caps, 'iothread')),
    ...supported('os', [...choice('firmware', []), ...loader]),
    ...cpuLines(chosen),
    ...supported('memoryBacking', choice('sourceType', sources)),
    ...block('devices', [
      ...storageAndDisplay(chosen, when),
      ...hostDevices(caps, when, vfio),
      ...otherDevices(caps, when),
    ]),
    ...featureLines(caps),
  ]);
  return `${lines.join('\n')}\n`;
}
