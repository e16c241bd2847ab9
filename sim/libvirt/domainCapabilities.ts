/**
 * `virsh domcapabilities`: what one emulator offers one kind of domain.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_driver.c qemuConnectGetDomainCapabilities;
 *   src/qemu/qemu_capabilities.c virQEMUCapsCacheLookupDefault, virQEMUCapsFillDomainCaps
 *
 * It looks into the cache, not into the driver's capabilities: so after a repair this is the command that
 * heals the lower two layers, while `virsh create` still fails.
 * Leaves out: firmware images and swtpm (none are installed).
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readDir } from '../libc/sys.ts';
import { findTarget, isArch, isX86 } from './arch.ts';
import { capsForParse, defaultBinary } from './capabilities.ts';
import { virtTypes } from './capsLookup.ts';
import { type Chosen, domainCapsXml } from './domainCapsXml.ts';
import { domainCapsXml900 } from './domainCapsXml900.ts';
import type { Driver } from './driver.ts';
import { cacheLookup, cacheLookupByArch } from './fileCache.ts';
import { kvmMaxVcpus } from './kvmHost.ts';
import {
  canonicalMachine,
  has,
  machineSupported,
  preferredMachine,
  type QemuCaps,
} from './qemuCaps.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');
const WHERE = 'virQEMUCapsCacheLookupDefault';

export type DomainCapsArgs = Readonly<{
  emulatorbin: string | null;
  arch: string | null;
  machine: string | null;
  virttype: string | null;
}>;

function* emulator(driver: Driver, binary: string | null, arch: string): Sys<QemuCaps | Trouble> {
  const never = driver.self.switches.parseAsksDriverCaps === 'never';
  const found = binary ?? (never ? yield* defaultBinary(driver, arch) : null);
  if (found === null) {
    return yield* cacheLookupByArch(driver, arch, findTarget(driver.self.hostArch, arch));
  }
  const caps = yield* cacheLookup(driver, found);
  if (inTrouble(caps) || caps.arch === arch || (isX86(arch) && isX86(caps.arch))) return caps;
  const detail = `architecture from emulator '${caps.arch}' doesn't match given architecture '${arch}'`;
  return yield* report(driver.log, `${WHERE}:5004`, 'QEMU', 'INVALID_ARG', detail);
}

/** virQEMUCapsCacheLookupDefault: the machine is judged before KVM is, from 6.0.0 after. */
function* choose(driver: Driver, args: DomainCapsArgs): Sys<Chosen | Trouble> {
  const fail = (line: number, detail: string) =>
    report(driver.log, `${WHERE}:${line}`, 'QEMU', 'INVALID_ARG', detail);
  const { virttype } = args;
  if (virttype !== null && !virtTypes.includes(virttype)) {
    return yield* fail(4979, `unknown virttype: ${virttype}`);
  }
  const arch = args.arch ?? driver.self.hostArch;
  if (!isArch(arch)) return yield* fail(4986, `unknown architecture: ${arch}`);
  const caps = yield* emulator(driver, args.emulatorbin, arch);
  if (inTrouble(caps)) return caps;
  const { machinesPerAccelerator, documents } = driver.self.switches;
  const noKvm =
    documents === '9.0.0'
      ? `the accel 'kvm' is not supported by '${caps.binary}' on this host`
      : `KVM is not supported by '${caps.binary}' on this host`;
  if (machinesPerAccelerator && virttype === 'kvm' && !has(caps, 'kvm'))
    return yield* fail(5041, noKvm);
  const machine =
    args.machine === null ? preferredMachine(caps) : canonicalMachine(caps, args.machine);
  if (args.machine !== null && machine !== null && !machineSupported(caps, machine)) {
    return yield* fail(
      5023,
      `the machine '${machine}' is not supported by emulator '${caps.binary}'`,
    );
  }
  const best = has(caps, 'kvm') ? 'kvm' : 'qemu';
  const virtType = virttype === null || virttype === 'none' ? best : virttype;
  if (virtType === 'kvm' && best !== 'kvm') {
    return yield* fail(5041, noKvm);
  }
  return { caps, arch, virtType, machine, documents: driver.self.switches.documents };
}

/** virQEMUDriverConfig's default firmware list: none of it is on the simulated disks. */
const firmwares = [
  '/usr/share/OVMF/OVMF_CODE.fd',
  '/usr/share/OVMF/OVMF_CODE.secboot.fd',
  '/usr/share/AAVMF/AAVMF_CODE.fd',
  '/usr/share/AAVMF/AAVMF32_CODE.fd',
];

/** qemuHostdevHostSupportsPassthroughVFIO: IOMMU groups and the vfio module. */
function* supportsVfio(): Sys<boolean> {
  const groups = yield* readDir('/sys/kernel/iommu_groups');
  const vfio = yield* readDir('/sys/module/vfio_pci');
  return !failed(groups) && groups.length > 0 && !failed(vfio);
}

export function* domainCapabilities(driver: Driver, args: DomainCapsArgs): Sys<string | Trouble> {
  yield* capsForParse(driver);
  const chosen = yield* choose(driver, args);
  if (inTrouble(chosen)) return chosen;
  for (const name of firmwares) {
    const text = `loader filename=${name} does not exist`;
    yield* log.debug(driver.log, 'virQEMUCapsFillDomainLoaderCaps:5117', text);
  }
  const limit = chosen.virtType === 'kvm' ? yield* kvmMaxVcpus(driver.log) : null;
  if (inTrouble(limit)) return limit;
  const format = chosen.documents === '9.0.0' ? domainCapsXml900 : domainCapsXml;
  return format(chosen, yield* supportsVfio(), limit ?? Number.POSITIVE_INFINITY);
}
