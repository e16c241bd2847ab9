/**
 * Values that a domain's description may not have, and elements that this model would ignore.
 *
 * Models: libvirt v5.0.0 src/conf/domain_conf.c virDomainDefParseXML, virDomainDiskDefParseXML,
 *   virDomainControllerDefParseXML, virDomainMemballoonDefParseXML, virDomainVcpuParse; src/conf/cpu_conf.c
 *   virCPUDefParseXML; v9.0.0 src/util/virxml.c virXMLPropEnum
 *
 * Up to 8.x each place has words of its own; in 9.0 most share one sentence. An element that libvirt has never heard of
 * is passed over, here as there; one that it would act on and this model would not is refused by name.
 */
import type { ErrorCode } from './virError.ts';
import { attribute, childrenOf, find, textAt, type XmlElement } from './xml.ts';

export type Flaw = Readonly<{ code: ErrorCode; detail: string }>;

const words = (text: string): readonly string[] => text.split(' ');
const unsupported = (detail: string): Flaw => ({ code: 'CONFIG_UNSUPPORTED', detail });
const xml = (detail: string): Flaw => ({ code: 'XML_ERROR', detail });

type Attribute = Readonly<{ node: XmlElement; name: string; allowed: string; late: boolean }>;

/** virXMLPropEnum in 9.0; before, whatever the place said. */
function wrong({ node, name, allowed, late }: Attribute, early: (value: string) => Flaw) {
  const value = attribute(node, name);
  if (value === null || words(allowed).includes(value)) return null;
  return late
    ? xml(`Invalid value for attribute '${name}' in element '${node.name}': '${value}'.`)
    : early(value);
}

const required = (node: XmlElement, name: string): Flaw =>
  xml(`Missing required attribute '${name}' in element '${node.name}'`);

const endings = 'destroy restart rename-restart preserve';

function lifecycle(root: XmlElement): Flaw | null {
  const actions = [
    ['on_poweroff', endings],
    ['on_reboot', endings],
    ['on_crash', `${endings} coredump-destroy coredump-restart`],
  ] as const;
  for (const [name, allowed] of actions) {
    const action = textAt(root, name);
    if (action !== null && !words(allowed).includes(action))
      return unsupported(`unknown ${name} action: ${action}`);
  }
  return null;
}

const features =
  'acpi apic pae hap viridian privnet hyperv kvm pvspinlock capabilities pmu vmport gic smm ioapic hpt vmcoreinfo htm nested-hv';

const laterFeatures = 'msrs ccf-assist xen cfpc sbbc ibs tcg async-teardown';

function boot(root: XmlElement, late: boolean): Flaw | null {
  const os = find(root, 'os');
  for (const node of os === null ? [] : childrenOf(os, 'boot')) {
    if (attribute(node, 'dev') === null)
      return late
        ? required(node, 'dev')
        : { code: 'INTERNAL_ERROR', detail: 'missing boot device' };
    const dev = { node, name: 'dev', allowed: 'fd cdrom hd network', late };
    const flaw = wrong(dev, (value) => unsupported(`unknown boot device '${value}'`));
    if (flaw !== null) return flaw;
  }
  return null;
}

/** virCPUDefParseXML: `mode` has its own words in every version. */
function cpu(node: XmlElement, late: boolean): Flaw | null {
  const modes = `custom host-model host-passthrough${late ? ' maximum' : ''}`;
  return (
    wrong({ node, name: 'mode', allowed: modes, late: false }, (value) =>
      unsupported(`Invalid mode attribute '${value}'`),
    ) ??
    wrong({ node, name: 'match', allowed: 'minimum exact strict', late }, () =>
      unsupported('Invalid match attribute for CPU specification'),
    ) ??
    wrong({ node, name: 'check', allowed: 'none partial full', late }, () =>
      unsupported('Invalid check attribute for CPU specification'),
    )
  );
}

const diskTypes = 'file block dir network volume nvme vhostuser';
const buses = 'ide fdc scsi virtio xen usb uml sata sd';

