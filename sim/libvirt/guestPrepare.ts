/**
 * What libvirt looks at before it starts a guest's QEMU: the CPU that was asked for, the files of the disks.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_process.c qemuProcessUpdateGuestCPU, qemuProcessPrepareHostStorage;
 *   src/cpu/cpu_x86.c x86ModelFromCPU; src/util/virstoragefile.c virStorageFileReportBrokenChain
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { stat } from '../libc/sys.ts';
import { type Decoder, mapOf } from './cpuDecode.ts';
import type { DomainDef } from './domainDef.ts';
import type { Driver } from './driver.ts';
import { cpuModeSupported } from './hostModel.ts';
import type { QemuCaps } from './qemuCaps.ts';
import type { Trouble } from './virError.ts';
import { report, reportSystem } from './virLog.ts';

/** x86ModelFind, before any QEMU is asked; without KVM the model is QEMU's own affair. */
const knowsModel = (name: string, documents: Decoder): boolean =>
  mapOf(documents).models.some((model) => model.name === name);

/** virStorageFileReportBrokenChain. A file that is there and cannot be read is QEMU's to complain about, here. */
export function* missingDisk(driver: Driver, def: DomainDef): Sys<Trouble | null> {
  for (const { name, children } of def.devices) {
    const source = name === 'disk' ? children.find((c) => c.name === 'source') : undefined;
    const path = source?.attributes['file'] ?? source?.attributes['dev'];
    const found = path === undefined ? null : yield* stat(path);
    if (path === undefined || found === null || !failed(found)) continue;
    const where = 'virStorageFileReportBrokenChain:5024';
    const detail = `Cannot access storage file '${path}'`;
    return yield* reportSystem(driver.log, where, found.errno, detail);
  }
  return null;
}

export function* updateGuestCpu(
  driver: Driver,
  def: DomainDef,
  caps: QemuCaps,
): Sys<Trouble | null> {
  if (def.cpu === null) return null;
  const { documents } = driver.self.switches;
  const mode = def.cpu.attributes['mode'] ?? 'custom';
  const model = def.cpu.children.find((c) => c.name === 'model')?.text.trim();
  const hasModel = model !== undefined;
  if (mode === 'custom' && hasModel && def.virtType === 'kvm' && !knowsModel(model, documents)) {
    const where = 'x86ModelFromCPU:1211';
    return yield* report(driver.log, where, 'NONE', 'INTERNAL_ERROR', `Unknown CPU model ${model}`);
  }
  if ((mode === 'custom' && !hasModel) || cpuModeSupported(caps, def.virtType, mode, documents))
    return null;
  const detail =
    `CPU mode '${mode}' for ${def.arch} ${def.virtType} domain on ${driver.self.hostArch} host ` +
    'is not supported by hypervisor';
  const where = 'qemuProcessUpdateGuestCPU:5813';
  return yield* report(driver.log, where, 'QEMU', 'CONFIG_UNSUPPORTED', detail);
}
