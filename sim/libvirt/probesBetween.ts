/**
 * What in QEMU's replies makes which flag, from libvirt 4.8.0 to 6.0.0: each version by what it changed.
 *
 * Models: libvirt v4.8.0, v5.0.0, v5.1.0, v5.6.0, v6.0.0 src/qemu/qemu_capabilities.c, the tables of capsProbes.ts
 *
 * A flag that is taken for granted is asked for no longer, and so is gone from the cache file.
 * Leaves out: machine properties, which ask about other architectures only.
 */
import * as first from './capsProbes.ts';
import { type Pairs, type PropertyProbe, pairs } from './capsProbes.ts';

export type ProbeTables = Readonly<{
  commands: Pairs;
  events: Pairs;
  migrationCapabilities: Pairs;
  objectTypes: Pairs;
  schemaQueries: Pairs;
  commandLineOptions: Pairs;
  deviceProbes: readonly PropertyProbe[];
  objectProbes: readonly PropertyProbe[];
}>;

const without = (table: Pairs, flags: readonly string[]): Pairs =>
  table.filter(([, flag]) => !flags.includes(flag));

const tables500: ProbeTables = first;

/** What 5.0.0 has learnt since 4.8.0. */
export const flagsOf500: readonly string[] =
  `vfio-ap zpci memory-backend-memfd memory-backend-memfd.hugetlb iothread.poll-max-ns
  machine.pseries.cap-nested-hv egl-headless.rendernode memory-backend-file.align
  memory-backend-file.pmem nvdimm.unarmed`.split(/\s+/);

const asked480 = (probes: readonly PropertyProbe[]): readonly PropertyProbe[] =>
  probes
    .filter(({ type }) => type !== 'nvdimm' && type !== 'memory-backend-memfd')
    .map((probe) => ({ ...probe, properties: without(probe.properties, flagsOf500) }));

const tables480: ProbeTables = {
  ...tables500,
  objectTypes: without(tables500.objectTypes, flagsOf500),
  schemaQueries: without(tables500.schemaQueries, flagsOf500),
  deviceProbes: asked480(tables500.deviceProbes),
  objectProbes: asked480(tables500.objectProbes),
};

/** 7d114e1b72: the types that guests are given, not their deprecated parents. */
const askedOf: Readonly<Record<string, readonly [type: string, more: string]>> = {
  'scsi-disk': ['scsi-hd', 'device_id=scsi-disk.device_id'],
  'ide-drive': ['ide-hd', ''],
};

function renamed(probe: PropertyProbe): PropertyProbe {
  const [type = probe.type, more = ''] = askedOf[probe.type] ?? [];
  return { ...probe, type, properties: [...probe.properties, ...(more ? pairs(more) : [])] };
}

/** Which events there are is now read from the schema, where QEMU has one (398d5766b3, 22d7222ec0). */
const tables510: ProbeTables = {
  ...tables500,
  events: without(
    tables500.events,
    'balloon-event seamless-migration device-del-event device-tray-moved-event'.split(' '),
  ),
  objectTypes: without(tables500.objectTypes, 'scsi-cd ide-cd'.split(' ')),
  deviceProbes: tables500.deviceProbes.map(renamed),
};

const transitional = 'blk net scsi rng 9p balloon input-host serial'
  .split(' ')
  .map((name) => `virtio-${name}-pci`)
  .concat('vhost-scsi-pci', 'vhost-vsock-pci')
  .flatMap((type) => [`${type}-transitional`, `${type}-non-transitional`])
  .map((type) => [type, 'virtio-pci-non-transitional'] as const);

const maxCpu = (type: string, condition: string): PropertyProbe => ({
  type,
  condition,
  properties: pairs('unavailable-features=cpu-unavailable-features'),
});

const tables560: ProbeTables = {
  ...tables510,
  commands: [
    ...without(
      tables510.commands,
      'transaction block-job-async block-commit drive-mirror blockdev-snapshot-sync'.split(' '),
    ),
    ...pairs('query-current-machine block-dirty-bitmap-merge=bitmap-merge'),
  ],
  objectTypes: [
    ...tables510.objectTypes,
    ...transitional,
    ...pairs('max-x86_64-cpu=x86-max-cpu bochs-display'),
  ],
  schemaQueries: [
    ...tables510.schemaQueries,
    ...pairs('nbd-server-add/arg-type/bitmap=nbd-bitmap'),
  ],
  commandLineOptions: [
    ...without(tables510.commandLineOptions, 'mlock'.split(' ')),
    ...pairs('overcommit'),
  ],
  objectProbes: [
    ...tables510.objectProbes.filter(({ type }) => type !== 'spapr-machine'),
    maxCpu('max-x86_64-cpu', 'x86-max-cpu'),
  ],
};

const tables600: ProbeTables = {
  ...tables560,
  commands: [
    ...tables560.commands,
    ...pairs('query-cpu-model-baseline query-cpu-model-comparison'),
  ],
  objectTypes: [
    ...tables560.objectTypes,
    ...pairs('dbus-vmstate vhost-user-gpu vhost-user-vga ramfb max-arm-cpu=arm-max-cpu'),
  ],
  schemaQueries: [
    ...tables560.schemaQueries,
    ...pairs(`
      blockdev-add/arg-type/+file/drop-cache=migration-file-drop-cache
      blockdev-add/arg-type/+file/$dynamic-auto-read-only=blockdev-file-dynamic-auto-read-only
      human-monitor-command/$savevm-monitor-nodes=savevm-monitor-nodes
      blockdev-add/arg-type/+nvme=drive-nvme`),
  ],
  objectProbes: [...tables560.objectProbes, maxCpu('max-arm-cpu', 'arm-max-cpu')],
};

export const probeTables = {
  '4.8.0': tables480,
  '5.0.0': tables500,
  '5.1.0': tables510,
  '5.6.0': tables560,
  '6.0.0': tables600,
} as const;
