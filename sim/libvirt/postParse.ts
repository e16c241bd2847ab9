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
import { domainDataLookup } from './capsLookup.ts';
import { type DomainDef, isI440fx, isQ35, withDefaultDevices } from './domainDef.ts';
import type { Driver, DriverCaps } from './driver.ts';
import { cacheLookup } from './fileCache.ts';
import { canonicalMachine, has, machineMaxCpus, type QemuCaps } from './qemuCaps.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';

/** The emulator that the driver's capabilities name, or from 6.0.0 the one that this build always uses. */
function* defaultEmulator(driver: Driver, caps: DriverCaps, def: DomainDef): Sys<string | Trouble> {
  const { osType, arch, virtType } = def;
  if (driver.self.switches.parseAsksDriverCaps !== 'never') {
    const data = yield* domainDataLookup(driver.log, caps, { osType, arch, virtType });
    return inTrouble(data) ? data : data.emulator;
  }
  const guest = caps.guests.find((g) => g.arch === arch);
  if (guest !== undefined) return guest.emulator;
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

/** virDomainDefPostParse with the QEMU driver's callbacks. */
export function* postParse(
  driver: Driver,
  caps: DriverCaps,
  parsed: DomainDef,
): Sys<DomainDef | Trouble> {
  const emulator = parsed.emulator ?? (yield* defaultEmulator(driver, caps, parsed));
  if (typeof emulator !== 'string') return emulator;
  const qemuCaps = yield* cacheLookup(driver, emulator);
  if (inTrouble(qemuCaps)) return qemuCaps;
  const preferred = parsed.machine ?? qemuCaps.machines[0]?.name ?? null;
  if (preferred === null) {
    return yield* report(
      driver.log,
      'qemuDomainDefPostParse:3779',
      'QEMU',
      'INTERNAL_ERROR',
      'missing machine type',
    );
  }
  const machine = canonicalMachine(qemuCaps, preferred);
  const def = withDefaultDevices({ ...parsed, emulator, machine });
  return (yield* assignAddresses(driver, def)) ?? def;
}

/** 6.0.0: since nobody asks the driver's capabilities any more, the emulator's own are asked here. */
function* refuseVirtType(driver: Driver, def: DomainDef, caps: QemuCaps): Sys<Trouble | null> {
  if (driver.self.switches.parseAsksDriverCaps !== 'never') return null;
  if (def.virtType === 'qemu' || (def.virtType === 'kvm' && has(caps, 'kvm'))) return null;
  const detail = `Emulator '${def.emulator}' does not support virt type '${def.virtType}'`;
  return yield* report(driver.log, 'qemuDomainDefValidate', 'QEMU', 'CONFIG_UNSUPPORTED', detail);
}

/** virDomainDefValidate: the domain, then each device, each with a lookup of its own. */
export function* validate(driver: Driver, def: DomainDef): Sys<QemuCaps | Trouble> {
  const binary = def.emulator ?? '';
  const caps = yield* cacheLookup(driver, binary);
  if (inTrouble(caps)) return caps;
  const refused = yield* refuseVirtType(driver, def, caps);
  if (refused !== null) return refused;
  const max = machineMaxCpus(caps, def.machine ?? '');
  if (max > 0 && def.maxVcpus > max) {
    const detail = `Maximum CPUs greater than specified machine type limit ${max}`;
    return yield* report(
      driver.log,
      'qemuDomainValidateCpuCount:4016',
      'QEMU',
      'CONFIG_UNSUPPORTED',
      detail,
    );
  }
  let last: QemuCaps = caps;
  for (const _ of def.devices) {
    const again = yield* cacheLookup(driver, binary);
    if (inTrouble(again)) return again;
    last = again;
  }
  return last;
}
