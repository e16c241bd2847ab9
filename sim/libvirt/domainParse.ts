/**
 * Reading a domain's XML, with the errors in the order libvirt finds them.
 *
 * Models: libvirt v5.0.0 src/conf/domain_conf.c virDomainDefParseNode, virDomainDefParseXML,
 *   virDomainDefParseCaps, virDomainVcpuParse, virDomainParseScaledValue, virDomainDefPostParseMemory,
 *   virDomainDefSetVcpusMax; src/util/virutil.c virScaleInteger
 *
 * The capabilities are asked before even the name is read: on the broken host a domain without a name
 * still gets "could not find capabilities".
 */
import type { Sys } from '../kernel/program.ts';
import { isArch } from './arch.ts';
import { domainDataLookup, osTypes, virtTypes } from './capsLookup.ts';
import type { DomainDef } from './domainDef.ts';
import { flawIn } from './domainValues.ts';
import type { Driver, DriverCaps } from './driver.ts';
import { isUuid, newUuid } from './uuid.ts';
import { type ErrorCode, inTrouble, type Trouble } from './virError.ts';
import { report } from './virLog.ts';
import { attribute, childrenOf, find, integer, parseXml, textAt, type XmlElement } from './xml.ts';
import { complaintText } from './xmlComplaint.ts';

/** Which parts of the parse a caller wants. */
export type ParseFlags = Readonly<{
  /** VIR_DOMAIN_DEF_PARSE_SKIP_VALIDATE: own files are believed, capabilities or not. */
  skipValidate: boolean;
}>;

type Fail = (where: string, code: ErrorCode, detail?: string) => Sys<Trouble>;

const failIn =
  (driver: Driver): Fail =>
  (where, code, detail = '') =>
    report(driver.log, where, 'DOMAIN', code, detail);

type Basics = Readonly<{
  virtType: string;
  osType: string;
  arch: string;
  machine: string | null;
}>;

/** Is the driver's layer asked at all? That changed in 4.6.0 and again in 6.0.0. */
function asksCaps(driver: Driver, arch: string | null, machine: string | null): boolean {
  const { parseAsksDriverCaps } = driver.self.switches;
  if (parseAsksDriverCaps === 'always') return true;
  return parseAsksDriverCaps === 'never' ? false : arch === null || machine === null;
}

/** virDomainDefParseCaps. */
function* parseCaps(
  driver: Driver,
  caps: DriverCaps | null,
  root: XmlElement,
  flags: ParseFlags,
): Sys<Basics | Trouble> {
  const fail = failIn(driver);
  const where = 'virDomainDefParseCaps';
  const virtType = attribute(root, 'type');
  const osType = textAt(root, 'os/type');
  const type = find(root, 'os/type');
  const arch = type === null ? null : attribute(type, 'arch');
  const machine = type === null ? null : attribute(type, 'machine');
  if (!virtType)
    return yield* fail(`${where}:19355`, 'INTERNAL_ERROR', 'missing domain type attribute');
  if (!virtTypes.includes(virtType)) {
    return yield* fail(`${where}:19360`, 'CONFIG_UNSUPPORTED', `invalid domain type ${virtType}`);
  }
  if (osType === null) {
    return yield* fail(`${where}:19369`, 'XML_ERROR', 'an os <type> must be specified');
  }
  if (!osTypes.includes(osType)) {
    return yield* fail(`${where}:19375`, 'CONFIG_UNSUPPORTED', `unknown OS type '${osType}'`);
  }
  if (arch !== null && !isArch(arch)) {
    return yield* fail(`${where}:19392`, 'CONFIG_UNSUPPORTED', `Unknown architecture ${arch}`);
  }
  const host = driver.self.hostArch;
  if (caps === null || !asksCaps(driver, arch, machine))
    return { virtType, osType, arch: arch ?? host, machine };
  const data = yield* domainDataLookup(driver.log, caps, { osType, arch, virtType });
  if (inTrouble(data))
    return flags.skipValidate ? { virtType, osType, arch: arch ?? host, machine } : data;
  return { virtType, osType, arch: arch ?? data.arch, machine: machine ?? data.machine };
}

/** Bytes a unit; the default unit is KiB. */
const units: Record<string, number> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1000,
  k: 1024,
  kib: 1024,
  mb: 1000 ** 2,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  gb: 1000 ** 3,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  tb: 1000 ** 4,
  t: 1024 ** 4,
  tib: 1024 ** 4,
};

/** KiB, rounded up; 0 where the element is missing. */
function* memory(fail: Fail, root: XmlElement, name: string): Sys<number | Trouble> {
  const node = find(root, name);
  const text = textAt(root, name);
  if (node === null || text === null) return 0;
  const value = integer(text.trim());
  if (value === null || value < 0) {
    const detail = `Invalid value '${text}' for element or attribute './${name}[1]'`;
    return yield* fail('virDomainParseScaledValue:9973', 'XML_ERROR', detail);
  }
  const unit = attribute(node, 'unit') ?? 'KiB';
  const scale = units[unit.toLowerCase()];
  if (scale === undefined) {
    return yield* fail('virScaleInteger:346', 'INVALID_ARG', `unknown suffix '${unit}'`);
  }
  return Math.ceil((value * scale) / 1024);
}

