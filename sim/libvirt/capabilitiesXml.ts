/**
 * `virsh capabilities`: the host, then each guest.
 *
 * Models: libvirt v5.0.0, v9.0.0 src/conf/capabilities.c virCapabilitiesFormatXML,
 *   virCapabilitiesFormatNUMATopology, virCapabilitiesFormatCaches; src/conf/cpu_conf.c virCPUDefFormatBuf
 *
 * The line that the incident is about is one of the last: `<domain type='kvm'/>`, there or not.
 */
import { wordsize } from './arch.ts';
import { guestFeatures } from './capabilities.ts';
import type { CpuDef } from './cpuDecode.ts';
import type { DriverCaps, Guest, GuestMachine } from './driver.ts';
import type { HostCaps, HostCpuRow, SecurityModel } from './hostCaps.ts';
import { block, element, indent, type Lines, yesNo } from './xmlLines.ts';

/** 9.0: what the processor calls itself; from 5.5.0 the rate of its clock, where KVM could tell. */
function signatureLines({ family, model, stepping, tsc, later }: HostCaps): Lines {
  const signature = `<signature family='${family}' model='${model}' stepping='${stepping}'/>`;
  const counter = `<counter name='tsc' frequency='${tsc?.hertz}' scaling='${yesNo(tsc?.scaling ?? false)}'/>`;
  return [...(later === null ? [] : [signature]), ...(tsc === null ? [] : [counter])];
}

function cpuLines(cpu: CpuDef | null, host: HostCaps): Lines {
  if (cpu === null) return [];
  const { sockets, cores, threads } = host.topology;
  const { later } = host;
  const dies = later === null ? '' : " dies='1'";
  return [
    `<model>${cpu.model}</model>`,
    ...(cpu.vendor === null ? [] : [`<vendor>${cpu.vendor}</vendor>`]),
    ...(host.microcode === 0 ? [] : [`<microcode version='${host.microcode}'/>`]),
    ...signatureLines(host),
    `<topology sockets='${sockets}'${dies} cores='${cores}' threads='${threads}'/>`,
    ...(later === null || later.physicalBits === 0
      ? []
      : [`<maxphysaddr mode='emulate' bits='${later.physicalBits}'/>`]),
    ...cpu.features.map(({ name }) => `<feature name='${name}'/>`),
  ];
}

const cpuRow = ({ id, socket, core, siblings }: HostCpuRow, die: string): string =>
  `<cpu id='${id}' socket_id='${socket}'${die} core_id='${core}' siblings='${siblings}'/>`;

/** 9.0 on Debian knows NUMA: the cell's pages, none of them reserved, and its distance to itself. */
const cellLines = ({ memoryKiB, pagesKiB }: HostCaps): Lines => [
  ...pagesKiB.map((size, i) => {
    const count = i === 0 ? Math.floor(memoryKiB / size) : 0;
    return `<pages unit='KiB' size='${size}'>${count}</pages>`;
  }),
  ...block('distances', ["<sibling id='0' value='10'/>"]),
];

function topology(host: HostCaps): Lines {
  const { memoryKiB, cpus, later } = host;
  const die = later === null ? '' : " die_id='0'";
  const cell = block(
    'cell',
    [
      `<memory unit='KiB'>${memoryKiB}</memory>`,
      ...(later === null ? [] : cellLines(host)),
      ...block(
        'cpus',
        cpus.map((cpu) => cpuRow(cpu, die)),
        `cpus num='${cpus.length}'`,
      ),
    ],
    "cell id='0'",
  );
  return block('topology', block('cells', cell, "cells num='1'"));
}

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
    ...element(
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

function machineLine({ name, canonical, maxCpus, deprecated }: GuestMachine): string {
  const real = canonical === null ? '' : ` canonical='${canonical}'`;
  const cpus = maxCpus > 0 ? ` maxCpus='${maxCpus}'` : '';
  const old = deprecated ? " deprecated='yes'" : '';
  return `<machine${real}${cpus}${old}>${name}</machine>`;
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
