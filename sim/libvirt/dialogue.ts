/**
 * The questions that a probe asks of QEMU, in their order, and the knowledge that the answers make.
 *
 * Models: libvirt v5.0.0 to v6.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitQMPMonitor,
 *   virQEMUCapsInitQMPMonitorTCG, virQEMUCapsProbeQMPCommands, virQEMUCapsProbeQMPDevices,
 *   virQEMUCapsProbeQMPHostCPU and their sisters
 *
 * query-kvm comes fifth, and what it answers decides which host CPU is asked for at the end: `host` with
 * KVM, `max` without. The same questions, other answers; the entry remembers under which it was made.
 * Leaves out: GIC (ARM), machines of other architectures than x86 beyond their names.
 */
import { isX86 } from './arch.ts';
import type { Pairs, PropertyProbe } from './capsProbes.ts';
import { type Accel, cpuDefinitions, hostCpu } from './cpuQuestions.ts';
import type { Driver } from './driver.ts';
import { greet, target } from './greeting.ts';
import { isArray, isObject, type JsonObject, type Monitor } from './monitor.ts';
import { type ProbeTables, probeTables } from './probesBetween.ts';
import { has, type QemuCaps, type Sev, withFlags, withoutFlag } from './qemuCaps.ts';
import { schemaHas, schemaOf } from './qmpSchema.ts';
import { type Asked, ask, flagsFor, list, listed, unexpected } from './questions.ts';
import { kvmState, machinesOf, names } from './replies.ts';
import type { LibvirtSwitches } from './switches.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

type Probe = LibvirtSwitches['probe'];

/** virQEMUCapsProbeQMPKVMState; before 4.8.0 a present but unused KVM had a flag of its own. */
export function* kvm(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  // 9.0 asks only QEMUs that know the command.
  const tolerated = driver.self.switches.probe === '9.0.0' ? null : 'CommandNotFound';
  const reply = yield* ask(driver, mon, 'query-kvm', null, tolerated);
  if (inTrouble(reply)) return reply;
  if (reply === null) return caps;
  const state = kvmState(reply);
  if (state === null) {
    return yield* unexpected(
      driver,
      'qemuMonitorJSONGetKVMState',
      'query-kvm replied unexpected data',
    );
  }
  if (state.present && state.enabled) return withFlags(caps, ['kvm']);
  const old = driver.self.switches.kvmAdvert === 'device exists';
  return old && state.present ? withFlags(caps, ['enable-kvm']) : caps;
}

export function* properties(
  driver: Driver,
  mon: Monitor,
  before: QemuCaps,
  execute: string,
  table: readonly PropertyProbe[],
): Asked<QemuCaps> {
  let caps = before;
  for (const probe of table) {
    if (probe.condition !== null && !has(caps, probe.condition)) continue;
    const args = { typename: probe.type };
    const found = yield* list(driver, mon, execute, 'name', args, 'DeviceNotFound');
    if (inTrouble(found)) return found;
    caps = withFlags(caps, flagsFor(probe.properties, found));
  }
  return caps;
}

function* devices(
  driver: Driver,
  mon: Monitor,
  caps: QemuCaps,
  { objectTypes, deviceProbes, objectProbes }: ProbeTables,
): Asked<QemuCaps> {
  const types = yield* list(driver, mon, 'qom-list-types', 'name', null, null);
  if (inTrouble(types)) return types;
  const typed = withFlags(caps, flagsFor(objectTypes, types));
  const probed = yield* properties(driver, mon, typed, 'device-list-properties', deviceProbes);
  if (inTrouble(probed) || !has(probed, 'qom-list-properties')) return probed;
  return yield* properties(driver, mon, probed, 'qom-list-properties', objectProbes);
}

export function* machines(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-machines', null, null);
  if (inTrouble(reply)) return reply;
  const found = machinesOf(reply, isX86(caps.arch) ? 'pc' : null);
  if (found !== null) return { ...caps, machines: found };
  return yield* unexpected(
    driver,
    'qemuMonitorJSONGetMachines',
    "query-machines reply data was missing 'name'",
  );
}

