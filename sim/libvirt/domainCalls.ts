/**
 * The procedures about domains, each a few lines over the list and the machine of each domain.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_driver.c qemuDomainCreateXML, qemuDomainDefineXMLFlags,
 *   qemuDomainObjStart, qemuDomainDestroyFlags, qemuDomainUndefineFlags, qemuDomainLookupByName,
 *   qemuDomObjFromDomain, qemuDomainGetInfo
 *
 * `create` parses with the driver's capabilities and may fail there; `start` never asks them, so a domain
 * that was defined while KVM was seen can still be started, and then fails, or not, in QEMU.
 */
import { own } from '../kernel/own.ts';
import type { Sys } from '../kernel/program.ts';
import { kill } from '../libc/sys.ts';
import { capsForParse } from './capabilities.ts';
import { byUuid, type Domain, isActive, newDomain, put, refuseDuplicate, tell } from './domain.ts';
import type { DomainDef } from './domainDef.ts';
import { deleteConfig, saveConfig, saveStatus } from './domainFiles.ts';
import { remote } from './domainList.ts';
import { parseDomain } from './domainParse.ts';
import { domainXml, xmlOf } from './domainXml.ts';
import type { Driver } from './driver.ts';
import { cleanUp, killGuest, startGuest } from './guestProcess.ts';
import { postParse, validate } from './postParse.ts';
import * as rpc from './rpc.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';

type Or<T> = Sys<T | Trouble>;
type Dom = Readonly<{ dom: rpc.RemoteDomain }>;
type None = Readonly<Record<string, never>>;

const noDomain = (driver: Driver, where: string, detail: string) =>
  report(driver.log, where, 'QEMU', 'NO_DOMAIN', detail);

const invalid = (driver: Driver, where: string, detail: string) =>
  report(driver.log, where, 'QEMU', 'OPERATION_INVALID', detail);

/** qemuDomObjFromDomain: by uuid, whatever the name says. */
function* found(driver: Driver, dom: rpc.RemoteDomain): Or<Domain> {
  const domain = byUuid(driver, dom.uuid);
  if (domain !== undefined) return domain;
  const detail = `no domain with matching uuid '${dom.uuid}' (${dom.name})`;
  return yield* noDomain(driver, 'qemuDomObjFromDomain:195', detail);
}

/** Parse, complete, validate: with the driver's capabilities as they are. */
function* readDefinition(driver: Driver, xml: string): Or<DomainDef> {
  const caps = yield* capsForParse(driver);
  const parsed = yield* parseDomain(driver, caps, xml, { skipValidate: false });
  if (inTrouble(parsed)) return parsed;
  const def = yield* postParse(driver, caps, parsed);
  if (inTrouble(def)) return def;
  const valid = yield* validate(driver, def, 'with devices');
  return inTrouble(valid) ? valid : def;
}

export function* createXml(driver: Driver, xml: string): Or<Dom> {
  const def = yield* readDefinition(driver, xml);
  if (inTrouble(def)) return def;
  const refused = refuseDuplicate(driver, def, true);
  if (refused !== null) return yield* listTrouble(driver, refused);
  const known = driver.domains[def.name];
  put(driver, known === undefined ? newDomain(def, false) : { ...known, def });
  const domain = driver.domains[def.name];
  const failure = domain === undefined ? null : yield* startGuest(driver, domain, 'booted');
  if (failure !== null) return failure;
  return yield* started(driver, def.name);
}

function* listTrouble(driver: Driver, detail: string): Sys<Trouble> {
  const code = detail.endsWith('is already active') ? 'OPERATION_INVALID' : 'OPERATION_FAILED';
  return yield* report(driver.log, 'virDomainObjListAddLocked', 'DOMAIN', code, detail);
}

function* started(driver: Driver, name: string): Sys<Dom> {
  const domain = own(driver.domains, name);
  if (domain === undefined)
    throw new Error(`libvirtd: ${name} has started and is not in the list.`);
  yield* saveStatus(driver, domain);
  return { dom: remote(domain) };
}

