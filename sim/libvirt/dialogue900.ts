/**
 * The 51 questions that libvirt 9.0 asks of a QEMU with KVM, and the five for what is left without.
 *
 * Models: libvirt v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitQMPMonitor, virQEMUCapsInitQMPVersionCaps,
 *   virQEMUCapsProbeQMPHostCPU, virQEMUCapsProbeQMPSGXCapabilities, virQEMUCapsInitQMPMonitorTCG
 *
 * query-kvm comes sixth. The machines are asked of each accelerator and remembered apart, so an entry without
 * KVM has no machine for a KVM domain: that is what `could not get preferred machine` means.
 */
import { type Accel, cpuDefinitions, expanderFor } from './cpuQuestions.ts';
import * as dialogue from './dialogue.ts';
import type { Driver } from './driver.ts';
import { target } from './greeting.ts';
import { isArray, isObject, type Monitor } from './monitor.ts';
import {
  commandLineOptions900,
  commands900,
  deviceProbes900,
  machineProps900,
  migrationCapabilities900,
  objectProbes900,
  objectTypes900,
  schemaQueries900,
} from './probes900.ts';
import { has, type QemuCaps, withFlags, withoutFlag } from './qemuCaps.ts';
import { type Asked, ask, flagsFor, list, listed } from './questions.ts';
import { expansionOf, withMigratability } from './replies.ts';
import { inTrouble } from './virError.ts';

/**
 * virQEMUCapsProbeQMPHostCPU. A QEMU whose `max` CPU lists its unavailable features spells features one way only,
 * and the static expansion is enough. What is asked of `host` is asked before anybody knows of TCG, so a QEMU
 * without KVM is asked of its `host` too, and of its Hyper-V features.
 */
function* hostCpu(driver: Driver, mon: Monitor, caps: QemuCaps, which: Asking): Asked<QemuCaps> {
  const { name, accel } = which;
  if (!has(caps, 'query-cpu-model-expansion')) return caps;
  const expand = expanderFor(caps);
  const host = yield* expand(driver, mon, { name });
  if (host === null) return caps;
  if (inTrouble(host)) return host;
  const other = yield* expand(driver, mon, { name, props: { migratable: false } });
  if (inTrouble(other)) return other;
  const judged = other === null ? host : withMigratability(host, other);
  const known = { ...caps, hostCpu: { ...caps.hostCpu, [accel]: judged } };
  return name === 'host' ? yield* hyperv(driver, mon, known) : known;
}

type Asking = Readonly<{ name: 'host' | 'max'; accel: Accel }>;

/** virQEMUCapsProbeHypervCapabilities: what hv-passthrough turns on; -1 retries and an empty name count too. */
function* hyperv(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const model = { name: 'host', props: { migratable: false, 'hv-passthrough': true } };
  const args = { type: 'full', model };
  const reply = yield* ask(driver, mon, 'query-cpu-model-expansion', args, 'GenericError');
  if (inTrouble(reply)) return reply;
  const full = reply === null ? null : expansionOf(reply);
  const on = (full?.properties ?? [])
    .filter(({ value }) => value === true || typeof value === 'string' || Number(value) > 0)
    .map(({ name }) => name.replace(/^hv-/, '').replaceAll('-', '_'));
  const found = enlightenments.filter((name) => on.includes(name));
  return found.length === 0 ? caps : { ...caps, hyperv: found };
}

/** virDomainHyperv, in its order. */
const enlightenments =
  'relaxed vapic spinlocks vpindex runtime synic stimer reset vendor_id frequencies reenlightenment tlbflush ipi evmcs avic'.split(
    ' ',
  );

/** virQEMUCapsDevicePropsVirtioBlkSCSIDefault: passing SCSI commands through is off unless asked for. */
function* scsiDefault(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const args = { typename: 'virtio-blk-pci' };
  const reply = yield* ask(driver, mon, 'device-list-properties', args, 'DeviceNotFound');
  if (inTrouble(reply)) return reply;
  const [probe] = deviceProbes900;
  const found = isArray(reply) ? reply.filter(isObject) : [];
  const flags = flagsFor(
    probe?.properties ?? [],
    found.map(({ name }) => String(name)),
  );
  const scsi = found.find(({ name }) => name === 'scsi');
  const off = scsi?.['default-value'] === false ? [SCSI_OFF] : [];
  return withFlags(caps, [...flags, ...off]);
}

