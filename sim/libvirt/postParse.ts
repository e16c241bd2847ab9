/**
 * What the QEMU driver adds to a parsed domain, and what it then refuses.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_domain.c qemuDomainDefPostParseBasic,
 *   qemuDomainPostParseDataAlloc, qemuDomainDefPostParse, qemuCanonicalizeMachine,
 *   qemuDomainDefValidate, qemuDomainDeviceDefValidate, qemuDomainAssignAddresses
 *
 * Each of these looks the emulator up again, the last once for every device. So where the cache cannot
 * settle (a node that access(2) likes and open(2) does not), defining a domain launches QEMU seven times.
 */
import type { Sys } from '../kernel/program.ts';
import { defaultBinary } from './capabilities.ts';
import { domainDataLookup } from './capsLookup.ts';
import { type DomainDef, isI440fx, isQ35, withDefaultDevices } from './domainDef.ts';
import type { Driver, DriverCaps } from './driver.ts';
import { cacheLookup } from './fileCache.ts';
import { canonicalMachine, has, machineMaxCpus, machinesFor, type QemuCaps } from './qemuCaps.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';

/** The emulator that the driver's capabilities name, or from 6.0.0 the one that this build always uses. */
function* defaultEmulator(
  driver: Driver,
  caps: DriverCaps | null,
  def: DomainDef,
): Sys<string | Trouble> {
  const { osType, arch, virtType } = def;
  if (caps !== null) {
    const data = yield* domainDataLookup(driver.log, caps, { osType, arch, virtType });
    return inTrouble(data) ? data : data.emulator;
  }
  const binary = yield* defaultBinary(driver, arch);
  if (binary !== null) return binary;
  const detail = `No emulator found for arch '${arch}'`;
  return yield* report(
    driver.log,
    'qemuDomainDefPostParseBasic',
    'QEMU',
    'CONFIG_UNSUPPORTED',
    detail,
  );
}

const supportsPci = (machine: string): boolean => isI440fx(machine) || isQ35(machine);

/** qemuDomainAssignAddresses: a machine that libvirt does not know has no PCI bus to put a device on. */
function* assignAddresses(driver: Driver, def: DomainDef): Sys<Trouble | null> {
  const machine = def.machine ?? '';
  const needs = def.devices.some(
    (d) => d.name === 'memballoon' && d.attributes['model'] !== 'none',
  );
  const usb = def.devices.some(
    (d) =>
      d.name === 'controller' && d.attributes['type'] === 'usb' && d.attributes['model'] !== 'none',
  );
  if (supportsPci(machine) || machine === 'isapc' || !(needs || usb)) return null;
  return yield* report(
    driver.log,
    'virDomainPCIAddressGetNextAddr:971',
    'NONE',
    'XML_ERROR',
    'No PCI buses available',
  );
}

/** 9.0's qemuDomainDefMachinePostParse names what it looked for; 6.0.0's libvirtd dies here of a null pointer, which is not modelled. */
function* noMachine(driver: Driver, emulator: string, virtType: string): Sys<Trouble> {
  const where = 'qemuDomainDefPostParse:3779';
  const detail = `could not get preferred machine for ${emulator} type=${virtType}`;
  return driver.self.switches.machinesPerAccelerator
    ? yield* report(driver.log, where, 'QEMU', 'INVALID_ARG', detail)
    : yield* report(driver.log, where, 'QEMU', 'INTERNAL_ERROR', 'missing machine type');
}

/** virDomainDefPostParse with the QEMU driver's callbacks. */
export function* postParse(
  driver: Driver,
  caps: DriverCaps | null,
  parsed: DomainDef,
): Sys<DomainDef | Trouble> {
  const emulator = parsed.emulator ?? (yield* defaultEmulator(driver, caps, parsed));
  if (typeof emulator !== 'string') return emulator;
  const found = yield* cacheLookup(driver, emulator);
  if (inTrouble(found)) return found;
  const { machinesPerAccelerator } = driver.self.switches;
  const qemuCaps = machinesFor(found, parsed.virtType, machinesPerAccelerator);
  const preferred = parsed.machine ?? qemuCaps.machines[0]?.name ?? null;
  if (preferred === null) return yield* noMachine(driver, emulator, parsed.virtType);
  const machine = canonicalMachine(qemuCaps, preferred);
  const def = withDefaultDevices({ ...parsed, emulator, machine });
  return (yield* common(driver, def)) ?? (yield* assignAddresses(driver, def)) ?? def;
}

/** virDomainDefPostParseCommon. */
function* common(driver: Driver, def: DomainDef): Sys<Trouble | null> {
  const fail = (where: string, detail: string) =>
    report(driver.log, where, 'DOMAIN', 'XML_ERROR', detail);
  if (def.osType === 'exe') {
    return yield* fail('virDomainDefPostParseInternal', 'init binary must be specified');
  }
  if (def.memoryKiB > 0) return null;
  const detail = 'Memory size must be specified via <memory> or in the <numa> configuration';
  return yield* fail('virDomainDefPostParseMemory:4059', detail);
}

/** virQEMUCapsIsArchSupported. */
const serves = (emulator: string, guest: string): boolean =>
  emulator === guest ||
  (emulator === 'x86_64' && guest === 'i686') ||
  (emulator === 'aarch64' && guest === 'armv7l');

/** 6.0.0: since nobody asks the driver's capabilities any more, the emulator's own are asked here. */
function* refuseVirtType(driver: Driver, def: DomainDef, caps: QemuCaps): Sys<Trouble | null> {
  if (driver.self.switches.parseAsksDriverCaps !== 'never') return null;
  const fail = (detail: string) =>
    report(driver.log, 'qemuDomainDefValidate', 'QEMU', 'CONFIG_UNSUPPORTED', detail);
  if (def.osType !== 'hvm') {
    return yield* fail(
      `Binary emulator '${def.emulator}' does not support os type '${def.osType}'`,
    );
  }
  if (!serves(caps.arch, def.arch)) {
    return yield* fail(`Emulator '${def.emulator}' does not support arch '${def.arch}'`);
  }
  if (def.virtType === 'qemu' || (def.virtType === 'kvm' && has(caps, 'kvm'))) return null;
  return yield* fail(`Emulator '${def.emulator}' does not support virt type '${def.virtType}'`);
}

/** virDomainDefValidate: the domain, then each device, each with a lookup of its own. */
export function* validate(
  driver: Driver,
  def: DomainDef,
  devices: 'with devices' | 'alone',
): Sys<QemuCaps | Trouble> {
  const binary = def.emulator ?? '';
  const caps = yield* cacheLookup(driver, binary);
  if (inTrouble(caps)) return caps;
  const refused = yield* refuseVirtType(driver, def, caps);
  if (refused !== null) return refused;
  const max = machineMaxCpus(caps, def.machine ?? '');
  const early = driver.self.switches.documents === '4.8.0';
  const tooMany = early && def.maxVcpus > 255 && !isQ35(def.machine ?? '');
  if (tooMany || (max > 0 && def.maxVcpus > max)) {
    const detail = tooMany
      ? 'more than 255 vCPUs are only supported on q35-based machine types'
      : `Maximum CPUs greater than specified machine type limit ${max}`;
    return yield* report(
      driver.log,
      'qemuDomainValidateCpuCount:4016',
      'QEMU',
      'CONFIG_UNSUPPORTED',
      detail,
    );
  }
  let last: QemuCaps = caps;
  for (const _ of devices === 'alone' ? [] : def.devices) {
    const again = yield* cacheLookup(driver, binary);
    if (inTrouble(again)) return again;
    last = again;
  }
  return last;
}
