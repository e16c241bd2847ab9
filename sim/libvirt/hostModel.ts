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
import { type CpuDef, decodeCpu } from './cpuDecode.ts';
import type { HostCpu, QemuCaps } from './qemuCaps.ts';
import { type Log, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

const described = (cpu: HostCpu | null, arch: string): boolean => cpu !== null && isX86(arch);

export function* hostModelNotes(to: Log, hostArch: string, caps: QemuCaps): Sys<void> {
  if (!isNative(hostArch, caps.arch)) return;
  for (const cpu of [caps.hostCpu.kvm, caps.hostCpu.tcg]) {
    if (!described(cpu, caps.arch)) {
      const text = 'No host CPU model info from QEMU; probing host CPU directly';
      yield* log.debug(to, 'virQEMUCapsInitHostCPUModel:2969', text);
    }
    if (!cpu?.migratability) {
      const text = 'CPU migratability not provided by QEMU';
      yield* log.debug(to, 'virQEMUCapsInitHostCPUModel:3006', text);
    }
  }
}

/** virQEMUCapsInitCPUModelX86: QEMU's true properties as features, decoded among QEMU's own models. */
export function hostModel(caps: QemuCaps, accel: 'kvm' | 'tcg'): CpuDef | null {
  const cpu = caps.hostCpu[accel];
  if (cpu === null || !isX86(caps.arch)) return null;
  const number = (name: string) => Number(cpu.properties.find((p) => p.name === name)?.value ?? 0);
  return decodeCpu({
    vendor: String(cpu.properties.find((p) => p.name === 'vendor')?.value ?? ''),
    family: number('family'),
    model: number('model'),
    stepping: number('stepping'),
    features: cpu.properties.filter((p) => p.value === true).map((p) => p.name),
    allowed: caps.cpuModels[accel],
    host: false,
  });
}
