/**
 * A domain as `virsh dumpxml` and the files under /etc/libvirt/qemu show it.
 *
 * Models: libvirt v5.0.0 src/conf/domain_conf.c virDomainDefFormatInternal,
 *   virDomainDeviceInfoFormat; src/qemu/qemu_alias.c; src/util/virxml.c virXMLEmitWarning
 *
 * A running domain shows more than it was given: its id, its resource partition, an alias for each device,
 * and the label under which its process runs.
 */
import type { Domain } from './domain.ts';
import { type DomainDef, isQ35 } from './domainDef.ts';
import type { RunAs } from './identity.ts';
import { escapeXml, type XmlElement } from './xml.ts';

type Lines = readonly string[];

const indent = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

const attributes = (element: XmlElement): string =>
  Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}='${escapeXml(value)}'`)
    .join('');

/** An element as libvirt's formatters write one: single quotes, two blanks a level. */
function elementLines(element: XmlElement, more: Lines = []): Lines {
  const open = `${element.name}${attributes(element)}`;
  const inner = [...element.children.flatMap((child) => elementLines(child)), ...more];
  if (inner.length > 0) return [`<${open}>`, ...indent(inner), `</${element.name}>`];
  const text = element.text.trim();
  return [text === '' ? `<${open}/>` : `<${open}>${escapeXml(text)}</${element.name}>`];
}

/** The alias that qemuAssignDeviceAliases gives a device; null for kinds without one. */
function aliasOf(device: XmlElement, index: number, machine: string): string | null {
  const { type = '', model = '' } = device.attributes;
  if (device.name === 'controller') {
    if (type === 'usb') return 'usb';
    if (type !== 'pci')
      return type === 'sata' && isQ35(machine)
        ? 'ide'
        : `${type}${device.attributes['index'] ?? 0}`;
    return model === 'pcie-root' ? 'pcie.0' : `pci.${device.attributes['index'] ?? 0}`;
  }
  if (device.name === 'memballoon') return model === 'none' ? null : 'balloon0';
  const stems: Record<string, string> = {
    interface: 'net',
    graphics: '',
    console: 'console',
    disk: 'disk',
  };
  const stem = stems[device.name] ?? device.name;
  return stem === '' ? null : `${stem}${index}`;
}

function deviceLines(def: DomainDef, live: boolean): Lines {
  const counts: Record<string, number> = {};
  return def.devices.flatMap((device) => {
    const index = counts[device.name] ?? 0;
    counts[device.name] = index + 1;
    const alias = live ? aliasOf(device, index, def.machine ?? '') : null;
    return elementLines(device, alias === null ? [] : [`<alias name='${alias}'/>`]);
  });
}

const vcpuLine = ({ vcpus, maxVcpus }: DomainDef): string => {
  const current = vcpus === maxVcpus ? '' : ` current='${vcpus}'`;
  return `<vcpu placement='static'${current}>${maxVcpus}</vcpu>`;
};

const dacLabel = ({ uid, gid }: RunAs): Lines => [
  "<seclabel type='dynamic' model='dac' relabel='yes'>",
  `  <label>+${uid}:+${gid}</label>`,
  `  <imagelabel>+${uid}:+${gid}</imagelabel>`,
  '</seclabel>',
];

export type Running = Readonly<{ id: number; runAs: RunAs }>;

export function domainXml(def: DomainDef, running: Running | null): string {
  const machine = def.machine === null ? '' : ` machine='${def.machine}'`;
  const inner = [
    `<name>${escapeXml(def.name)}</name>`,
    `<uuid>${def.uuid}</uuid>`,
    ...(def.title === null ? [] : [`<title>${escapeXml(def.title)}</title>`]),
    `<memory unit='KiB'>${def.memoryKiB}</memory>`,
    `<currentMemory unit='KiB'>${def.currentMemoryKiB}</currentMemory>`,
    vcpuLine(def),
    ...(running === null ? [] : ['<resource>', '  <partition>/machine</partition>', '</resource>']),
    '<os>',
    `  <type arch='${def.arch}'${machine}>${def.osType}</type>`,
    ...def.boot.map((dev) => `  <boot dev='${escapeXml(dev)}'/>`),
    '</os>',
    ...(def.features.length === 0
      ? []
      : ['<features>', ...indent(def.features.flatMap((f) => elementLines(f))), '</features>']),
    ...(def.cpu === null ? [] : elementLines(def.cpu)),
    `<clock offset='${escapeXml(def.clock)}'/>`,
    `<on_poweroff>${escapeXml(def.onPoweroff)}</on_poweroff>`,
    `<on_reboot>${escapeXml(def.onReboot)}</on_reboot>`,
    `<on_crash>${escapeXml(def.onCrash)}</on_crash>`,
    '<devices>',
    ...(def.emulator === null ? [] : [`  <emulator>${escapeXml(def.emulator)}</emulator>`]),
    ...indent(deviceLines(def, running !== null)),
    '</devices>',
    ...(running === null ? [] : dacLabel(running.runAs)),
  ];
  const id = running === null ? '' : ` id='${running.id}'`;
  return `<domain type='${def.virtType}'${id}>\n${indent(inner).join('\n')}\n</domain>\n`;
}

/** What a file under /etc/libvirt/qemu begins with. */
export const editWarning = (name: string): string => `<!--
WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE
OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:
  virsh edit ${name}
or other application using the libvirt API.
-->

`;

/** The live XML of a running domain, the stored one of any other. */
export const xmlOf = (domain: Domain, runAs: RunAs): string =>
  domainXml(domain.def, domain.live === null ? null : { id: domain.live.id, runAs });