function disk(node: XmlElement, late: boolean): Flaw | null {
  const target = find(node, 'target');
  const dev = target === null ? null : attribute(target, 'dev');
  const bus =
    target &&
    wrong({ node: target, name: 'bus', allowed: buses, late }, (value) =>
      unsupported(`unknown disk bus type '${value}'`),
    );
  const named =
    wrong({ node, name: 'type', allowed: diskTypes, late }, (value) =>
      unsupported(`unknown disk type '${value}'`),
    ) ??
    wrong({ node, name: 'device', allowed: 'disk cdrom floppy lun', late }, (value) =>
      unsupported(`unknown disk device '${value}'`),
    );
  if (named !== null) return named;
  if (late && bus !== null) return bus;
  const kind = attribute(node, 'device') ?? 'disk';
  const empty = find(node, 'source') === null && (kind === 'disk' || kind === 'lun');
  if (late && dev === null) return { code: 'NO_TARGET', detail: '' };
  if (empty) return { code: 'NO_SOURCE', detail: dev ?? '' };
  return dev === null ? { code: 'NO_TARGET', detail: '' } : bus;
}

const controllers = 'ide fdc scsi sata virtio-serial ccid usb pci xenbus';
const usbModels =
  'piix3-uhci piix4-uhci ehci ich9-ehci1 ich9-uhci1 ich9-uhci2 ich9-uhci3 vt82c686b-uhci pci-ohci nec-xhci qusb1 qusb2 qemu-xhci none default';

function controller(node: XmlElement, late: boolean): Flaw | null {
  const type = wrong({ node, name: 'type', allowed: controllers, late }, (value) =>
    unsupported(`Unknown controller type '${value}'`),
  );
  if (type !== null || attribute(node, 'type') !== 'usb') return type;
  return wrong({ node, name: 'model', allowed: usbModels, late: false }, (value) =>
    unsupported(`Unknown model type '${value}'`),
  );
}

function memballoon(node: XmlElement, late: boolean): Flaw | null {
  if (attribute(node, 'model') === null)
    return late ? required(node, 'model') : xml('balloon memory must contain model name');
  const allowed = 'virtio xen none virtio-transitional virtio-non-transitional';
  return wrong({ node, name: 'model', allowed, late }, (value) =>
    unsupported(`unknown memory balloon model '${value}'`),
  );
}

const byDevice: Readonly<Record<string, (node: XmlElement, late: boolean) => Flaw | null>> = {
  disk,
  controller,
  memballoon,
};

/** What libvirt 5.0.0 reads of a domain, and the model would lose without a word. */
const ignored = {
  domain: words(
    'description metadata genid maxMemory memoryBacking memtune blkiotune cputune numatune iothreads iothreadids vcpus sysinfo bootloader bootloader_args idmap on_lockfailure pm perf launchSecurity keywrap',
  ),
  os: words(
    'init initarg initenv initdir loader nvram kernel initrd cmdline dtb acpi bootmenu smbios bios',
  ),
  devices: words(
    'filesystem interface smartcard serial parallel console channel tpm graphics sound video hostdev redirdev redirfilter watchdog rng nvram panic shmem memory iommu vsock lease hub',
  ),
} as const;

const under = (node: XmlElement | null, names: readonly string[]): readonly string[] =>
  (node?.children ?? []).map(({ name }) => name).filter((name) => names.includes(name));

function notModelled(root: XmlElement): Flaw | null {
  const found = [
    ...under(root, ignored.domain),
    ...under(find(root, 'os'), ignored.os),
    ...under(find(root, 'devices'), ignored.devices),
  ];
  const named = [...new Set(found)].map((name) => `<${name}>`).join(', ');
  return named === '' ? null : unsupported(`kvmlab does not model ${named} of a domain`);
}

/** The first flaw after name, memory and vcpu have been read. */
export function flawIn(root: XmlElement, late: boolean): Flaw | null {
  const [vcpu, model, clock] = [find(root, 'vcpu'), find(root, 'cpu'), find(root, 'clock')];
  const placement =
    vcpu &&
    wrong({ node: vcpu, name: 'placement', allowed: 'static auto', late }, (value) =>
      unsupported(`Unsupported CPU placement mode '${value}'`),
    );
  const feature = (find(root, 'features')?.children ?? []).find(
    ({ name }) => !words(late ? `${features} ${laterFeatures}` : features).includes(name),
  );
  const offsets = 'utc localtime variable timezone';
  const flaws = [
    placement,
    model && cpu(model, late),
    feature === undefined ? null : unsupported(`unexpected feature '${feature.name}'`),
    lifecycle(root),
    clock &&
      wrong({ node: clock, name: 'offset', allowed: offsets, late: false }, (value) =>
        unsupported(`unknown clock offset '${value}'`),
      ),
    boot(root, late),
    ...(find(root, 'devices')?.children ?? []).map(
      (node) => byDevice[node.name]?.(node, late) ?? null,
    ),
  ];
  return flaws.find((flaw) => flaw !== null) ?? notModelled(root);
}
