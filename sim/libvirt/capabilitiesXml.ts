/**
 * `virsh capabilities`: the host, then each guest.
 *
 * Models: libvirt v5.0.0 src/conf/capabilities.c virCapabilitiesFormatXML,
 *   virCapabilitiesFormatNUMATopology, virCapabilitiesFormatCaches; src/conf/cpu_conf.c virCPUDefFormatBuf
 *
 * The line that the incident is about is one of the last: `<domain type='kvm'/>`, there or not.
 */
import { wordsize } from './arch.ts';
import { guestFeatures } from './capabilities.ts';
import type { CpuDef } from './cpuDecode.ts';
import type { DriverCaps, Guest, GuestMachine } from './driver.ts';
import type { HostCaps, HostCpuRow, SecurityModel } from './hostCaps.ts';

type Lines = readonly string[];

const indent = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

const block = (name: string, lines: Lines, open = name): Lines => [
  `<${open}>`,
  ...indent(lines),
  `</${name}>`,
];

const orEmpty = (name: string, lines: Lines): Lines =>
  lines.length === 0 ? [`<${name}/>`] : block(name, lines);

function cpuLines(cpu: CpuDef | null, host: HostCaps): Lines {
  if (cpu === null) return [];
  const { sockets, cores, threads } = host.topology;
  return [
    `<model>${cpu.model}</model>`,
    ...(cpu.vendor === null ? [] : [`<vendor>${cpu.vendor}</vendor>`]),
    ...(host.microcode === 0 ? [] : [`<microcode version='${host.microcode}'/>`]),
    `<topology sockets='${sockets}' cores='${cores}' threads='${threads}'/>`,
    ...cpu.features.map(({ name }) => `<feature name='${name}'/>`),
  ];
}

const cpuRow = ({ id, socket, core, siblings }: HostCpuRow): string =>
  `<cpu id='${id}' socket_id='${socket}' core_id='${core}' siblings='${siblings}'/>`;

const topology = ({ memoryKiB, cpus }: HostCaps): Lines => {
  const rows = block('cpus', cpus.map(cpuRow), `cpus num='${cpus.length}'`);
  const cell = block('cell', [`<memory unit='KiB'>${memoryKiB}</memory>`, ...rows], "cell id='0'");
  return block('topology', block('cells', cell, "cells num='1'"));
};

/** virBitmapFormat: `0-7,16-23`. */
export function bitmap(ids: readonly number[]): string {
  const sorted = [...ids].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const id of sorted) {
    const last = ranges.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

function cacheBanks({ cpus, l3KiB }: HostCaps): Lines {
  if (l3KiB === 0) return [];
  const [size, unit] = l3KiB % 1024 === 0 ? [l3KiB / 1024, 'MiB'] : [l3KiB, 'KiB'];
  const sockets = [...new Set(cpus.map((c) => c.socket))].sort((a, b) => a - b);
  const banks = sockets.map((socket, id) => {
    const on = bitmap(cpus.filter((c) => c.socket === socket).map((c) => c.id));
    return `<bank id='${id}' level='3' type='both' size='${size}' unit='${unit}' cpus='${on}'/>`;
  });
  return block('cache', banks);
}

const secmodel = ({ model, doi, labels }: SecurityModel): Lines =>
  block('secmodel', [
    `<model>${model}</model>`,
    `<doi>${doi}</doi>`,
    ...labels.map(([type, label]) => `<baselabel type='${type}'>${label}</baselabel>`),
  ]);

const transports = ['tcp', 'rdma'].map((t) => `<uri_transport>${t}</uri_transport>`);

function hostLines(host: HostCaps): Lines {
  const pages = host.pagesKiB.map((size) => `<pages unit='KiB' size='${size}'/>`);
  return [
    ...(host.uuid === '' ? [] : [`<uuid>${host.uuid}</uuid>`]),
    ...block('cpu', [`<arch>${host.arch}</arch>`, ...cpuLines(host.cpu, host), ...pages]),
    ...orEmpty(
      'power_management',
      host.suspend.map((target) => `<${target}/>`),
    ),
    `<iommu support='${host.iommu ? 'yes' : 'no'}'/>`,
    ...block('migration_features', ['<live/>', ...block('uri_transports', transports)]),
    ...topology(host),
    ...cacheBanks(host),
    ...host.security.flatMap(secmodel),
  ];
}

function machineLine({ name, canonical, maxCpus }: GuestMachine): string {
  const real = canonical === null ? '' : ` canonical='${canonical}'`;
  const cpus = maxCpus > 0 ? ` maxCpus='${maxCpus}'` : '';
  return `<machine${real}${cpus}>${name}</machine>`;
}

const guestLines = (guest: Guest): Lines =>
  block('guest', [
    '<os_type>hvm</os_type>',
    ...block(
      'arch',
      [
        `<wordsize>${wordsize(guest.arch)}</wordsize>`,
        `<emulator>${guest.emulator}</emulator>`,
        ...guest.machines.map(machineLine),
        ...guest.domains.map((type) => `<domain type='${type}'/>`),
      ],
      `arch name='${guest.arch}'`,
    ),
    ...block('features', guestFeatures(guest)),
  ]);

export function capabilitiesXml({ host, guests }: DriverCaps): string {
  const parts = [block('host', hostLines(host)), ...guests.map(guestLines)];
  const inner = parts.map((lines) => `${indent(lines).join('\n')}\n\n`).join('');
  return `<capabilities>\n\n${inner}</capabilities>\n`;
}
