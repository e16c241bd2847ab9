/**
 * May cached knowledge of a binary still be trusted?
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsIsValid, virQEMUCapsKVMSupportsNesting
 *
 * The checks come in this order, each with its own line in the debug log. An entry without KVM on a host
 * where KVM is not usable is *valid*: that is why the wrong negative is so stable. And a new kernel, new
 * microcode or a changed `nested` is not even looked at unless the entry has KVM.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile, stat } from '../libc/sys.ts';
import { isNative } from './arch.ts';
import type { RunAs } from './identity.ts';
import { type KvmMemo, kvmUsable } from './kvmUsable.ts';
import { has, type QemuCaps } from './qemuCaps.ts';
import { type LibvirtSwitches, versionNumber } from './switches.ts';
import { type Log, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

/** What the daemon sampled at its start and compares with ever after. */
export type Self = Readonly<{
  hostArch: string;
  /** virGetSelfLastChanged: when libvirtd or one of its drivers was last installed, in seconds. */
  ctime: number;
  microcodeVersion: number;
  /** virHostCPUGetSignature; looked at from 6.4.0. */
  hostCpuSignature: string | null;
  /** `uname -r` and `uname -v`, with a blank between. */
  kernelVersion: string | null;
  /** virCPUDataGetHost; looked at by 9.0. */
  cpuData: readonly string[] | null;
  runAs: RunAs;
  switches: LibvirtSwitches;
}>;

export type Refusal = Readonly<{ where: string; why: string }>;

/** The first check: who wrote the entry. */
export function refuseForeignEntry(caps: QemuCaps, self: Self): Refusal | null {
  const version = versionNumber(self.switches.version);
  if (caps.libvirtCtime === self.ctime && caps.libvirtVersion === version) return null;
  const why =
    `Outdated capabilities for '${caps.binary}': libvirt changed ` +
    `(${caps.libvirtCtime} vs ${self.ctime}, ${caps.libvirtVersion} vs ${version})`;
  return { where: 'virQEMUCapsIsValid:3975', why };
}

export function refuseChangedBinary(caps: QemuCaps, ctime: number): Refusal | null {
  if (ctime === caps.ctime) return null;
  const why =
    `Outdated capabilities for '${caps.binary}': QEMU binary changed ` +
    `(${ctime} vs ${caps.ctime})`;
  return { where: 'virQEMUCapsIsValid:3994', why };
}

/** The check of the incident: the entry against what access(2) said, now or when it was last asked. */
export function refuseKvm(caps: QemuCaps, usable: boolean): Refusal | null {
  const kvm = has(caps, 'kvm');
  if (!kvm && usable) {
    const why = `KVM was not enabled when probing '${caps.binary}', but it should be usable now`;
    return { where: 'virQEMUCapsIsValid:4013', why };
  }
  if (kvm && !usable) {
    const why = `KVM was enabled when probing '${caps.binary}', but it is not available now`;
    return { where: 'virQEMUCapsIsValid:4021', why };
  }
  return null;
}

const sameRows = (some: readonly string[], others: readonly string[] | null): boolean =>
  some.join() === others?.join();

/** virFileExists, st_mtime: 0 where there is no such directory, or this libvirt does not look. */
export function* moduleDirTime({ qemuModuleDir }: LibvirtSwitches): Sys<number> {
  const found = qemuModuleDir === null ? null : yield* stat(qemuModuleDir);
  return found === null || failed(found) ? 0 : Math.floor(found.mtime / 1000);
}

/** 6.8.0 and later look at the modules before anything else. */
export function refuseChangedModules(caps: QemuCaps, self: Self, mtime: number): Refusal | null {
  if (mtime === 0 || mtime === caps.modDirMtime) return null;
  const why =
    `Outdated capabilities for '${caps.binary}': QEMU modules directory ` +
    `'${self.switches.qemuModuleDir}' changed (${mtime} vs ${caps.modDirMtime})`;
  return { where: 'virQEMUCapsIsValid:5313', why };
}

