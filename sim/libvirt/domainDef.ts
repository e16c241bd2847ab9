/**
 * A domain's definition: what its XML says, and what libvirt adds.
 *
 * Models: libvirt v5.0.0 src/conf/domain_conf.h struct _virDomainDef; src/qemu/qemu_domain.c
 *   qemuDomainDefAddDefaultDevices, qemuDomainDefAddImplicitInputDevice
 *
 * Devices are kept as the XML elements they were given as: libvirt looks into each of them, this model
 * counts them, prints them and hands disks and networks on to QEMU's command line.
 * Leaves out: everything about a domain that neither the incident nor virsh's tables ask for.
 */
import type { XmlElement } from './xml.ts';

export type DomainDef = Readonly<{
  name: string;
  uuid: string;
  virtType: string;
  title: string | null;
  memoryKiB: number;
  currentMemoryKiB: number;
  vcpus: number;
  maxVcpus: number;
  osType: string;
  arch: string;
  /** null only until the post-parse step names the emulator's preferred machine. */
  machine: string | null;
  boot: readonly string[];
  /** <acpi/>, <apic/>, <pae/> and the like, as given. */
  features: readonly XmlElement[];
  cpu: XmlElement | null;
  clock: string;
  onPoweroff: string;
  onReboot: string;
  onCrash: string;
  emulator: string | null;
  devices: readonly XmlElement[];
}>;

const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly XmlElement[] = [],
): XmlElement => ({ name, attributes, children, text: '' });

export const isQ35 = (machine: string): boolean =>
  machine === 'q35' || machine.startsWith('pc-q35');

/** qemuDomainMachineIsI440FX. */
export const isI440fx = (machine: string): boolean =>
  machine === 'pc' || /^(pc-0\.|pc-1\.|pc-i440|rhel)/.test(machine);

const controllerOf = (devices: readonly XmlElement[], type: string): boolean =>
  devices.some((d) => d.name === 'controller' && d.attributes['type'] === type);

/** Controllers, input devices and the balloon that a PC has without being asked. */
export function withDefaultDevices(def: DomainDef): DomainDef {
  const machine = def.machine ?? '';
  const { devices } = def;
  const usb =
    machine === 'isapc' || controllerOf(devices, 'usb')
      ? []
      : [
          element(
            'controller',
            isQ35(machine)
              ? { type: 'usb', index: '0', model: 'qemu-xhci' }
              : { type: 'usb', index: '0', model: 'piix3-uhci' },
          ),
        ];
  const sata =
    isQ35(machine) && !controllerOf(devices, 'sata')
      ? [element('controller', { type: 'sata', index: '0' })]
      : [];
  const root = isQ35(machine) ? 'pcie-root' : isI440fx(machine) ? 'pci-root' : null;
  const pci =
    root === null || controllerOf(devices, 'pci')
      ? []
      : [element('controller', { type: 'pci', index: '0', model: root })];
  const inputs = ['mouse', 'keyboard']
    .filter(
      (type) =>
        !devices.some(
          (d) =>
            d.name === 'input' && d.attributes['type'] === type && d.attributes['bus'] === 'ps2',
        ),
    )
    .map((type) => element('input', { type, bus: 'ps2' }));
  const balloon = devices.some((d) => d.name === 'memballoon')
    ? []
    : [element('memballoon', { model: 'virtio' })];
  const all = [...devices, ...usb, ...sata, ...pci, ...inputs, ...balloon];
  return { ...def, devices: inOrder([...all, ...rootPorts({ ...def, devices: all })]) };
}

/**
 * qemuDomainAssignPCIAddresses: on a Q35 each PCIe device that is no part of the chipset gets a root port, and one
 * port stays free for what is plugged in later.
 */
function rootPorts({ machine, devices }: DomainDef): readonly XmlElement[] {
  if (!isQ35(machine ?? '') || devices.some((d) => d.attributes['model'] === 'pcie-root-port'))
    return [];
  const needs = (d: XmlElement) =>
    d.attributes['model'] === 'qemu-xhci' ||
    d.name === 'interface' ||
    (d.name === 'memballoon' && d.attributes['model'] !== 'none') ||
    (d.name === 'disk' && d.children.some((c) => c.attributes['bus'] === 'virtio'));
  return Array.from({ length: devices.filter(needs).length + 1 }, (_, at) =>
    element('controller', { type: 'pci', index: String(at + 1), model: 'pcie-root-port' }),
  );
}

/** The order in which virDomainDefFormatInternal prints device kinds. */
const kinds = (
  'disk controller lease filesystem interface smartcard serial console parallel channel input tpm ' +
  'graphics sound video hostdev redirdev hub watchdog memballoon rng panic shmem memory iommu vsock'
).split(' ');

const kindRank = (device: XmlElement): number => {
  const at = kinds.indexOf(device.name);
  return at < 0 ? kinds.length : at;
};

const inOrder = (devices: readonly XmlElement[]): readonly XmlElement[] =>
  [...devices].sort((a, b) => kindRank(a) - kindRank(b));
