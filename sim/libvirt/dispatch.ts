/**
 * Each remote procedure, and what the QEMU driver does for it.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_driver.c qemuConnectGetCapabilities, qemuDomainCreateXML,
 *   qemuDomainDefineXMLFlags, qemuDomainCreateWithFlags, qemuDomainDestroyFlags, qemuDomainUndefineFlags,
 *   qemuConnectGetVersion, qemuDomainGetXMLDesc, qemuDomainGetState
 *
 * Only CONNECT_GET_CAPABILITIES renews the driver's capabilities. Every other procedure takes them as they
 * are, however old.
 */
import { own } from '../kernel/own.ts';
import type { Sys } from '../kernel/program.ts';
import { uname } from '../libc/sys.ts';
import { getCapabilities, hostOf } from './capabilities.ts';
import { capabilitiesXml } from './capabilitiesXml.ts';
import * as connect from './connectCalls.ts';
import * as calls from './domainCalls.ts';
import { domainCapabilities } from './domainCapabilities.ts';
import { activeIds, inactiveNames, listAll } from './domainList.ts';
import type { Driver } from './driver.ts';
import { cacheLookup } from './fileCache.ts';
import type { HostCaps } from './hostCaps.ts';
import { isNewer, refuse, unserved } from './refusals.ts';
import type { Procedure, Procedures } from './rpc.ts';
import { versionNumber } from './switches.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';

type Handler<P extends Procedure> = (
  driver: Driver,
  args: Procedures[P]['args'],
) => Sys<Procedures[P]['ok'] | Trouble>;

/** Of one client and not of the driver: client.ts answers them. */
type OwnCall =
  | 'AUTH_POLKIT'
  | 'CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY'
  | 'CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY';

type Handlers = { [P in Exclude<Procedure, OwnCall>]: Handler<P> };

function* knownHost(driver: Driver): Sys<HostCaps> {
  return driver.caps?.host ?? (yield* hostOf(driver, null));
}

function* nodeInfo(driver: Driver): Sys<Procedures['NODE_GET_INFO']['ok']> {
  const host = yield* knownHost(driver);
  const { sockets, cores, threads } = host.topology;
  const cpus = host.cpus.length;
  return {
    model: host.arch,
    memory: host.memoryKiB,
    cpus,
    mhz: host.mhz,
    nodes: 1,
    sockets,
    cores,
    threads,
  };
}

/** virQEMUCapsGetDefaultVersion: of the emulator that the driver's capabilities name for the host's own architecture. */
function* version(driver: Driver): Sys<Procedures['CONNECT_GET_VERSION']['ok'] | Trouble> {
  const arch = driver.self.hostArch;
  const { guests } = yield* getCapabilities(driver, false);
  const guest = guests.find((known) => known.arch === arch);
  if (guest === undefined) {
    const detail = `Cannot find suitable emulator for ${arch}`;
    const where = 'virQEMUCapsGetDefaultVersion:1797';
    return yield* report(driver.log, where, 'QEMU', 'INTERNAL_ERROR', detail);
  }
  const caps = yield* cacheLookup(driver, guest.emulator);
  return inTrouble(caps) ? caps : { hv_ver: caps.version };
}

function* constant<T>(value: T): Sys<T> {
  return value;
}

function* capabilities(driver: Driver): Sys<Procedures['CONNECT_GET_CAPABILITIES']['ok']> {
  return { capabilities: capabilitiesXml(yield* getCapabilities(driver, true)) };
}

/** VIR_CONNECT_AUTH_NONE: over its socket nobody is asked for a password. */
const AUTH_NONE = 0;