export function* tpm(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const models = yield* list(driver, mon, 'query-tpm-models', null);
  if (inTrouble(models)) return models;
  const types = yield* list(driver, mon, 'query-tpm-types', null);
  if (inTrouble(types)) return types;
  return withFlags(caps, [
    ...['tpm-tis', 'tpm-crb'].filter((m) => models.includes(m)),
    ...['passthrough', 'emulator'].filter((t) => types.includes(t)).map((t) => `tpm-${t}`),
  ]);
}

export function* commandLine(
  driver: Driver,
  mon: Monitor,
  caps: QemuCaps,
  options: Pairs,
): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-command-line-options', null, null);
  if (inTrouble(reply)) return reply;
  const found = new Set<string>();
  for (const item of isArray(reply) ? reply.filter(isObject) : []) {
    found.add(String(item['option']));
    for (const name of names(item['parameters'] ?? [], 'name') ?? []) {
      found.add(`${item['option']}/${name}`);
    }
  }
  return withFlags(caps, flagsFor(options, [...found]));
}

export function* schema(
  driver: Driver,
  mon: Monitor,
  caps: QemuCaps,
  queries: Pairs,
): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-qmp-schema', null, null);
  if (inTrouble(reply)) return reply;
  const known = schemaOf(reply);
  if (known === null)
    return yield* unexpected(driver, 'virQEMUQAPISchemaEntryProcess', 'malformed QMP schema');
  const there = queries.filter(([path]) => schemaHas(known, path));
  return withFlags(
    caps,
    there.map(([, flag]) => flag),
  );
}

/** The flags that one answer alone gets wrong: virQEMUCapsInitProcessCaps, and before it had a name. */
function corrected(before: QemuCaps, probe: Probe): QemuCaps {
  let caps = before;
  if (caps.version < 2007000 && has(caps, 'intel-iommu')) {
    caps = withFlags(withoutFlag(caps, 'intel-iommu'), ['machine-iommu']);
  }
  if (caps.version < 2009000) caps = withoutFlag(caps, 'nvdimm');
  const every = (...flags: readonly string[]) => flags.every((flag) => has(caps, flag));
  return withFlags(caps, [
    ...(isX86(caps.arch) && has(caps, 'query-cpu-model-expansion') ? ['cpu-cache'] : []),
    // 5030a7450b (5.6.0): such a QEMU spells its features one way only. Only that probe asks.
    ...(has(caps, 'cpu-unavailable-features') ? ['canonical-cpu-features'] : []),
    ...(probe === '6.0.0' &&
    every('blockdev-file-dynamic-auto-read-only', 'scsi-disk.device_id', 'savevm-monitor-nodes')
      ? ['blockdev']
      : []),
  ]);
}

/** KVM not enabled, or firmware without SEV: GenericError, and the flag goes. */
export function* sev(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  if (!has(caps, 'sev-guest')) return caps;
  const reply = yield* ask(driver, mon, 'query-sev-capabilities', null, 'GenericError');
  if (inTrouble(reply)) return reply;
  if (reply === null) return withoutFlag(caps, 'sev-guest');
  const data: JsonObject = isObject(reply) ? reply : {};
  for (const field of ['cbitpos', 'reduced-phys-bits', 'pdh', 'cert-chain']) {
    if (field in data) continue;
    const detail = `query-sev-capabilities reply was missing '${field}' field`;
    return yield* unexpected(driver, 'qemuMonitorJSONGetSEVCapabilities', detail);
  }
  const found: Sev = {
    cbitpos: Number(data['cbitpos']),
    reducedPhysBits: Number(data['reduced-phys-bits']),
    pdh: String(data['pdh']),
    certChain: String(data['cert-chain']),
  };
  return { ...caps, sev: found };
}

export type Question = (driver: Driver, mon: Monitor, caps: QemuCaps) => Asked<QemuCaps>;