/** The checks that only an entry with KVM has to stand. */
export function refuseChangedHost(caps: QemuCaps, self: Self, nested: boolean): Refusal | null {
  const outdated = `Outdated capabilities for '${caps.binary}':`;
  if (self.switches.checksCpuSignature && self.hostCpuSignature !== caps.hostCpuSignature) {
    const signatures = `('${caps.hostCpuSignature}' vs '${self.hostCpuSignature}')`;
    const why = `${outdated} host CPU changed ${signatures}`;
    return { where: 'virQEMUCapsIsValid:5376', why };
  }
  if (self.microcodeVersion !== caps.microcodeVersion) {
    const versions = `(${self.microcodeVersion} vs ${caps.microcodeVersion})`;
    const why = `${outdated} microcode version changed ${versions}`;
    return { where: 'virQEMUCapsIsValid:4029', why };
  }
  if (self.kernelVersion !== caps.kernelVersion) {
    const versions = `('${self.kernelVersion}' vs '${caps.kernelVersion}')`;
    const why = `${outdated} kernel version changed ${versions}`;
    return { where: 'virQEMUCapsIsValid:4038', why };
  }
  const { cpuData } = self;
  if (self.switches.checksCpuid && cpuData !== null && !sameRows(cpuData, caps.cpuData)) {
    return { where: 'virQEMUCapsIsValid:5404', why: `${outdated} host cpuid changed` };
  }
  if (!self.switches.checksNesting || nested === caps.kvmSupportsNesting) return null;
  const before = caps.kvmSupportsNesting ? 1 : 0;
  const why = `${outdated} kvm kernel nested value changed from ${before}`;
  return { where: 'virQEMUCapsIsValid:4048', why };
}

/** The first of kvm_intel, kvm_amd, kvm_hv, kvm that has the parameter decides: Y, y or 1 is yes. */
export function* kvmSupportsNesting(): Sys<boolean> {
  for (const module of ['kvm_intel', 'kvm_amd', 'kvm_hv', 'kvm']) {
    const text = yield* readFile(`/sys/module/${module}/parameters/nested`);
    if (!failed(text)) return /^[Yy1]/.test(text);
    if (text.errno !== 'ENOENT') return false;
  }
  return false;
}

export type Verdict = Readonly<{ valid: boolean; memo: KvmMemo }>;

export function* isValid(to: Log, self: Self, memo: KvmMemo, caps: QemuCaps): Sys<Verdict> {
  const modules = refuseChangedModules(caps, self, yield* moduleDirTime(self.switches));
  const foreign = modules ?? refuseForeignEntry(caps, self);
  if (foreign) return yield* refused(to, foreign, memo);
  const binary = yield* stat(caps.binary);
  if (failed(binary)) {
    const why = `Failed to stat QEMU binary '${caps.binary}': ${strerror(binary.errno)}`;
    return yield* refused(to, { where: 'virQEMUCapsIsValid:3987', why }, memo);
  }
  const changed = refuseChangedBinary(caps, Math.floor(binary.ctime / 1000));
  if (changed) return yield* refused(to, changed, memo);
  if (self.switches.skipsForeign && !isNative(self.hostArch, caps.arch)) {
    const skip =
      `Guest arch (${caps.arch}) is not native to host arch (${self.hostArch}), ` +
      'skipping KVM-related checks';
    yield* log.debug(to, 'virQEMUCapsIsValid:4002', skip);
    return { valid: true, memo };
  }
  const look = yield* kvmUsable(to, memo, self.runAs, self.switches.kvmUsable === 'ctime gated');
  const refusal =
    refuseKvm(caps, look.usable) ??
    (has(caps, 'kvm') ? refuseChangedHost(caps, self, yield* kvmSupportsNesting()) : null);
  if (refusal) return yield* refused(to, refusal, look.memo);
  return { valid: true, memo: look.memo };
}

function* refused(to: Log, { where, why }: Refusal, memo: KvmMemo): Sys<Verdict> {
  yield* log.debug(to, where, why);
  return { valid: false, memo };
}
