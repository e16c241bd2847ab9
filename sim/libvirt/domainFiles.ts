/**
 * Domains on disk: the definitions that survive everything, the status files that survive libvirtd.
 *
 * Models: libvirt v5.0.0 src/conf/domain_conf.c virDomainSaveConfig, virDomainSaveStatus,
 *   virDomainDeleteConfig; src/conf/virdomainobjlist.c virDomainObjListLoadAllConfigs;
 *   src/qemu/qemu_process.c qemuProcessReconnect
 *
 * libvirtd may end while its guests go on: the next one reads from /run which QEMU belongs to which
 * domain, and connects to its monitor again. Files are believed without asking the capabilities, which is
 * why a KVM domain that is already defined stays defined on the broken host.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, readDir, readFile, unlink, writeFile } from '../libc/sys.ts';
import { capsForParse } from './capabilities.ts';
import { type Domain, type Live, newDomain, put, tell } from './domain.ts';
import type { DomainDef } from './domainDef.ts';
import { parseDomain } from './domainParse.ts';
import { domainXml, editWarning, xmlOf } from './domainXml.ts';
import type { Driver } from './driver.ts';
import { cleanUp, RUN_DIR } from './guestProcess.ts';
import { makePath } from './makePath.ts';
import { isConnectionTrouble, openMonitor, qmp } from './monitor.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { reportSystem } from './virLog.ts';
import { attribute, find, parseXml, type XmlElement } from './xml.ts';

const CONFIG_DIR = '/etc/libvirt/qemu';

const configPath = (name: string) => `${CONFIG_DIR}/${name}.xml`;

export function* saveConfig(driver: Driver, def: DomainDef): Sys<Trouble | null> {
  yield* makePath(CONFIG_DIR);
  const by = 'libvirt v5.0.0 src/conf/domain_conf.c virDomainSaveXML';
  const text = editWarning(def.name) + domainXml(def, null);
  const written = yield* writeFile(configPath(def.name), text, 0o600, by);
  if (!failed(written)) return null;
  const detail = `cannot write config file '${configPath(def.name)}'`;
  return yield* reportSystem(driver.log, 'virXMLSaveFile:814', written.errno, detail);
}

export function* deleteConfig(name: string): Sys<void> {
  yield* unlink(configPath(name), 'libvirt v5.0.0 src/conf/domain_conf.c virDomainDeleteConfig');
}

const indent = (text: string) => text.trimEnd().replace(/^/gm, '  ');

export function* saveStatus(driver: Driver, domain: Domain): Sys<void> {
  const { live, def } = domain;
  if (live === null) return;
  yield* makePath(RUN_DIR);
  const reason = domain.context.reason;
  const text = `<domstatus state='running' reason='${reason}' pid='${live.pid}'>
  <monitor path='${live.monitorPath}' json='1' type='unix'/>
${indent(xmlOf(domain, driver.self.runAs))}
</domstatus>
`;
  const by = 'libvirt v5.0.0 src/conf/domain_conf.c virDomainSaveStatus';
  yield* writeFile(`${RUN_DIR}/${def.name}.xml`, text, 0o600, by);
  yield* writeFile(`${RUN_DIR}/${def.name}.pid`, String(live.pid), 0o600, by);
}

function* xmlFiles(dir: string): Sys<readonly string[]> {
  const names = yield* readDir(dir);
  return failed(names) ? [] : names.filter((name) => name.endsWith('.xml'));
}

/** virDomainObjListLoadAllConfigs for the persistent ones; a file that cannot be read is passed over. */
export function* loadConfigs(driver: Driver): Sys<void> {
  const caps = driver.caps ?? (yield* capsForParse(driver));
  for (const file of yield* xmlFiles(CONFIG_DIR)) {
    const text = yield* readFile(`${CONFIG_DIR}/${file}`);
    if (failed(text)) continue;
    const def = yield* parseDomain(driver, caps, text, { skipValidate: true });
    if (!inTrouble(def)) put(driver, newDomain(def, true));
  }
}

const inner = (root: XmlElement): XmlElement | null => find(root, 'domain');

/** Connect to the guest's monitor again; a guest that is not there any more is cleaned up after. */
function* reconnect(driver: Driver, root: XmlElement, def: DomainDef): Sys<void> {
  const pid = Number(attribute(root, 'pid') ?? '0');
  const monitor = find(root, 'monitor');
  const path = monitor === null ? '' : (attribute(monitor, 'path') ?? '');
  const domain = inner(root);
  const id = Number((domain === null ? null : attribute(domain, 'id')) ?? '0');
  const known = driver.domains[def.name] ?? newDomain(def, false);
  const gone: Live = { id, pid, monitorPath: path, mon: { fd: -1, buffer: '', serial: 0 } };
  put(driver, known);
  tell(driver, def.name, { type: 'start.asked' });
  const alive = !failed(yield* access(`/proc/${pid}/stat`, 0));
  const mon = alive ? yield* openMonitor(driver, path, pid) : null;
  const answer =
    mon === null || inTrouble(mon) ? null : yield* qmp(driver, mon, 'qmp_capabilities');
  const starting = driver.domains[def.name];
  if (starting === undefined) return;
  if (mon === null || inTrouble(mon) || answer === null || isConnectionTrouble(answer)) {
    yield* cleanUp(driver, { ...starting, live: gone }, 'failed');
    return;
  }
  put(driver, { ...starting, def, live: { ...gone, mon } });
  tell(driver, def.name, { type: 'guest.running', reason: attribute(root, 'reason') ?? 'unknown' });
  driver.nextId = Math.max(driver.nextId, id + 1);
}

/** The part of a status file that is the domain, as text. */
const domainText = (text: string): string =>
  /^ {2}<domain [\s\S]*^ {2}<\/domain>$/m.exec(text)?.[0].replace(/^ {2}/gm, '') ?? '';

export function* loadStatuses(driver: Driver): Sys<void> {
  const caps = driver.caps ?? (yield* capsForParse(driver));
  for (const file of yield* xmlFiles(RUN_DIR)) {
    const text = yield* readFile(`${RUN_DIR}/${file}`);
    if (failed(text)) continue;
    const root = parseXml(text);
    if ('complaint' in root || root.name !== 'domstatus') continue;
    const def = yield* parseDomain(driver, caps, domainText(text), { skipValidate: true });
    if (!inTrouble(def)) yield* reconnect(driver, root, def);
  }
}