export function* defineXml(driver: Driver, xml: string): Or<Dom> {
  const def = yield* readDefinition(driver, xml);
  if (inTrouble(def)) return def;
  const refused = refuseDuplicate(driver, def, false);
  if (refused !== null) return yield* listTrouble(driver, refused);
  const failure = yield* saveConfig(driver, def);
  if (failure !== null) return failure;
  const known = driver.domains[def.name];
  if (known === undefined) put(driver, newDomain(def, true));
  else {
    if (!isActive(known)) put(driver, { ...known, def });
    tell(driver, def.name, { type: 'domain.defined' });
  }
  const domain = driver.domains[def.name];
  return {
    dom: domain === undefined ? { name: def.name, uuid: def.uuid, id: -1 } : remote(domain),
  };
}

export function* start(driver: Driver, dom: rpc.RemoteDomain): Or<None> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain)) return domain;
  if (isActive(domain)) {
    return yield* invalid(driver, 'qemuDomainCreateWithFlags:7505', 'domain is already running');
  }
  const failure = yield* startGuest(driver, domain, 'booted');
  if (failure !== null) return failure;
  yield* started(driver, domain.def.name);
  return {};
}

function* active(driver: Driver, dom: rpc.RemoteDomain): Or<Domain> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain) || isActive(domain)) return domain;
  return yield* invalid(driver, 'virDomainObjCheckActive:6376', 'domain is not running');
}

export function* destroy(driver: Driver, dom: rpc.RemoteDomain): Or<None> {
  const domain = yield* active(driver, dom);
  if (inTrouble(domain)) return domain;
  if (domain.live !== null) yield* killGuest(domain.live);
  yield* cleanUp(driver, domain, 'destroyed');
  return {};
}

/** The simulated guests have no ACPI to answer: SIGTERM stands for a guest that powers off. */
export function* shutdown(driver: Driver, dom: rpc.RemoteDomain): Or<None> {
  const domain = yield* active(driver, dom);
  if (inTrouble(domain)) return domain;
  if (domain.live !== null) yield* kill(domain.live.pid, 'SIGTERM');
  return {};
}

export function* undefine(driver: Driver, dom: rpc.RemoteDomain): Or<None> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain)) return domain;
  if (!domain.context.persistent) {
    return yield* invalid(
      driver,
      'qemuDomainUndefineFlags:7813',
      'cannot undefine transient domain',
    );
  }
  yield* deleteConfig(domain.def.name);
  tell(driver, domain.def.name, { type: 'domain.undefined' });
  return {};
}

export function* lookupByName(driver: Driver, name: string): Or<Dom> {
  const domain = own(driver.domains, name);
  if (domain !== undefined) return { dom: remote(domain) };
  const detail = `no domain with matching name '${name}'`;
  return yield* noDomain(driver, 'qemuDomainLookupByName:1587', detail);
}

export function* lookupById(driver: Driver, id: number): Or<Dom> {
  const domain = Object.values(driver.domains).find((d) => d.live?.id === id);
  if (domain !== undefined) return { dom: remote(domain) };
  return yield* noDomain(driver, 'qemuDomainLookupByID:1537', `no domain with matching id ${id}`);
}

export function* lookupByUuid(driver: Driver, uuid: string): Or<Dom> {
  const domain = byUuid(driver, uuid);
  if (domain !== undefined) return { dom: remote(domain) };
  return yield* noDomain(
    driver,
    'qemuDomainLookupByUUID:1562',
    `no domain with matching uuid '${uuid}'`,
  );
}

export function* xmlDesc(
  driver: Driver,
  dom: rpc.RemoteDomain,
  flags: number,
): Or<Readonly<{ xml: string }>> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain)) return domain;
  const inactive = (flags & rpc.XML_INACTIVE) !== 0;
  return { xml: inactive ? domainXml(domain.def, null) : xmlOf(domain, driver.self.runAs) };
}

