/**
 * The CPU model that a guest with `host-model` gets, worked out from QEMU's own description of the host.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitHostCPUModel,
 *   virQEMUCapsInitCPUModelX86
 *
 * Where QEMU described no CPU (an entry without KVM has none for KVM), the host's is taken, and the debug
 * log says so in two lines: they appear at each load of such an entry.
 * Leaves out: that fallback's result, which no modelled call shows; s390.
 */
import type { Sys } from '../kernel/program.ts';
import { isNative, isX86 } from './arch.ts';
import { type CpuDef, type Decoder, decodeCpu } from './cpuDecode.ts';
import { hasInvariantTsc } from './hostCaps.ts';
import type { Self } from './isValid.ts';
import { tscInfo } from './kvmHost.ts';
import { type HostCpu, has, type QemuCaps } from './qemuCaps.ts';
import { type Log, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

const described = (cpu: HostCpu | null, arch: string): boolean => cpu !== null && isX86(arch);

/**
 * Of the accelerators that the entry has, and before 9.0 of both. From 5.5.0 this is also a look at the host's own CPU,
 * and with it a VM: for KVM's sake, or, before 9.0, because QEMU without KVM had nothing to say for it.
 */
export function* hostModelNotes(to: Log, { hostArch, switches }: Self, caps: QemuCaps): Sys<void> {
  if (!isNative(hostArch, caps.arch)) return;
  const later = switches.documents === '9.0.0';
  const { kvm, tcg } = caps.hostCpu;
  for (const cpu of later && !has(caps, 'kvm') ? [tcg] : [kvm, tcg]) {
    if (!described(cpu, caps.arch)) {
      const text = 'No host CPU model info from QEMU; probing host CPU directly';
      yield* log.debug(to, 'virQEMUCapsInitHostCPUModel:2969', text);
    }
    if (!cpu?.migratability) {
      const text = 'CPU migratability not provided by QEMU';
      yield* log.debug(to, 'virQEMUCapsInitHostCPUModel:3006', text);
    }
  }
  const asks = switches.asksClock !== 'never' && (has(caps, 'kvm') || !later);
  if (asks && (yield* hasInvariantTsc())) yield* tscInfo(to);
}

/** virQEMUCapsCPUFeaturesX86: where QEMU's spelling is not the map's. Other QEMUs have been asked for all spellings. */
const qemuNames: Readonly<Record<string, string>> = {
  'cmp-legacy': 'cmp_legacy',
  'ds-cpl': 'ds_cpl',
  'fxsr-opt': 'fxsr_opt',
  'kvm-pv-eoi': 'kvm_pv_eoi',
  'kvm-pv-unhalt': 'kvm_pv_unhalt',
  'lahf-lm': 'lahf_lm',
  'nodeid-msr': 'nodeid_msr',
  pclmulqdq: 'pclmuldq',
  'perfctr-core': 'perfctr_core',
  'perfctr-nb': 'perfctr_nb',
  'tsc-adjust': 'tsc_adjust',
};

const fromQemu = (name: string): string => qemuNames[name] ?? name;

/** virQEMUCapsInitCPUModelX86: QEMU's true properties as features, decoded among QEMU's own models. */
export function hostModel(caps: QemuCaps, accel: 'kvm' | 'tcg', decoder: Decoder): CpuDef | null {
  const cpu = caps.hostCpu[accel];
  if (cpu === null || !isX86(caps.arch)) return null;
  const named = has(caps, 'canonical-cpu-features') ? fromQemu : (name: string) => name;
  const allowed = (caps.cpuModels[accel] ?? []).map((model) => ({
    ...model,
    blockers: model.blockers?.map(named) ?? null,
  }));
  const number = (name: string) => Number(cpu.properties.find((p) => p.name === name)?.value ?? 0);
  return decodeCpu({
    vendor: String(cpu.properties.find((p) => p.name === 'vendor')?.value ?? ''),
    family: number('family'),
    model: number('model'),
    stepping: number('stepping'),
    features: cpu.properties.filter((p) => p.value === true).map((p) => named(p.name)),
    allowed: caps.cpuModels[accel] === null ? null : allowed,
    host: false,
    decoder,
  });
}

/** virQEMUCapsIsCPUModeSupported. */
export function cpuModeSupported(
  caps: QemuCaps,
  virtType: string,
  mode: string,
  decoder: Decoder,
): boolean {
  const accel = virtType === 'kvm' ? 'kvm' : 'tcg';
  if (mode === 'host-passthrough') return virtType === 'kvm';
  if (mode === 'host-model') return hostModel(caps, accel, decoder) !== null;
  if (mode === 'maximum') return has(caps, 'cpu-max');
  return (caps.cpuModels[accel] ?? []).length > 0;
}