const SCSI_OFF = 'virtio-blk-pci.scsi.default.disabled';

function* devices(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const types = yield* list(driver, mon, 'qom-list-types', 'name', null, null);
  if (inTrouble(types)) return types;
  const typed = withFlags(caps, flagsFor(objectTypes900, types));
  const first = yield* scsiDefault(driver, mon, typed);
  if (inTrouble(first)) return first;
  const kinds = [
    ['device-list-properties', deviceProbes900.slice(1)],
    ['qom-list-properties', objectProbes900],
  ] as const;
  let probed: QemuCaps = first;
  for (const [execute, table] of kinds) {
    const more = yield* dialogue.properties(driver, mon, probed, execute, table);
    if (inTrouble(more)) return more;
    probed = more;
  }
  return probed;
}

function* noneMachine(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const args = { typename: 'none-machine' };
  const found = yield* list(driver, mon, 'qom-list-properties', 'name', args, 'DeviceNotFound');
  return inTrouble(found) ? found : withFlags(caps, flagsFor(machineProps900, found));
}

function* definitions(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const accel = accelOf(caps);
  const defined = yield* cpuDefinitions(driver, mon, caps, accel);
  if (inTrouble(defined)) return defined;
  const hasMax = defined.cpuModels[accel]?.some(({ name }) => name === 'max') ?? false;
  return hasMax ? withFlags(defined, ['cpu-max']) : defined;
}

/** virQEMUCapsInitProcessCaps, virQEMUCapsInitProcessCapsInterlock. */
function concluded(caps: QemuCaps): QemuCaps {
  const when = (needed: readonly string[], flag: string): readonly string[] =>
    needed.every((name) => has(caps, name)) ? [flag] : [];
  const more = withFlags(caps, [
    ...when(['query-cpu-model-expansion'], 'cpu-cache'),
    ...when(['cpu-unavailable-features'], 'canonical-cpu-features'),
    ...when(['blockdev-reopen', 'migration-param.block-bitmap-mapping'], 'incremental-backup'),
    ...when(['object.qapified'], 'compat-deprecated'),
  ]);
  return has(more, 'machine-hpet') ? withoutFlag(more, 'no-hpet') : more;
}

/** virQEMUCapsProbeQMPSGXCapabilities. No modelled processor has SGX: GenericError, and the flag goes. */
function* sgx(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  if (!has(caps, 'sgx-epc')) return caps;
  const reply = yield* ask(driver, mon, 'query-sgx-capabilities', null, 'GenericError');
  return inTrouble(reply) ? reply : withoutFlag(caps, 'sgx-epc');
}

const accelOf = (caps: QemuCaps): Accel => (has(caps, 'kvm') ? 'kvm' : 'tcg');

/** In the order of virQEMUCapsInitQMPMonitor. */
const questions: readonly dialogue.Question[] = [
  target,
  (d, m, c) => dialogue.schema(d, m, c, schemaQueries900),
  (d, m, c) => listed(d, m, c, 'query-commands', 'name', commands900),
  dialogue.kvm,
  devices,
  dialogue.machines,
  noneMachine,
  definitions,
  dialogue.tpm,
  (d, m, c) => dialogue.commandLine(d, m, c, commandLineOptions900),
  (d, m, c) =>
    listed(d, m, c, 'query-migrate-capabilities', 'capability', migrationCapabilities900),
  dialogue.sev,
  sgx,
  function* (_d, _m, c) {
    return concluded(c);
  },
  (d, m, c) => hostCpu(d, m, c, { name: 'host', accel: accelOf(c) }),
];

export const interview900 = (driver: Driver, mon: Monitor, before: QemuCaps): Asked<QemuCaps> =>
  dialogue.inTurn(questions, driver, mon, before);

const MAX: Asking = { name: 'max', accel: 'tcg' };

/** virQEMUCapsInitQMPMonitorTCG. */
export function* interviewTcg900(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const set = yield* ask(driver, mon, 'qmp_capabilities', null, null);
  if (inTrouble(set)) return set;
  const defined = yield* cpuDefinitions(driver, mon, caps, 'tcg');
  const host = inTrouble(defined) ? defined : yield* hostCpu(driver, mon, defined, MAX);
  return inTrouble(host) ? host : yield* dialogue.machines(driver, mon, host);
}