const reasons: Record<string, number> = {
  unknown: 0,
  booted: 1,
  shutdown: 1,
  destroyed: 2,
  crashed: 3,
  failed: 6,
};

export function* state(driver: Driver, dom: rpc.RemoteDomain): Or<rpc.Reply<'DOMAIN_GET_STATE'>> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain)) return domain;
  const now = isActive(domain) ? rpc.RUNNING : rpc.SHUTOFF;
  return { state: now, reason: reasons[domain.context.reason] ?? 0 };
}

export function* info(driver: Driver, dom: rpc.RemoteDomain): Or<rpc.DomainInfo> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain)) return domain;
  const { memoryKiB, currentMemoryKiB, vcpus } = domain.def;
  const now = isActive(domain) ? rpc.RUNNING : rpc.SHUTOFF;
  return { state: now, maxMem: memoryKiB, memory: currentMemoryKiB, nrVirtCpu: vcpus, cpuTime: 0 };
}

export function* osType(driver: Driver, dom: rpc.RemoteDomain): Or<Readonly<{ type: string }>> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : { type: domain.def.osType };
}

export function* autostart(
  driver: Driver,
  dom: rpc.RemoteDomain,
): Or<Readonly<{ autostart: number }>> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : { autostart: domain.autostart ? 1 : 0 };
}

export function* setAutostart(driver: Driver, dom: rpc.RemoteDomain, on: number): Or<None> {
  const domain = yield* found(driver, dom);
  if (inTrouble(domain)) return domain;
  if (!domain.context.persistent) {
    return yield* invalid(
      driver,
      'qemuDomainSetAutostart:8794',
      'cannot set autostart for transient domain',
    );
  }
  put(driver, { ...domain, autostart: on !== 0 });
  return {};
}

export function* isActiveCall(
  driver: Driver,
  dom: rpc.RemoteDomain,
): Or<Readonly<{ active: number }>> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : { active: isActive(domain) ? 1 : 0 };
}

export function* isPersistent(
  driver: Driver,
  dom: rpc.RemoteDomain,
): Or<Readonly<{ persistent: number }>> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : { persistent: domain.context.persistent ? 1 : 0 };
}

/** The stack's first driver answers, and on a host without SELinux that is `none`, which labels nothing. */
export function* securityLabel(
  driver: Driver,
  dom: rpc.RemoteDomain,
): Or<rpc.Reply<'DOMAIN_GET_SECURITY_LABEL'>> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : { label: '', enforcing: 0 };
}

/** DOMAIN_CREATE_WITH_FLAGS answers the domain, which has an id now. */
export function* startAndTell(driver: Driver, dom: rpc.RemoteDomain): Or<Dom> {
  const failure = yield* start(driver, dom);
  return inTrouble(failure) ? failure : yield* lookupByUuid(driver, dom.uuid);
}

/** What is the same for every domain here, once it exists. */
export function* ofDomain<T>(driver: Driver, dom: rpc.RemoteDomain, answer: T): Or<T> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : answer;
}

/** VIR_DOMAIN_AFFECT_LIVE. */
export const AFFECT_LIVE = 1;

export function* vcpus(
  driver: Driver,
  dom: rpc.RemoteDomain,
  flags: number,
): Or<Readonly<{ num: number }>> {
  const live = (flags & AFFECT_LIVE) !== 0;
  const domain = yield* live ? active(driver, dom) : found(driver, dom);
  return inTrouble(domain) ? domain : { num: domain.def.vcpus };
}

export function* maxMemory(
  driver: Driver,
  dom: rpc.RemoteDomain,
): Or<Readonly<{ memory: number }>> {
  const domain = yield* found(driver, dom);
  return inTrouble(domain) ? domain : { memory: domain.def.memoryKiB };
}
