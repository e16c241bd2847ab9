/**
 * `virsh domcapabilities`: what one emulator offers one kind of domain.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_driver.c qemuConnectGetDomainCapabilities;
 *   src/qemu/qemu_capabilities.c virQEMUCapsCacheLookupDefault, virQEMUCapsFillDomainCaps;
 *   src/conf/domain_capabilities.c virDomainCapsFormat
 *
 * It looks into the cache, not into the driver's capabilities: so after a repair this is the command that
 * heals the lower two layers, while `virsh create` still fails.
 * Leaves out: firmware images (none are installed), the vCPU limit of the host's KVM.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readDir } from '../libc/sys.ts';
import { findTarget, isArch, isX86 } from './arch.ts';
import { capsForParse, defaultBinary } from './capabilities.ts';
import { virtTypes } from './capsLookup.ts';
import type { CpuDef } from './cpuDecode.ts';
import { mapModels } from './cpuMap.ts';
import { isI440fx } from './domainDef.ts';
import type { Driver } from './driver.ts';
import { cacheLookup, cacheLookupByArch } from './fileCache.ts';
import { cpuModeSupported } from './guestProcess.ts';
import { hostModel } from './hostModel.ts';
import {
  canonicalMachine,
  has,
  machineMaxCpus,
  machineSupported,
  preferredMachine,
  type QemuCaps,
} from './qemuCaps.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report, source } from './virLog.ts';
import { escapeXml } from './xml.ts';

const log = source('qemu.qemu_capabilities');
const WHERE = 'virQEMUCapsCacheLookupDefault';

export type DomainCapsArgs = Readonly<{
  emulatorbin: string | null;
  arch: string | null;
  machine: string | null;
  virttype: string | null;
}>;

type Chosen = Readonly<{ caps: QemuCaps; arch: string; virtType: string; machine: string | null }>;

function* emulator(driver: Driver, binary: string | null, arch: string): Sys<QemuCaps | Trouble> {
  const never = driver.self.switches.parseAsksDriverCaps === 'never';
  const found = binary ?? (never ? yield* defaultBinary(driver, arch) : null);
  if (found === null) {
    return yield* cacheLookupByArch(driver, arch, findTarget(driver.self.hostArch, arch));
  }
  const caps = yield* cacheLookup(driver, found);
  if (inTrouble(caps) || caps.arch === arch || (isX86(arch) && isX86(caps.arch))) return caps;
  const detail = `architecture from emulator '${caps.arch}' doesn't match given architecture '${arch}'`;
  return yield* report(driver.log, `${WHERE}:5004`, 'QEMU', 'INVALID_ARG', detail);
}

/** virQEMUCapsCacheLookupDefault: the machine is judged before KVM is. */
function* choose(driver: Driver, args: DomainCapsArgs): Sys<Chosen | Trouble> {
  const fail = (line: number, detail: string) =>
    report(driver.log, `${WHERE}:${line}`, 'QEMU', 'INVALID_ARG', detail);
  const { virttype } = args;
  if (virttype !== null && !virtTypes.includes(virttype)) {
    return yield* fail(4979, `unknown virttype: ${virttype}`);
  }
  const arch = args.arch ?? driver.self.hostArch;
  if (!isArch(arch)) return yield* fail(4986, `unknown architecture: ${arch}`);
  const caps = yield* emulator(driver, args.emulatorbin, arch);
  if (inTrouble(caps)) return caps;
  const { machinesPerAccelerator } = driver.self.switches;
  if (machinesPerAccelerator && virttype === 'kvm' && !has(caps, 'kvm')) {
    return yield* fail(5041, `the accel 'kvm' is not supported by '${caps.binary}' on this host`);
  }
  const machine =
    args.machine === null ? preferredMachine(caps) : canonicalMachine(caps, args.machine);
  if (args.machine !== null && machine !== null && !machineSupported(caps, machine)) {
    return yield* fail(
      5023,
      `the machine '${machine}' is not supported by emulator '${caps.binary}'`,
    );
  }
  const best = has(caps, 'kvm') ? 'kvm' : 'qemu';
  const virtType = virttype === null || virttype === 'none' ? best : virttype;
  if (virtType === 'kvm' && best !== 'kvm') {
    return yield* fail(5041, `KVM is not supported by '${caps.binary}' on this host`);
  }
  return { caps, arch, virtType, machine };
}

type Lines = readonly string[];

const indent = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

const block = (name: string, lines: Lines, open = name): Lines => [
  `<${open}>`,
  ...indent(lines),
  `</${name}>`,
];

const supported = (name: string, lines: Lines): Lines =>
  block(name, lines, `${name} supported='yes'`);

const choice = (name: string, values: Lines): Lines =>
  values.length === 0
    ? [`<enum name='${name}'/>`]
    : block(
        'enum',
        values.map((v) => `<value>${v}</value>`),
        `enum name='${name}'`,
      );

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

const feature = (name: string, is: boolean): string => `<${name} supported='${yesNo(is)}'/>`;

const hostModelLines = (cpu: CpuDef): Lines => [
  `<model fallback='forbid'>${cpu.model}</model>`,
  ...(cpu.vendor === null ? [] : [`<vendor>${cpu.vendor}</vendor>`]),
  ...cpu.features.map(({ name, policy }) => `<feature policy='${policy}' name='${name}'/>`),
];

function cpuLines({ caps, virtType }: Chosen): Lines {
  const accel = virtType === 'kvm' ? 'kvm' : 'tcg';
  const host = hostModel(caps, accel);
  const named = new Set(mapModels.map((m) => m.name));
  const custom = (caps.cpuModels[accel] ?? []).filter((m) => named.has(m.name));
  const mode = (name: string, lines: Lines): Lines =>
    lines.length === 0
      ? [`<mode name='${name}' supported='no'/>`]
      : block('mode', lines, `mode name='${name}' supported='yes'`);
  const passthrough = cpuModeSupported(caps, virtType, 'host-passthrough');
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
export function domainCapsXml(chosen: Chosen, vfio: boolean): string {
  const { caps, arch, virtType, machine } = chosen;
  const loader = supported('loader', [
    ...choice('type', ['rom', 'pflash']),
    ...choice('readonly', ['yes', 'no']),
  ]);
  const max = machine === null ? 0 : machineMaxCpus(caps, machine);
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

/** virQEMUDriverConfig's default firmware list: none of it is on the simulated disks. */
const firmwares = [
  '/usr/share/OVMF/OVMF_CODE.fd',
  '/usr/share/OVMF/OVMF_CODE.secboot.fd',
  '/usr/share/AAVMF/AAVMF_CODE.fd',
  '/usr/share/AAVMF/AAVMF32_CODE.fd',
];

/** qemuHostdevHostSupportsPassthroughVFIO: IOMMU groups and the vfio module. */
function* supportsVfio(): Sys<boolean> {
  const groups = yield* readDir('/sys/kernel/iommu_groups');
  const vfio = yield* readDir('/sys/module/vfio_pci');
  return !failed(groups) && groups.length > 0 && !failed(vfio);
}

export function* domainCapabilities(driver: Driver, args: DomainCapsArgs): Sys<string | Trouble> {
  yield* capsForParse(driver);
  const chosen = yield* choose(driver, args);
  if (inTrouble(chosen)) return chosen;
  for (const name of firmwares) {
    const text = `loader filename=${name} does not exist`;
    yield* log.debug(driver.log, 'virQEMUCapsFillDomainLoaderCaps:5117', text);
  }
  return domainCapsXml(chosen, yield* supportsVfio());
}
