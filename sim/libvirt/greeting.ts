/**
 * How a probe begins: the greeting, the version, the architecture, and what these alone already tell.
 *
 * Models: libvirt v5.0.0 to v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitQMPMonitor, virQEMUCapsInitQMPArch,
 *   virQEMUCapsInitQMPVersionCaps
 */
import { fromQemuArch, isArch, isX86 } from './arch.ts';
import type { Driver } from './driver.ts';
import { isObject, type Monitor } from './monitor.ts';
import { type QemuCaps, withFlags } from './qemuCaps.ts';
import { type Asked, ask, unexpected } from './questions.ts';
import { versionOf } from './replies.ts';
import { versionNumber } from './switches.ts';
import { inTrouble } from './virError.ts';
import { report, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

/** The flags that no question reveals, because only the version number tells. */
function flagsOfVersion(version: number, arch: string): readonly string[] {
  const since: readonly (readonly [number, string])[] = [
    [1006000, 'device-video-primary'],
    [2002000, 'machine-vmport-opt'],
    [2004000, 'vhost-user-multiqueue'],
    [2004000, 'smm'],
    [2004000, 'sdl-gl'],
    [2004050, 'gic-version'],
    [2006000, 'kernel-irqchip.split'],
    [2010000, 'egl-headless'],
    [2010000, 'numa.dist'],
  ];
  const x86 = isX86(arch) ? ['no-acpi', 'no-hpet'] : arch === 'aarch64' ? ['no-acpi'] : [];
  return [...x86, ...since.filter(([from]) => version >= from).map(([, flag]) => flag)];
}

/** qmp_capabilities and query-version: failures here are no error, the binary just lacks QMP; from 5.1.0 they are. */
export function* greet(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps | null> {
  const set = yield* ask(driver, mon, 'qmp_capabilities', null, null);
  const strict = driver.self.switches.uniqueQmpDirectory;
  if (inTrouble(set)) {
    if (strict) return set;
    const text = `Failed to set monitor capabilities ${set.error.message}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitor:4167', text);
    return null;
  }
  const reply = yield* ask(driver, mon, 'query-version', null, null);
  const version = inTrouble(reply) ? reply.error.message : versionOf(reply);
  if (typeof version === 'string') {
    const trouble = inTrouble(reply)
      ? reply
      : yield* unexpected(driver, 'qemuMonitorJSONGetVersion', version);
    if (strict) return trouble;
    const text = `Failed to query monitor version ${version}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitor:4176', text);
    return null;
  }
  const { major, minor, micro } = version;
  const got = `Got version ${major}.${minor}.${micro} (${version.package})`;
  yield* log.debug(driver.log, 'virQEMUCapsInitQMPMonitor:4182', got);
  const number = major * 1000000 + minor * 1000 + micro;
  const { minimumQemu } = driver.self.switches;
  if (number < versionNumber(minimumQemu)) {
    const detail = `QEMU version >= ${minimumQemu} is required, but ${major}.${minor}.${micro} found`;
    return yield* report(
      driver.log,
      'virQEMUCapsInitQMPMonitor:4187',
      'QEMU',
      'CONFIG_UNSUPPORTED',
      detail,
    );
  }
  return { ...caps, version: number, package: version.package, usedQMP: true };
}

/** 9.0.0 takes for granted what its oldest QEMU can do. */
function flagsOfBuild(driver: Driver, version: number, arch: string): readonly string[] {
  if (driver.self.switches.probe !== '9.0.0') return flagsOfVersion(version, arch);
  return [
    ...(isX86(arch) ? ['no-acpi', 'no-hpet'] : []),
    ...(version < 5002000 ? ['enable-fips'] : []),
  ];
}

export function* target(driver: Driver, mon: Monitor, caps: QemuCaps): Asked<QemuCaps> {
  const reply = yield* ask(driver, mon, 'query-target', null, null);
  if (inTrouble(reply)) return reply;
  const said = isObject(reply) ? reply['arch'] : undefined;
  const arch = fromQemuArch(typeof said === 'string' ? said : '');
  if (!isArch(arch)) {
    return yield* unexpected(driver, 'virQEMUCapsInitQMPArch:4091', `Unknown QEMU arch ${said}`);
  }
  return withFlags({ ...caps, arch }, flagsOfBuild(driver, caps.version, arch));
}