const handlers: Handlers = {
  AUTH_LIST: () => constant({ types: [AUTH_NONE] }),
  CONNECT_OPEN: () => constant({}),
  CONNECT_CLOSE: () => constant({}),
  CONNECT_SUPPORTS_FEATURE: (driver, { feature }) =>
    constant(connect.supportsFeature(driver, feature)),
  CONNECT_REGISTER_CLOSE_CALLBACK: () => constant({}),
  CONNECT_UNREGISTER_CLOSE_CALLBACK: () => constant({}),
  CONNECT_GET_TYPE: () => constant({ type: 'QEMU' }),
  CONNECT_GET_VERSION: version,
  CONNECT_GET_LIB_VERSION: (driver) =>
    constant({ lib_ver: versionNumber(driver.self.switches.version) }),
  *CONNECT_GET_HOSTNAME() {
    return { hostname: (yield* uname()).nodename };
  },
  CONNECT_GET_URI: () => constant({ uri: 'qemu:///system' }),
  CONNECT_GET_CAPABILITIES: capabilities,
  *CONNECT_GET_DOMAIN_CAPABILITIES(driver, args) {
    const xml = yield* domainCapabilities(driver, args);
    return typeof xml === 'string' ? { capabilities: xml } : xml;
  },
  CONNECT_IS_SECURE: () => constant({ secure: 1 }),
  CONNECT_LIST_ALL_DOMAINS: (driver, args) => constant(listAll(driver, args)),
  CONNECT_NUM_OF_DOMAINS: (driver) => constant({ num: activeIds(driver).length }),
  CONNECT_NUM_OF_DEFINED_DOMAINS: (driver) => constant({ num: inactiveNames(driver).length }),
  CONNECT_LIST_DOMAINS: (driver, { maxids }) =>
    constant({ ids: activeIds(driver).slice(0, Math.max(maxids, 0)) }),
  CONNECT_LIST_DEFINED_DOMAINS: (driver, { maxnames }) =>
    constant({ names: inactiveNames(driver).slice(0, Math.max(maxnames, 0)) }),
  NODE_GET_INFO: nodeInfo,
  NODE_GET_FREE_MEMORY: connect.freeMemory,
  NODE_GET_CELLS_FREE_MEMORY: connect.cellsFreeMemory,
  NODE_GET_MEMORY_STATS: connect.memoryStats,
  *NODE_GET_SECURITY_MODEL(driver) {
    const host = yield* knownHost(driver);
    const [first] = host.security;
    return { model: first?.model ?? '', doi: first?.doi ?? '' };
  },
  DOMAIN_CREATE_XML: (driver, { xml_desc }) => calls.createXml(driver, xml_desc),
  DOMAIN_DEFINE_XML: (driver, { xml }) => calls.defineXml(driver, xml),
  DOMAIN_DEFINE_XML_FLAGS: (driver, { xml }) => calls.defineXml(driver, xml),
  DOMAIN_CREATE: (driver, { dom }) => calls.start(driver, dom),
  DOMAIN_CREATE_WITH_FLAGS: (driver, { dom }) => calls.startAndTell(driver, dom),
  DOMAIN_DESTROY: (driver, { dom }) => calls.destroy(driver, dom),
  DOMAIN_DESTROY_FLAGS: (driver, { dom }) => calls.destroy(driver, dom),
  DOMAIN_SHUTDOWN: (driver, { dom }) => calls.shutdown(driver, dom),
  DOMAIN_SHUTDOWN_FLAGS: (driver, { dom }) => calls.shutdown(driver, dom),
  DOMAIN_UNDEFINE: (driver, { dom }) => calls.undefine(driver, dom),
  DOMAIN_UNDEFINE_FLAGS: (driver, { dom }) => calls.undefine(driver, dom),
  DOMAIN_LOOKUP_BY_NAME: (driver, { name }) => calls.lookupByName(driver, name),
  DOMAIN_LOOKUP_BY_ID: (driver, { id }) => calls.lookupById(driver, id),
  DOMAIN_LOOKUP_BY_UUID: (driver, { uuid }) => calls.lookupByUuid(driver, uuid),
  DOMAIN_GET_XML_DESC: (driver, { dom, flags }) => calls.xmlDesc(driver, dom, flags),
  DOMAIN_GET_STATE: (driver, { dom }) => calls.state(driver, dom),
  DOMAIN_GET_INFO: (driver, { dom }) => calls.info(driver, dom),
  DOMAIN_GET_OS_TYPE: (driver, { dom }) => calls.osType(driver, dom),
  DOMAIN_GET_AUTOSTART: (driver, { dom }) => calls.autostart(driver, dom),
  DOMAIN_SET_AUTOSTART: (driver, { dom, autostart }) => calls.setAutostart(driver, dom, autostart),
  DOMAIN_IS_ACTIVE: (driver, { dom }) => calls.isActiveCall(driver, dom),
  DOMAIN_IS_PERSISTENT: (driver, { dom }) => calls.isPersistent(driver, dom),
  DOMAIN_IS_UPDATED: (driver, { dom }) => calls.ofDomain(driver, dom, { updated: 0 }),
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: (driver, { dom }) => calls.ofDomain(driver, dom, { result: 0 }),
  DOMAIN_GET_MAX_MEMORY: (driver, { dom }) => calls.maxMemory(driver, dom),
  DOMAIN_GET_MAX_VCPUS: (driver, { dom }) => calls.vcpus(driver, dom, calls.AFFECT_LIVE),
  DOMAIN_GET_VCPUS_FLAGS: (driver, { dom, flags }) => calls.vcpus(driver, dom, flags),
  DOMAIN_GET_MESSAGES: (driver, { dom }) => calls.ofDomain(driver, dom, { msgs: [] }),
  DOMAIN_SNAPSHOT_NUM: (driver, { dom }) => calls.ofDomain(driver, dom, { num: 0 }),
  DOMAIN_LIST_ALL_SNAPSHOTS: (driver, { dom }) =>
    calls.ofDomain(driver, dom, { snapshots: [], ret: 0 }),
  DOMAIN_LIST_ALL_CHECKPOINTS: (driver, { dom }) =>
    calls.ofDomain(driver, dom, { checkpoints: [], ret: 0 }),
  DOMAIN_GET_SECURITY_LABEL: (driver, { dom }) => calls.securityLabel(driver, dom),
};

export function* dispatch(
  driver: Driver,
  proc: string,
  args: unknown,
  readonly: boolean,
): Sys<object> {
  const handler = own(handlers, proc) as
    | ((driver: Driver, args: unknown) => Sys<object>)
    | undefined;
  if (handler === undefined || isNewer(driver, proc)) return yield* unserved(driver, proc);
  const refused = yield* refuse(driver, proc, args, readonly);
  return refused ?? (yield* handler(driver, args));
}
