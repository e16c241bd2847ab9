/**
 * What QEMU's replies mean, each list turned into libvirt's own terms.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_monitor_json.c qemuMonitorJSONGetKVMState,
 *   qemuMonitorJSONGetMachines, qemuMonitorJSONGetCPUDefinitions, qemuMonitorJSONParseCPUModelProperty,
 *   qemuMonitorJSONGetVersion; src/qemu/qemu_capabilities.c virQEMUCapsProbeQMPMachineTypes,
 *   virQEMUCapsSetDefaultMachine, virQEMUCapsProbeQMPHostCPU
 *
 * null stands for a reply that libvirt refuses.
 */
import { isArray, isObject, type Json, type JsonObject } from './monitor.ts';
import type { CpuModel, CpuProperty, HostCpu, Machine } from './qemuCaps.ts';

const stringIn = (json: Json, key: string): string | null => {
  const value = isObject(json) ? json[key] : undefined;
  return typeof value === 'string' ? value : null;
};

/** The strings at `key` of a list of objects; null when one lacks it. */
export function names(list: Json, key: string): readonly string[] | null {
  if (!isArray(list)) return null;
  const found = list.map((item) => stringIn(item, key));
  return found.every((name) => name !== null) ? found : null;
}

/** KVM is what is both compiled in and chosen. null: `query-kvm replied unexpected data`. */
export function kvmState(reply: Json): { present: boolean; enabled: boolean } | null {
  if (!isObject(reply)) return null;
  const { present, enabled } = reply;
  return typeof present === 'boolean' && typeof enabled === 'boolean' ? { present, enabled } : null;
}

export type QemuVersion = Readonly<{
  major: number;
  minor: number;
  micro: number;
  package: string;
}>;

export function versionOf(reply: Json): QemuVersion | string {
  const data: JsonObject = isObject(reply) ? reply : {};
  const { qemu } = data;
  if (!isObject(qemu)) return "query-version reply was missing 'qemu' data";
  for (const part of ['major', 'minor', 'micro']) {
    if (typeof qemu[part] !== 'number') return `query-version reply was missing '${part}' version`;
  }
  if (typeof data['package'] !== 'string')
    return "query-version reply was missing 'package' version";
  const number = (part: string) => Number(qemu[part]);
  return {
    major: number('major'),
    minor: number('minor'),
    micro: number('micro'),
    package: data['package'],
  };
}

const machine = (item: JsonObject): Machine | null => {
  const { name, alias } = item;
  const cpus = item['cpu-max'];
  if (typeof name !== 'string' || typeof cpus !== 'number') return null;
  return {
    name,
    alias: typeof alias === 'string' ? alias : null,
    maxCpus: cpus,
    hotplugCpus: item['hotpluggable-cpus'] === true,
    qemuDefault: item['is-default'] === true,
    defaultCpu: stringIn(item, 'default-cpu-type'),
    defaultRamId: stringIn(item, 'default-ram-id'),
    numaMem: item['numa-mem-supported'] === true,
    deprecated: item['deprecated'] === true,
  };
};

/** All but `none`; libvirt's own preference (`pc` on x86) moves to the front, else QEMU's default. */
export function machinesOf(reply: Json, preferred: string | null): readonly Machine[] | null {
  if (!isArray(reply)) return null;
  const all = reply.map((item) => (isObject(item) ? machine(item) : null));
  if (!all.every((m) => m !== null)) return null;
  const machines = all.filter((m) => m.name !== 'none');
  const first =
    machines.findLast((m) => m.alias === preferred || m.name === preferred) ??
    machines.findLast((m) => m.qemuDefault);
  return first === undefined ? machines : [first, ...machines.filter((m) => m !== first)];
}

/** A model without unavailable features is usable; one that QEMU says nothing of stays unknown. */
export function cpuModelsOf(reply: Json): readonly CpuModel[] | null {
  if (!isArray(reply)) return null;
  const models: CpuModel[] = [];
  for (const item of reply) {
    const name = stringIn(item, 'name');
    if (name === null || !isObject(item)) return null;
    const type = stringIn(item, 'typename');
    const missing = item['unavailable-features'];
    if (missing === undefined) {
      models.push({ name, type, usable: 'unknown', blockers: null });
      continue;
    }
    if (!isArray(missing) || !missing.every((b) => typeof b === 'string')) return null;
    const usable = missing.length === 0 ? 'yes' : 'no';
    models.push({ name, type, usable, blockers: missing.length === 0 ? null : missing });
  }
  return models;
}

function property([name, value]: readonly [string, Json]): readonly CpuProperty[] {
  if (typeof value === 'number' && !Number.isInteger(value)) return [];
  if (typeof value !== 'boolean' && typeof value !== 'string' && typeof value !== 'number')
    return [];
  return [{ name, value, migratable: null }];
}

/** The expanded model: its name and the properties that are text, number or truth. */
export function expansionOf(reply: Json): HostCpu | null {
  const model = isObject(reply) ? reply['model'] : undefined;
  if (!isObject(model)) return null;
  const { name, props } = model;
  if (typeof name !== 'string' || !isObject(props)) return null;
  return { model: name, migratability: false, properties: Object.entries(props).flatMap(property) };
}

/** What is on only with migratable=false is on, but would not survive a migration. */
export function withMigratability(host: HostCpu, nonMigratable: HostCpu): HostCpu {
  const other = new Map(nonMigratable.properties.map((p) => [p.name, p.value]));
  const properties = host.properties.map((p): CpuProperty => {
    const there = other.get(p.name);
    if (typeof p.value !== 'boolean' || typeof there !== 'boolean') return p;
    if (p.value) return { ...p, migratable: 'yes' };
    return there ? { ...p, value: true, migratable: 'no' } : p;
  });
  return { ...host, migratability: true, properties };
}
