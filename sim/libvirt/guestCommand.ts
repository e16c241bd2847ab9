/**
 * The command line of a guest's QEMU.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_command.c qemuBuildCommandLine, qemuBuildMachineCommandLine,
 *   qemuBuildMonitorCommandLine, qemuBuildDisksCommandLine
 *
 * `accel=kvm` and nothing behind it: where the probe falls back to TCG, a guest ends.
 * Leaves out: every device whose arguments the simulated QEMU would not read: networks, graphics,
 *   channels, host devices, NUMA, PCI addresses beyond the first.
 */
import { type DomainDef, isQ35 } from './domainDef.ts';
import { retired900 } from './probes900.ts';
import { has, type QemuCaps } from './qemuCaps.ts';
import { from560, type LibvirtSwitches } from './switches.ts';
import { find, type XmlElement } from './xml.ts';

/** virQEMUCapsGetMachineDefaultCPU: what QEMU would take anyway, as libvirt 6.0.0 says aloud. */
function defaultCpu({ machine }: DomainDef, caps: QemuCaps): readonly string[] {
  const found = caps.machines.find(({ name }) => name === machine)?.defaultCpu ?? null;
  const models = [...(caps.cpuModels.kvm ?? []), ...(caps.cpuModels.tcg ?? [])];
  const model = models.find(({ type }) => type === found)?.name;
  return model === undefined ? [] : ['-cpu', model];
}

const cpuArgs = ({ cpu, virtType }: DomainDef): readonly string[] => {
  const mode = cpu?.attributes['mode'];
  if (mode === 'host-passthrough' || (mode === 'host-model' && virtType === 'kvm'))
    return ['-cpu', 'host'];
  const model = cpu === null ? undefined : find(cpu, 'model')?.text.trim();
  return model === undefined || model === '' ? [] : ['-cpu', model];
};

function diskArgs(disk: XmlElement, index: number): readonly string[] {
  const source = disk.children.find((c) => c.name === 'source');
  const file = source?.attributes['file'] ?? source?.attributes['dev'];
  const target = disk.children.find((c) => c.name === 'target');
  if (file === undefined || target === undefined) return [];
  const format = disk.children.find((c) => c.name === 'driver')?.attributes['type'] ?? 'raw';
  const id = `drive-virtio-disk${index}`;
  const device = `virtio-blk-pci,scsi=off,bus=pci.0,addr=0x${(4 + index).toString(16)}`;
  return [
    '-drive',
    `file=${file},format=${format},if=none,id=${id}`,
    '-device',
    `${device},drive=${id},id=virtio-disk${index}`,
  ];
}

function deviceArgs(def: DomainDef): readonly string[] {
  const bus = isQ35(def.machine ?? '') ? 'pcie.0' : 'pci.0';
  const usb = def.devices.find((d) => d.name === 'controller' && d.attributes['type'] === 'usb');
  const model = usb?.attributes['model'] ?? 'none';
  const driver = { 'piix3-uhci': 'piix3-usb-uhci', 'qemu-xhci': 'qemu-xhci' }[model];
  const balloon = def.devices.find((d) => d.name === 'memballoon')?.attributes['model'] ?? 'none';
  const disks = def.devices.filter((d) => d.name === 'disk');
  return [
    ...(driver === undefined ? [] : ['-device', `${driver},id=usb,bus=${bus},addr=0x1.0x2`]),
    ...disks.flatMap(diskArgs),
    ...(balloon === 'virtio'
      ? ['-device', `virtio-balloon-pci,id=balloon0,bus=${bus},addr=0x2`]
      : []),
  ];
}

export function guestArgs(
  def: DomainDef,
  caps: QemuCaps,
  domainDir: string,
  switches: LibvirtSwitches,
): readonly string[] {
  const accel = def.virtType === 'kvm' ? 'kvm' : 'tcg';
  const can = (flag: string) =>
    has(caps, flag) || (switches.probe === '9.0.0' && retired900.has(flag));
  const lock = can('overcommit') || switches.probe === '9.0.0';
  const old = can('mlock') || from560(switches.documents);
  const threads = can('debug-threads') ? ',debug-threads=on' : '';
  const own = switches.guestAccelerator === '-accel';
  const socket = switches.explicitSocketOptions ? 'server=on,wait=off' : 'server,nowait';
  const key = `secret,id=masterKey0,format=raw,file=${domainDir}/master-key.aes`;
  const sandbox = 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny';
  const when = (flag: string, args: readonly string[]) => (can(flag) ? args : []);
  return [
    ...['-name', `guest=${def.name}${threads}`, '-S'],
    ...when('secret', ['-object', key]),
    ...['-machine', `${def.machine}${own ? '' : `,accel=${accel}`},usb=off,dump-guest-core=off`],
    ...(own ? ['-accel', accel] : []),
    ...(def.cpu === null && switches.namesDefaultCpu ? defaultCpu(def, caps) : cpuArgs(def)),
    ...['-m', String(Math.ceil(def.memoryKiB / 1024))],
    // be51feff69 (5.3.0): one option instead of the other; 9.0 no longer asks, and 5.6.0 no longer about the older one.
    ...(lock ? ['-overcommit', 'mem-lock=off'] : old ? ['-realtime', 'mlock=off'] : []),
    ...['-smp', `${def.vcpus},sockets=${def.maxVcpus},cores=1,threads=1`],
    ...['-uuid', def.uuid, '-display', 'none', '-no-user-config', '-nodefaults'],
    ...['-chardev', `socket,id=charmonitor,fd=${switches.monitorFd},${socket}`],
    ...['-mon', 'chardev=charmonitor,id=monitor,mode=control'],
    ...['-rtc', `base=${def.clock === 'localtime' ? 'localtime' : 'utc'}`, '-no-shutdown'],
    ...(def.features.some((f) => f.name === 'acpi') ? [] : ['-no-acpi']),
    ...when('boot-strict', ['-boot', 'strict=on']),
    ...deviceArgs(def),
    ...when('seccomp-blacklist', ['-sandbox', sandbox]),
    ...when('msg-timestamp', ['-msg', 'timestamp=on']),
  ];
}