const accelOf = (caps: QemuCaps): Accel => (has(caps, 'kvm') ? 'kvm' : 'tcg');

const askedForEvents = (probe: Probe): boolean => probe === '4.8.0' || probe === '5.0.0';

/** 398d5766b3 (5.1.0): events are read from the schema, and asked for only where there is none. */
const eventsInSchema = (queries: Pairs, events: Pairs, probe: Probe): Pairs =>
  askedForEvents(probe) ? queries : [...queries, ...events];

/** In the order of virQEMUCapsInitQMPMonitor. SEV is asked for before the CPU since 5.6.0. */
function questionsOf(probe: keyof typeof probeTables): readonly Question[] {
  const tables = probeTables[probe];
  const corrections: Question = function* (_d, _m, c) {
    return corrected(c, probe);
  };
  const host: Question = (d, m, c) => hostCpu(d, m, c, accelOf(c));
  const early = askedForEvents(probe) || probe === '5.1.0';
  return [
    target,
    (d, m, c) => listed(d, m, c, 'query-commands', 'name', tables.commands),
    kvm,
    function* (d, m, c) {
      if (!askedForEvents(probe) && has(c, 'query-qmp-schema')) return c;
      return yield* listed(d, m, c, 'query-events', 'name', tables.events);
    },
    (d, m, c) => devices(d, m, c, tables),
    machines,
    (d, m, c) => cpuDefinitions(d, m, c, accelOf(c)),
    tpm,
    (d, m, c) => commandLine(d, m, c, tables.commandLineOptions),
    (d, m, c) =>
      listed(d, m, c, 'query-migrate-capabilities', 'capability', tables.migrationCapabilities),
    function* (d, m, c) {
      if (!has(c, 'query-qmp-schema')) return c;
      const queries = eventsInSchema(tables.schemaQueries, tables.events, probe);
      return yield* schema(d, m, c, queries);
    },
    ...(early ? [host, corrections, sev] : [sev, corrections, host]),
  ];
}

const questions = {
  '4.8.0': questionsOf('4.8.0'),
  '5.0.0': questionsOf('5.0.0'),
  '5.1.0': questionsOf('5.1.0'),
  '5.6.0': questionsOf('5.6.0'),
  '6.0.0': questionsOf('6.0.0'),
} as const;

/** The greeting and the questions. The entry comes back unchanged (usedQMP false) where QEMU does not even greet. */
export function* inTurn(
  order: readonly Question[],
  driver: Driver,
  mon: Monitor,
  before: QemuCaps,
): Asked<QemuCaps> {
  const greeted = yield* greet(driver, mon, before);
  if (greeted === null) return before;
  let caps: QemuCaps | Trouble = greeted;
  for (const question of order) {
    if (inTrouble(caps)) return caps;
    caps = yield* question(driver, mon, caps);
  }
  return caps;
}

export function* interview(driver: Driver, mon: Monitor, before: QemuCaps): Asked<QemuCaps> {
  const { probe } = driver.self.switches;
  if (probe === '9.0.0') throw new Error('libvirt 9.0 asks in another order: dialogue900.ts');
  return yield* inTurn(questions[probe], driver, mon, before);
}

/** The second process, started without KVM: only what TCG makes of the CPU, and from 6.0.0 (e41e3b29be) its machines. */
export function* interviewTcg(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const set = yield* ask(driver, mon, 'qmp_capabilities', null, null);
  const { uniqueQmpDirectory, machinesPerAccelerator } = driver.self.switches;
  if (inTrouble(set)) {
    if (uniqueQmpDirectory) return set;
    const text = `Failed to set monitor capabilities ${set.error.message}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitorTCG:4348', text);
    return caps;
  }
  const defined = yield* cpuDefinitions(driver, mon, caps, 'tcg');
  const known = inTrouble(defined) ? defined : yield* hostCpu(driver, mon, defined, 'tcg');
  if (inTrouble(known) || !machinesPerAccelerator) return known;
  return yield* machines(driver, mon, known);
}
