/**
 * The questions that a probe asks of QEMU, in their order, and the knowledge that the answers make.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitQMPMonitor,
 *   virQEMUCapsInitQMPMonitorTCG, virQEMUCapsProbeQMPCommands, virQEMUCapsProbeQMPDevices,
 *   virQEMUCapsProbeQMPHostCPU and their sisters
 *
 * query-kvm comes fifth, and what it answers decides which host CPU is asked for at the end: `host` with
 * KVM, `max` without. The same questions, other answers; the entry remembers under which it was made.
 * Leaves out: GIC (ARM), machines of other architectures than x86 beyond their names.
 */
import { fromQemuArch, isArch, isX86 } from './arch.ts';
import * as probes from './capsProbes.ts';
import { type Accel, cpuDefinitions, hostCpu } from './cpuQuestions.ts';
import type { Driver } from './driver.ts';
import { isArray, isObject, type JsonObject, type Monitor } from './monitor.ts';
import { has, type QemuCaps, type Sev, withFlags, withoutFlag } from './qemuCaps.ts';
import { schemaHas, schemaOf } from './qmpSchema.ts';
import { type Asked, ask, flagsFor, list, listed, unexpected } from './questions.ts';
import { kvmState, machinesOf, names, versionOf } from './replies.ts';
import { versionNumber } from './switches.ts';
import { inTrouble } from './virError.ts';
import { report, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

/** The flags that no question reveals, because only the version number tells. */
function flagsOfVersion(version: number, arch: string): readonly string[] {
  const since: readonly (readonly [number, string])[] = [
    [1006000, 'device-video-primary'],
    [2002000, 'machine-vmport-opt'],
    [2004000, 'vhost-user-multiqueue'],
    [2004000, 'smm'],
    [2004000, 'sdl-gl'],
    [2004050, 'gic-version'],
    [2006000, 'kernel-irqchip.split'],
    [2010000, 'egl-headless'],
    [2010000, 'numa.dist'],
  ];
  const x86 = isX86(arch) ? ['no-acpi', 'no-hpet'] : arch === 'aarch64' ? ['no-acpi'] : [];
  return [...x86, ...since.filter(([from]) => version >= from).map(([, flag]) => flag)];
}

/** qmp_capabilities and query-version: failures here are no error, the binary just lacks QMP. */
function* greet(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps | null> {
  const set = yield* ask(driver, mon, 'qmp_capabilities', null, null);
  if (inTrouble(set)) {
    const text = `Failed to set monitor capabilities ${set.error.message}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitor:4167', text);
    return null;
  }
  const reply = yield* ask(driver, mon, 'query-version', null, null);
  const version = inTrouble(reply) ? reply.error.message : versionOf(reply);
  if (typeof version === 'string') {
    if (!inTrouble(reply)) yield* unexpected(driver, 'qemuMonitorJSONGetVersion', version);
    const text = `Failed to query monitor version ${version}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitor:4176', text);
    return null;
  }
  const { major, minor, micro } = version;
  const got = `Got version ${major}.${minor}.${micro} (${version.package})`;
  yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitor:4182', got);
  const number = major * 1000000 + minor * 1000 + micro;
  const { minimumQemu } = driver.self.switches;
  if (number < versionNumber(minimumQemu)) {
    const detail = `QEMU version >= ${minimumQemu} is required, but ${major}.${minor}.${micro} found`;
    return yield* report(
      driver.log,
      'virQEMUCapsInitQMPMonitor:4187',
      'QEMU',
      'CONFIG_UNSUPPORTED',
      detail,
    );
  }
  return { ...caps, version: number, package: version.package, usedQMP: true };
}

/** 9.0.0 takes for granted what its oldest QEMU can do. */
function flagsOfBuild(driver: Driver, version: number, arch: string): readonly string[] {
  if (driver.self.switches.probe === '5.0.0') return flagsOfVersion(version, arch);
  return [
    ...(isX86(arch) ? ['no-acpi', 'no-hpet'] : []),
    ...(version < 5002000 ? ['enable-fips'] : []),
  ];
}

export function* target(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-target', null, null);
  if (inTrouble(reply)) return reply;
  const said = isObject(reply) ? reply['arch'] : undefined;
  const arch = fromQemuArch(typeof said === 'string' ? said : '');
  if (!isArch(arch)) {
    return yield* unexpected(driver, 'virQEMUCapsInitQMPArch:4091', `Unknown QEMU arch ${said}`);
  }
  return withFlags({ ...caps, arch }, flagsOfBuild(driver, caps.version, arch));
}

/** virQEMUCapsProbeQMPKVMState; before 4.8.0 a present but unused KVM had a flag of its own. */
export function* kvm(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-kvm', null, 'CommandNotFound');
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
  table: readonly probes.PropertyProbe[],
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

function* devices(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const types = yield* list(driver, mon, 'qom-list-types', 'name', null, null);
  if (inTrouble(types)) return types;
  const typed = withFlags(caps, flagsFor(probes.objectTypes, types));
  const probed = yield* properties(
    driver,
    mon,
    typed,
    'device-list-properties',
    probes.deviceProbes,
  );
  if (inTrouble(probed) || !has(probed, 'qom-list-properties')) return probed;
  return yield* properties(driver, mon, probed, 'qom-list-properties', probes.objectProbes);
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
  options: probes.Pairs,
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
  queries: probes.Pairs,
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

/** The flags that one answer alone gets wrong. */
function corrected(before: QemuCaps): QemuCaps {
  let caps = before;
  if (caps.version < 2007000 && has(caps, 'intel-iommu')) {
    caps = withFlags(withoutFlag(caps, 'intel-iommu'), ['machine-iommu']);
  }
  if (caps.version < 2009000) caps = withoutFlag(caps, 'nvdimm');
  return isX86(caps.arch) && has(caps, 'query-cpu-model-expansion')
    ? withFlags(caps, ['cpu-cache'])
    : caps;
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

/** In the order of virQEMUCapsInitQMPMonitor. */
const questions: readonly Question[] = [
  target,
  (d, m, c) => listed(d, m, c, 'query-commands', 'name', probes.commands),
  kvm,
  (d, m, c) => listed(d, m, c, 'query-events', 'name', probes.events),
  devices,
  machines,
  (d, m, c) => cpuDefinitions(d, m, c, accelOf(c)),
  tpm,
  (d, m, c) => commandLine(d, m, c, probes.commandLineOptions),
  (d, m, c) =>
    listed(d, m, c, 'query-migrate-capabilities', 'capability', probes.migrationCapabilities),
  function* (d, m, c) {
    return has(c, 'query-qmp-schema') ? yield* schema(d, m, c, probes.schemaQueries) : c;
  },
  (d, m, c) => hostCpu(d, m, c, accelOf(c)),
  function* (_d, _m, c) {
    return corrected(c);
  },
  sev,
];

/** The greeting and the questions. The entry comes back unchanged (usedQMP false) where QEMU does not even greet. */
export function* inTurn(
  order: readonly Question[],
  driver: Driver,
  mon: Monitor,
  before: QemuCaps,
): Asked<QemuCaps> {
  const greeted = yield* greet(driver, mon, before);
  if (greeted === null) return before;
  let caps = greeted;
  for (const question of order) {
    if (inTrouble(caps)) return caps;
    caps = yield* question(driver, mon, caps);
  }
  return caps;
}

export const interview = (driver: Driver, mon: Monitor, before: QemuCaps): Asked<QemuCaps> =>
  inTurn(questions, driver, mon, before);

/** The second process, started without KVM: only what TCG makes of the CPU. */
export function* interviewTcg(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const set = yield* ask(driver, mon, 'qmp_capabilities', null, null);
  if (inTrouble(set)) {
    const text = `Failed to set monitor capabilities ${set.error.message}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitorTCG:4348', text);
    return caps;
  }
  const defined = yield* cpuDefinitions(driver, mon, caps, 'tcg');
  return inTrouble(defined) ? defined : yield* hostCpu(driver, mon, defined, 'tcg');
}
