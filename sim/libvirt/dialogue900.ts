/**
 * The 51 questions that libvirt 9.0 asks of a QEMU with KVM, and the five for what is left without.
 *
 * Models: libvirt v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitQMPMonitor, virQEMUCapsInitQMPVersionCaps,
 *   virQEMUCapsProbeQMPHostCPU, virQEMUCapsProbeQMPSGXCapabilities, virQEMUCapsInitQMPMonitorTCG
 *
 * query-kvm comes sixth. The machines are asked of each accelerator and remembered apart, so an entry without
 * KVM has no machine for a KVM domain: that is what `could not get preferred machine` means.
 */
import * as probes from './capsProbes.ts';
import { type Accel, cpuDefinitions } from './cpuQuestions.ts';
import * as dialogue from './dialogue.ts';
import type { Driver } from './driver.ts';
import type { JsonObject, Monitor } from './monitor.ts';
import { deviceProbes900, objectProbes900, retired900 } from './probes900.ts';
import { has, type QemuCaps, withFlags } from './qemuCaps.ts';
import { type Asked, ask, flagsFor, list, listed } from './questions.ts';
import { expansionOf, withMigratability } from './replies.ts';
import { inTrouble } from './virError.ts';

/** The static expansion is enough: 9.0 knows QEMU's canonical spellings. */
function* hostCpu(driver: Driver, mon: Monitor, caps: QemuCaps, accel: Accel): Asked<QemuCaps> {
  const name = accel === 'kvm' ? 'host' : 'max';
  const expand = (type: string, model: JsonObject) =>
    ask(driver, mon, 'query-cpu-model-expansion', { type, model }, 'GenericError');
  const first = yield* expand('static', { name });
  if (inTrouble(first)) return first;
  const host = first === null ? null : expansionOf(first);
  if (host === null) return caps;
  const second = yield* expand('static', { name, props: { migratable: false } });
  if (inTrouble(second)) return second;
  const other = second === null ? null : expansionOf(second);
  const judged = other === null ? host : withMigratability(host, other);
  return { ...caps, hostCpu: { ...caps.hostCpu, [accel]: judged } };
}

/** virQEMUCapsProbeHypervCapabilities: asked, and of no consequence here. */
function* hyperv(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  if (!has(caps, 'kvm')) return caps;
  const model = { name: 'host', props: { migratable: false, 'hv-passthrough': true } };
  const args = { type: 'full', model };
  const reply = yield* ask(driver, mon, 'query-cpu-model-expansion', args, 'GenericError');
  return inTrouble(reply) ? reply : caps;
}

function* devices(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const types = yield* list(driver, mon, 'qom-list-types', 'name', null, null);
  if (inTrouble(types)) return types;
  const tcg = types.includes('tcg-accel') ? ['tcg'] : [];
  const typed = withFlags(caps, [...flagsFor(probes.objectTypes, types), ...tcg]);
  const kinds = [
    ['device-list-properties', deviceProbes900],
    ['qom-list-properties', objectProbes900(caps.arch === 'i686' ? 'i386' : caps.arch)],
  ] as const;
  let probed: QemuCaps = typed;
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
  return inTrouble(found) ? found : caps;
}

/** KVM without SGX: GenericError. */
function* sgx(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-sgx-capabilities', null, 'GenericError');
  return inTrouble(reply) ? reply : caps;
}

const accelOf = (caps: QemuCaps): Accel => (has(caps, 'kvm') ? 'kvm' : 'tcg');

/** In the order of virQEMUCapsInitQMPMonitor. */
const questions: readonly dialogue.Question[] = [
  dialogue.target,
  (d, m, c) => dialogue.schema(d, m, withFlags(c, ['query-qmp-schema'])),
  (d, m, c) => listed(d, m, c, 'query-commands', 'name', probes.commands),
  dialogue.kvm,
  devices,
  dialogue.machines,
  noneMachine,
  (d, m, c) => cpuDefinitions(d, m, c, accelOf(c)),
  dialogue.tpm,
  dialogue.commandLine,
  (d, m, c) =>
    listed(d, m, c, 'query-migrate-capabilities', 'capability', probes.migrationCapabilities),
  dialogue.sev,
  sgx,
  (d, m, c) => hostCpu(d, m, c, accelOf(c)),
  hyperv,
];

export function* interview900(driver: Driver, mon: Monitor, before: QemuCaps): Asked<QemuCaps> {
  const caps = yield* dialogue.inTurn(questions, driver, mon, before);
  if (inTrouble(caps)) return caps;
  return { ...caps, flags: caps.flags.filter((flag) => !retired900.has(flag)) };
}

/** virQEMUCapsInitQMPMonitorTCG. */
export function* interviewTcg900(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const set = yield* ask(driver, mon, 'qmp_capabilities', null, null);
  if (inTrouble(set)) return set;
  const defined = yield* cpuDefinitions(driver, mon, caps, 'tcg');
  const host = inTrouble(defined) ? defined : yield* hostCpu(driver, mon, defined, 'tcg');
  return inTrouble(host) ? host : yield* dialogue.machines(driver, mon, host);
}
