/**
 * Each remote procedure, and what the QEMU driver does for it.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_driver.c qemuConnectGetCapabilities, qemuDomainCreateXML,
 *   qemuDomainDefineXMLFlags, qemuDomainCreateWithFlags, qemuDomainDestroyFlags, qemuDomainUndefineFlags,
 *   qemuConnectGetVersion, qemuDomainGetXMLDesc, qemuDomainGetState; src/libvirt-domain.c (read-only checks)
 *
 * Only CONNECT_GET_CAPABILITIES renews the driver's capabilities. Every other procedure takes them as they
 * are, however old.
 */
import type { Sys } from '../kernel/program.ts';
import { uname } from '../libc/sys.ts';
import { getCapabilities, hostOf } from './capabilities.ts';
import { capabilitiesXml } from './capabilitiesXml.ts';
import * as calls from './domainCalls.ts';
import { domainCapabilities } from './domainCapabilities.ts';
import type { Driver } from './driver.ts';
import { cacheLookup } from './fileCache.ts';
import type { HostCaps } from './hostCaps.ts';
import type { Procedure, Procedures } from './rpc.ts';
import { versionNumber } from './switches.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';

type Handler<P extends Procedure> = (
  driver: Driver,
  args: Procedures[P]['args'],
) => Sys<Procedures[P]['ok'] | Trouble>;

type Handlers = { [P in Procedure]: Handler<P> };

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

const handlers: Handlers = {
  CONNECT_OPEN: () => constant({}),
  CONNECT_CLOSE: () => constant({}),
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
  CONNECT_LIST_ALL_DOMAINS: (driver, { flags }) => constant({ domains: calls.list(driver, flags) }),
  NODE_GET_INFO: nodeInfo,
  *NODE_GET_SECURITY_MODEL(driver) {
    const host = yield* knownHost(driver);
    const [first] = host.security;
    return { model: first?.model ?? '', doi: first?.doi ?? '' };
  },
  DOMAIN_CREATE_XML: (driver, { xml_desc }) => calls.createXml(driver, xml_desc),
  DOMAIN_DEFINE_XML_FLAGS: (driver, { xml }) => calls.defineXml(driver, xml),
  DOMAIN_CREATE: (driver, { dom }) => calls.start(driver, dom),
  DOMAIN_DESTROY: (driver, { dom }) => calls.destroy(driver, dom),
  DOMAIN_SHUTDOWN: (driver, { dom }) => calls.shutdown(driver, dom),
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
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: () => constant({ result: 0 }),
  DOMAIN_GET_SECURITY_LABEL: (driver, { dom }) => calls.securityLabel(driver, dom),
};

/** Procedures that a connection opened with VIR_CONNECT_RO may not call. (domcapabilities only since 5.5.0.) */
const writing: ReadonlySet<string> = new Set([
  'DOMAIN_CREATE_XML',
  'DOMAIN_DEFINE_XML_FLAGS',
  'DOMAIN_CREATE',
  'DOMAIN_DESTROY',
  'DOMAIN_SHUTDOWN',
  'DOMAIN_UNDEFINE_FLAGS',
  'DOMAIN_SET_AUTOSTART',
]);

export function* dispatch(
  driver: Driver,
  proc: string,
  args: unknown,
  readonly: boolean,
): Sys<object> {
  if (!(proc in handlers)) {
    return yield* report(
      driver.log,
      'virNetServerProgramDispatch',
      'RPC',
      'RPC',
      `unknown procedure: ${proc}`,
    );
  }
  if (readonly && writing.has(proc)) {
    const detail = `read only access prevents ${apiName(proc)}`;
    return yield* report(driver.log, apiName(proc), 'DOMAIN', 'OPERATION_DENIED', detail);
  }
  const handler = handlers[proc as Procedure] as (driver: Driver, args: unknown) => Sys<object>;
  return yield* handler(driver, args);
}

/** DOMAIN_CREATE_XML is virDomainCreateXML. */
const apiName = (proc: string): string =>
  `vir${proc
    .split('_')
    .map((word) => (word === 'XML' ? word : word.charAt(0) + word.slice(1).toLowerCase()))
    .join('')}`;