type Vcpus = Readonly<{ vcpus: number; maxVcpus: number }>;

function* vcpus(fail: Fail, root: XmlElement): Sys<Vcpus | Trouble> {
  const node = find(root, 'vcpu');
  if (node === null) return { vcpus: 1, maxVcpus: 1 };
  const text = node.text.trim();
  const maxVcpus = text === '' ? 1 : integer(text);
  const where = 'virDomainVcpuParse';
  if (maxVcpus === null || maxVcpus < 0) {
    return yield* fail(`${where}:18619`, 'XML_ERROR', 'maximum vcpus count must be an integer');
  }
  const current = attribute(node, 'current');
  const online = current === null ? maxVcpus : integer(current);
  if (online === null || online < 0) {
    return yield* fail(`${where}:18628`, 'XML_ERROR', 'current vcpus count must be an integer');
  }
  if (maxVcpus === 0) {
    // Not even the empty set of CPUs of no <numa> fits into none.
    const detail = 'CPU IDs in <numa> exceed the <vcpu> count';
    return yield* fail('virDomainDefParseXML:19867', 'INTERNAL_ERROR', detail);
  }
  if (online > maxVcpus) {
    const detail = 'maximum vCPU count must not be less than current vCPU count';
    return yield* fail('virDomainVcpuParse:18637', 'CONFIG_UNSUPPORTED', detail);
  }
  return { vcpus: online, maxVcpus };
}

function* identity(
  driver: Driver,
  root: XmlElement,
): Sys<{ name: string; uuid: string } | Trouble> {
  const fail = failIn(driver);
  const name = textAt(root, 'name');
  if (name === null) return yield* fail('virDomainDefParseXML:19594', 'NO_NAME');
  if (name.includes('/')) {
    const detail = `name ${name} cannot contain '/'`;
    return yield* fail('virXMLCheckIllegalChars:1207', 'XML_ERROR', detail);
  }
  const uuid = textAt(root, 'uuid');
  if (uuid === null) return { name, uuid: newUuid(driver, name) };
  if (!isUuid(uuid)) {
    return yield* fail('virDomainDefParseXML:19611', 'INTERNAL_ERROR', 'malformed uuid element');
  }
  return { name, uuid: uuid.toLowerCase() };
}

/** virDomainDefParseXML, as far as this model looks. */
function* parseDef(
  driver: Driver,
  caps: DriverCaps | null,
  root: XmlElement,
  flags: ParseFlags,
): Sys<DomainDef | Trouble> {
  const fail = failIn(driver);
  const basics = yield* parseCaps(driver, caps, root, flags);
  if (inTrouble(basics)) return basics;
  const who = yield* identity(driver, root);
  if (inTrouble(who)) return who;
  const memoryKiB = yield* memory(fail, root, 'memory');
  if (inTrouble(memoryKiB)) return memoryKiB;
  const current = yield* memory(fail, root, 'currentMemory');
  if (inTrouble(current)) return current;
  const cpus = yield* vcpus(fail, root);
  if (inTrouble(cpus)) return cpus;
  const flaw = flawIn(root, driver.self.switches.documents === '9.0.0');
  if (flaw !== null && !flags.skipValidate)
    return yield* fail('virDomainDefParseXML', flaw.code, flaw.detail);
  const os = find(root, 'os');
  const boots = os === null ? [] : childrenOf(os, 'boot').flatMap((b) => attribute(b, 'dev') ?? []);
  const devices = find(root, 'devices')?.children ?? [];
  return {
    ...basics,
    ...who,
    ...cpus,
    title: textAt(root, 'title'),
    memoryKiB,
    currentMemoryKiB: current === 0 || current > memoryKiB ? memoryKiB : current,
    boot: boots.length === 0 ? ['hd'] : boots,
    features: find(root, 'features')?.children ?? [],
    cpu: find(root, 'cpu'),
    clock: attribute(find(root, 'clock') ?? root, 'offset') ?? 'utc',
    onPoweroff: textAt(root, 'on_poweroff') ?? 'destroy',
    onReboot: textAt(root, 'on_reboot') ?? 'restart',
    onCrash: textAt(root, 'on_crash') ?? 'destroy',
    emulator: textAt(root, 'devices/emulator'),
    devices: devices.filter((d) => d.name !== 'emulator'),
  };
}

/** virDomainDefParseString up to the end of virDomainDefParseXML. */
export function* parseDomain(
  driver: Driver,
  caps: DriverCaps | null,
  xml: string,
  flags: ParseFlags,
): Sys<DomainDef | Trouble> {
  const fail = failIn(driver);
  const root = parseXml(xml);
  if ('complaint' in root) {
    return yield* fail(
      'catchXMLError:751',
      'XML_DETAIL',
      complaintText('(domain_definition)', root.complaint),
    );
  }
  if (root.name !== 'domain') {
    const detail = driver.self.switches.namesExpectedRoot
      ? `expecting root element of 'domain', not '${root.name}'`
      : `unexpected root element <${root.name}>, expecting <domain>`;
    return yield* fail('virDomainDefParseNode:21428', 'XML_ERROR', detail);
  }
  return yield* parseDef(driver, caps, root, flags);
}
