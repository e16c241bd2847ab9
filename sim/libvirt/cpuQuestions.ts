/**
 * The questions about CPUs: which models, and what the host's own CPU amounts to.
 *
 * Models: libvirt v5.0.0, v5.6.0 src/qemu/qemu_capabilities.c virQEMUCapsProbeQMPCPUDefinitions,
 *   virQEMUCapsProbeQMPHostCPU; src/qemu/qemu_monitor_json.c qemuMonitorJSONGetCPUModelExpansion
 *
 * Without KVM the same questions are asked of `max` instead of `host`, and the answers kept as TCG's.
 */
import type { Driver } from './driver.ts';
import { isObject, type JsonObject, type Monitor } from './monitor.ts';
import { type HostCpu, has, type QemuCaps } from './qemuCaps.ts';
import { type Asked, ask, unexpected } from './questions.ts';
import { cpuModelsOf, expansionOf, withMigratability } from './replies.ts';
import { inTrouble, type Trouble } from './virError.ts';

export type Accel = 'kvm' | 'tcg';

export function* cpuDefinitions(
  driver: Driver,
  mon: Monitor,
  caps: QemuCaps,
  accel: Accel,
): Asked<QemuCaps> {
  if (!has(caps, 'query-cpu-definitions')) return caps;
  const reply = yield* ask(driver, mon, 'query-cpu-definitions', null, 'GenericError');
  if (inTrouble(reply)) return reply;
  const models = reply === null ? [] : cpuModelsOf(reply);
  if (models !== null) return { ...caps, cpuModels: { ...caps.cpuModels, [accel]: models } };
  const detail = "query-cpu-definitions reply data was missing 'name'";
  return yield* unexpected(driver, 'qemuMonitorJSONGetCPUDefinitions', detail);
}

/** STATIC_FULL: the static expansion first, then the full expansion of its result, for all spellings. */
export function* expansion(driver: Driver, mon: Monitor, model: JsonObject): Asked<HostCpu | null> {
  const execute = 'query-cpu-model-expansion';
  const first = yield* ask(driver, mon, execute, { type: 'static', model }, 'GenericError');
  if (inTrouble(first) || first === null) return first as Trouble | null;
  const base = isObject(first) ? first['model'] : undefined;
  if (!isObject(base)) {
    const detail = `${execute} reply data was missing 'model'`;
    return yield* unexpected(driver, 'qemuMonitorJSONGetCPUModelExpansion', detail);
  }
  const second = yield* ask(driver, mon, execute, { type: 'full', model: base }, 'GenericError');
  if (inTrouble(second) || second === null) return second as Trouble | null;
  const host = expansionOf(second);
  if (host !== null) return host;
  const detail = `${execute} reply data was missing 'props'`;
  return yield* unexpected(driver, 'qemuMonitorJSONGetCPUModelExpansion', detail);
}

/** What a QEMU with one spelling of each feature is asked: the static expansion is enough. */
function* staticExpansion(driver: Driver, mon: Monitor, model: JsonObject): Asked<HostCpu | null> {
  const args = { type: 'static', model };
  const reply = yield* ask(driver, mon, 'query-cpu-model-expansion', args, 'GenericError');
  if (inTrouble(reply) || reply === null) return reply as Trouble | null;
  return expansionOf(reply);
}

/** virQEMUCapsProbeQMPHostCPU, 5030a7450b (5.6.0): the flag says which. */
export const expanderFor = (caps: QemuCaps): typeof expansion =>
  has(caps, 'canonical-cpu-features') ? staticExpansion : expansion;

export function* hostCpu(
  driver: Driver,
  mon: Monitor,
  caps: QemuCaps,
  accel: Accel,
): Asked<QemuCaps> {
  if (!has(caps, 'query-cpu-model-expansion')) return caps;
  const name = accel === 'kvm' ? 'host' : 'max';
  const expand = expanderFor(caps);
  const host = yield* expand(driver, mon, { name });
  if (host === null) return caps;
  if (inTrouble(host)) return host;
  const other = yield* expand(driver, mon, { name, props: { migratable: false } });
  if (inTrouble(other)) return other;
  const judged = other === null ? host : withMigratability(host, other);
  return { ...caps, hostCpu: { ...caps.hostCpu, [accel]: judged } };
}
