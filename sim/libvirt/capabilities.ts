/**
 * The driver's own capabilities: the layer that only `virsh capabilities` renews.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInit, virQEMUCapsInitGuest,
 *   virQEMUCapsInitGuestFromBinary, virQEMUCapsFindBinaryForArch, virQEMUCapsGetMachineTypesCaps;
 *   src/qemu/qemu_conf.c virQEMUDriverCreateCapabilities, virQEMUDriverGetCapabilities
 *
 * A binary whose capabilities cannot be had is dropped without a word, and its guest with it. Without any
 * guest the next caller probes again: so a host that lost everything heals by itself, and one that lost
 * only KVM does not.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, readDir } from '../libc/sys.ts';
import { architectures, findTarget, isNative, isX86, qemuArch } from './arch.ts';
import type { Driver, DriverCaps, Guest, GuestMachine } from './driver.ts';
import { cacheLookup } from './fileCache.ts';
import { type HostCaps, hasInvariantTsc, hostCaps } from './hostCaps.ts';
import { type Tsc, tscInfo } from './kvmHost.ts';
import { has, type QemuCaps } from './qemuCaps.ts';
import { from560 } from './switches.ts';
import { inTrouble } from './virError.ts';
import { source } from './virLog.ts';

const log = source('qemu.qemu_conf');
const capsLog = source('qemu.qemu_capabilities');

/** The binary that is tried when none is in PATH and the guest is native; nobody asks whether it exists. */
const RHEL_BINARY = '/usr/libexec/qemu-kvm';

/** Every machine, and after it its alias with the canonical name. */
export const guestMachines = (caps: QemuCaps): readonly GuestMachine[] =>
  caps.machines.flatMap(({ name, alias, maxCpus, deprecated }) => [
    { name, canonical: null, maxCpus, deprecated },
    ...(alias === null ? [] : [{ name: alias, canonical: name, maxCpus, deprecated }]),
  ]);

/** Where each file name of PATH is found first. */
function* programsInPath(path: string): Sys<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const directory of path.split(':').filter((d) => d !== '')) {
    const entries = yield* readDir(directory);
    for (const name of failed(entries) ? [] : entries) {
      const isQemu = name.startsWith('qemu');
      if (isQemu && !found.has(name) && !failed(yield* access(`${directory}/${name}`, 1))) {
        found.set(name, `${directory}/${name}`);
      }
    }
  }
  return found;
}

/** virQEMUCapsFindBinaryForArch, and the literal path for native guests. */
export function binaryFor(
  programs: ReadonlyMap<string, string>,
  host: string,
  guest: string,
): string | null {
  const candidates = [
    ...(host === 'aarch64' && guest === 'armv7l' ? ['qemu-system-aarch64'] : []),
    `qemu-system-${qemuArch(guest)}`,
    `qemu-system-${qemuArch(findTarget(host, guest))}`,
    ...(guest === 'i686' ? ['qemu'] : []),
  ];
  const hit = candidates.map((name) => programs.get(name)).find((path) => path !== undefined);
  return hit ?? (isNative(host, guest) ? RHEL_BINARY : null);
}

/** Does this binary make the kvm domain type appear? Before 4.8.0 the node's existence was enough. */
function* advertisesKvm(driver: Driver, caps: QemuCaps): Sys<boolean> {
  if (driver.self.switches.kvmAdvert === 'flag') return has(caps, 'kvm');
  const there = !failed(yield* access('/dev/kvm', 0));
  return there && (has(caps, 'kvm') || has(caps, 'enable-kvm'));
}

function* guestFor(driver: Driver, arch: string, binary: string): Sys<Guest | null> {
  const caps = yield* cacheLookup(driver, binary);
  if (inTrouble(caps)) return null;
  const kvm = yield* advertisesKvm(driver, caps);
  const { documents, featuresInOrder } = driver.self.switches;
  const late = documents === '9.0.0';
  const machines = guestMachines(caps);
  return {
    arch,
    emulator: binary,
    machines: late ? machines : machines.map((machine) => ({ ...machine, deprecated: false })),
    // From 5.6.0 every QEMU can.
    diskSnapshot: from560(documents) || has(caps, 'blockdev-snapshot-sync'),
    featuresInOrder,
    domains: [...(late && !has(caps, 'tcg') ? [] : ['qemu']), ...(kvm ? ['kvm'] : [])],
  };
}

/** virQEMUDriverGetHostCPU asks KVM once for the rate of the clock, and keeps whatever came out; virQEMUCapsInit of 5.6.0 asks anew. */
function* clockOf(driver: Driver): Sys<Tsc | null> {
  const { asksClock } = driver.self.switches;
  if (asksClock === 'never') return null;
  if (driver.tsc === 'unasked' || asksClock === 'each refresh') {
    driver.tsc = (yield* hasInvariantTsc()) ? yield* tscInfo(driver.log) : null;
  }
  return driver.tsc;
}

/** The host's own data, without asking any emulator. */
export function* hostOf(driver: Driver, tsc: Tsc | null): Sys<HostCaps> {
  const { hostArch, runAs, switches } = driver.self;
  return yield* hostCaps({ runAs, hostArch, documents: switches.documents }, tsc);
}

/** virQEMUCapsInit: the host, then every architecture in the enum's order. */
function* init(driver: Driver): Sys<DriverCaps> {
  const { hostArch } = driver.self;
  const host = yield* hostOf(driver, yield* clockOf(driver));
  if (host.cpu === null) {
    yield* capsLog.warning(driver.log, 'virQEMUCapsInit:922', 'Failed to get host CPU');
  }
  const programs = yield* programsInPath(driver.env['PATH'] ?? '');
  const guests: Guest[] = [];
  for (const arch of architectures) {
    const binary = binaryFor(programs, hostArch, arch);
    const guest = binary === null ? null : yield* guestFor(driver, arch, binary);
    if (guest !== null) guests.push(guest);
  }
  return { host, guests };
}

/** virQEMUDriverCreateCapabilities. */
export function* createCapabilities(driver: Driver): Sys<DriverCaps> {
  const caps = yield* init(driver);
  for (const { model, doi } of caps.host.security) {
    const text = `Initialized caps for security driver "${model}" with DOI "${doi}"`;
    yield* log.debug(driver.log, 'virQEMUDriverCreateCapabilities:1135', text);
  }
  return caps;
}

/** virQEMUDriverGetCapabilities. */
export function* getCapabilities(driver: Driver, refresh: boolean): Sys<DriverCaps> {
  if (!refresh && driver.caps !== null && driver.caps.guests.length > 0) return driver.caps;
  if (!refresh && driver.caps !== null) {
    const text = "Capabilities didn't detect any guests. Forcing a refresh.";
    yield* log.debug(driver.log, 'virQEMUDriverGetCapabilities:1179', text);
  }
  const caps = yield* createCapabilities(driver);
  driver.caps = caps;
  return caps;
}

/** What a parse may consult: from 6.0.0 nothing, so it does not even make them. */
export function* capsForParse(driver: Driver): Sys<DriverCaps | null> {
  if (driver.self.switches.parseAsksDriverCaps === 'never') return null;
  return yield* getCapabilities(driver, false);
}

/** virQEMUCapsGetDefaultEmulator: by name alone, without asking it anything. */
export function* defaultBinary(driver: Driver, arch: string): Sys<string | null> {
  const programs = yield* programsInPath(driver.env['PATH'] ?? '');
  return binaryFor(programs, driver.self.hostArch, arch);
}

/** What every guest of this architecture can be told to do. */
export function guestFeatures(guest: Guest): readonly string[] {
  const { arch, diskSnapshot, featuresInOrder } = guest;
  const snapshot = `<disksnapshot default='${diskSnapshot ? 'on' : 'off'}' toggle='no'/>`;
  const acpi = isX86(arch) || arch === 'aarch64' ? ["<acpi default='on' toggle='yes'/>"] : [];
  const apic = isX86(arch) ? ["<apic default='on' toggle='no'/>"] : [];
  const pae = arch === 'i686' ? ['<pae/>', '<nonpae/>'] : [];
  const every = ['<cpuselection/>', '<deviceboot/>', snapshot];
  return featuresInOrder
    ? [...pae, ...acpi, ...apic, ...every]
    : [...every, ...acpi, ...apic, ...pae];
}
