/**
 * Starting and ending a guest's QEMU.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_process.c qemuProcessStart, qemuProcessInit,
 *   qemuProcessStartValidate, qemuProcessUpdateGuestCPU, qemuProcessLaunch, qemuProcessWaitForMonitor,
 *   qemuProcessStop, qemuProcessKill
 *
 * libvirtd asks only whether /dev/kvm exists, not whether QEMU may open it: permissions show when QEMU
 * tries. libvirtd listens on the monitor's socket itself and hands the descriptor over, so connecting
 * always succeeds; a QEMU that has died is known by the silence behind it.
 * Leaves out: cgroups, namespaces, labels on files, hooks, the handshake before exec, vCPU threads.
 */

import { failed } from '../kernel/errno.ts';
import { own } from '../kernel/own.ts';
import type { Sys } from '../kernel/program.ts';
import {
  access,
  chown,
  close,
  kill,
  listen,
  nanosleep,
  read,
  rmdir,
  spawn,
  unlink,
  writeFile,
} from '../libc/sys.ts';
import { capsForParse } from './capabilities.ts';
import { type Domain, type Live, put, tell } from './domain.ts';
import type { DomainDef } from './domainDef.ts';
import type { Driver } from './driver.ts';
import { cacheLookup } from './fileCache.ts';
import { guestArgs } from './guestCommand.ts';
import { type GuestLog, logEnd, logStart, openGuestLog, reportLogError } from './guestLog.ts';
import { missingDisk, updateGuestCpu } from './guestPrepare.ts';
import { credentialsOf } from './identity.ts';
import { makePath } from './makePath.ts';
import { closeMonitor, isConnectionTrouble, type Monitor, openMonitor, qmp } from './monitor.ts';
import { validate } from './postParse.ts';
import { LIB_DIR } from './probe.ts';
import type { QemuCaps } from './qemuCaps.ts';
import { commandText, passCommon, type VirCommand } from './virCommand.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report, reportSystem, source } from './virLog.ts';

const log = source('qemu.qemu_process');
const commandLog = source('util.command');

export const RUN_DIR = '/run/libvirt/qemu';

const NO_KVM =
  'Domain requires KVM, but it is not available. Check that virtualization is enabled in the ' +
  'host BIOS, and host configuration is setup to load the kvm modules.';

/** qemuProcessStartValidate: the node's existence, then the domain and its devices once more. */
function* startValidate(driver: Driver, def: DomainDef): Sys<Trouble | null> {
  if (def.virtType === 'kvm') {
    yield* log.debug(driver.log, 'qemuProcessStartValidate:5258', 'Checking for KVM availability');
    if (failed(yield* access('/dev/kvm', 0))) {
      const where = 'qemuProcessStartValidate:5260';
      return yield* report(driver.log, where, 'QEMU', 'CONFIG_UNSUPPORTED', NO_KVM);
    }
  }
  const devices = driver.self.switches.startKeepsEntry ? 'alone' : 'with devices';
  const caps = yield* validate(driver, def, devices);
  return inTrouble(caps) ? caps : null;
}

/** qemuProcessInit: which QEMU, and may it run this. Four kinds of look-up, as many as there are devices and three. */
function* init(driver: Driver, domain: Domain): Sys<QemuCaps | Trouble> {
  yield* capsForParse(driver);
  const { def } = domain;
  const caps = yield* cacheLookup(driver, def.emulator ?? '');
  if (inTrouble(caps)) return caps;
  const refused = yield* startValidate(driver, def);
  if (refused !== null) return refused;
  // virDomainObjSetDefTransient copies a persistent definition by printing and parsing it again.
  if (!domain.context.persistent) return caps;
  const again = yield* cacheLookup(driver, def.emulator ?? '');
  return inTrouble(again) ? again : caps;
}

type Launched = Readonly<{ live: Live; log: GuestLog | null }>;

const LAUNCH = 'libvirt v5.0.0 src/qemu/qemu_process.c qemuProcessLaunch';

function* domainDir(driver: Driver, dir: string): Sys<Trouble | null> {
  const made = yield* makePath(dir, 0o750);
  if (made !== null) {
    const detail = `Cannot create directory '${dir}'`;
    return yield* reportSystem(driver.log, 'qemuProcessMakeDir:3330', made.errno, detail);
  }
  const { uid, gid } = driver.self.runAs;
  yield* chown(dir, uid, gid, LAUNCH);
  yield* writeFile(`${dir}/master-key.aes`, '', 0o600, LAUNCH);
  yield* chown(`${dir}/master-key.aes`, uid, gid, LAUNCH);
  return null;
}

/** qemuProcessLaunch: the socket first, then QEMU as its own user with the socket as descriptor 18. */
function* launch(driver: Driver, def: DomainDef, caps: QemuCaps): Sys<Launched | Trouble> {
  const id = driver.nextId++;
  const dir = `${LIB_DIR}/domain-${id}-${def.name.slice(0, 20)}`;
  const unmade = yield* domainDir(driver, dir);
  if (unmade !== null) return unmade;
  const monitorPath = `${dir}/monitor.sock`;
  yield* unlink(monitorPath);
  const socket = yield* listen(monitorPath, 1);
  if (failed(socket)) {
    const detail = `Unable to bind to UNIX socket path '${monitorPath}'`;
    return yield* reportSystem(
      driver.log,
      'qemuOpenChrChardevUNIXSocket:4937',
      socket.errno,
      detail,
    );
  }
  yield* chown(monitorPath, driver.self.runAs.uid, driver.self.runAs.gid, LAUNCH);
  const opened = yield* openGuestLog(def.name);
  const binary = def.emulator ?? '';
  const command: VirCommand = {
    binary,
    args: guestArgs(def, caps, dir, driver.self.switches),
    env: { ...passCommon(driver.env), QEMU_AUDIO_DRV: 'none' },
    credentials: yield* credentialsOf(driver.self.runAs),
  };
  const guestLog = opened === null ? null : yield* logStart(driver, opened, caps, command);
  const fds = {
    [driver.self.switches.monitorFd]: socket,
    ...(guestLog === null ? {} : { 1: guestLog.fd, 2: guestLog.fd }),
  };
  const { env, credentials } = command;
  const options = { env, credentials, inherit: false, daemon: true, cwd: '/', fds };
  yield* commandLog.debug(
    driver.log,
    'virCommandRunAsync:2488',
    `About to run ${commandText(command)}`,
  );
  const pid = yield* spawn(binary, [binary, ...command.args], options);
  const started = `Command result 0, with PID ${failed(pid) ? -1 : pid}`;
  yield* commandLog.debug(driver.log, 'virCommandRunAsync:2490', started);
  const silent = "Result status 0, stdout: '(null)' stderr: '(null)'";
  yield* commandLog.debug(driver.log, 'virCommandRun:2336', silent);
  yield* close(socket);
  if (guestLog !== null) yield* close(guestLog.fd);
  if (failed(pid)) {
    const detail = `cannot execute binary ${binary}`;
    return yield* reportSystem(driver.log, 'virExec:778', pid.errno, detail);
  }
  const mon = yield* openMonitor(driver, monitorPath, pid);
  if (inTrouble(mon)) return yield* lost(driver, guestLog, mon);
  return { live: { id, pid, monitorPath, mon }, log: guestLog };
}

function* lost(driver: Driver, guestLog: GuestLog | null, why: Trouble): Sys<Trouble> {
  const prefix = 'process exited while connecting to monitor';
  return guestLog === null ? why : yield* reportLogError(driver, guestLog, prefix);
}

/** The questions of a start; what they answer is of no consequence here, only that they are answered. */
const greetings = ['qmp_capabilities', 'query-chardev', 'query-cpus-fast', 'cont'] as const;

function* converse(driver: Driver, launched: Launched): Sys<Live | Trouble> {
  const mon: Monitor = { ...launched.live.mon };
  for (const execute of greetings) {
    const answer = yield* qmp(driver, mon, execute);
    if (isConnectionTrouble(answer)) {
      yield* closeMonitor(mon);
      return yield* lost(driver, launched.log, answer);
    }
  }
  return { ...launched.live, mon };
}

/** qemuProcessStart: the domain runs, or is as it was, or (if transient) is gone. */
export function* startGuest(driver: Driver, domain: Domain, reason: string): Sys<Trouble | null> {
  const { name } = domain.def;
  const caps = yield* init(driver, domain);
  if (inTrouble(caps)) return yield* giveUp(driver, name, caps, false);
  const refused =
    (yield* updateGuestCpu(driver, domain.def, caps)) ?? (yield* missingDisk(driver, domain.def));
  if (refused !== null) return yield* giveUp(driver, name, refused, false);
  tell(driver, name, { type: 'start.asked' });
  const launched = yield* launch(driver, domain.def, caps);
  if (inTrouble(launched)) return yield* giveUp(driver, name, launched, true);
  const live = yield* converse(driver, launched);
  if (inTrouble(live)) return yield* giveUp(driver, name, live, true);
  const starting = own(driver.domains, name);
  if (starting !== undefined) put(driver, { ...starting, live });
  tell(driver, name, { type: 'guest.running', reason });
  return null;
}

function* giveUp(driver: Driver, name: string, why: Trouble, launched: boolean): Sys<Trouble> {
  if (launched) yield* logEnd(name, 'failed');
  tell(driver, name, { type: 'start.asked' });
  tell(driver, name, { type: 'guest.ended', reason: 'failed' });
  return why;
}

/** qemuProcessStop: whatever is left of a guest that has ended. */
export function* cleanUp(driver: Driver, domain: Domain, reason: string): Sys<void> {
  const { live, def } = domain;
  if (live === null) return;
  yield* close(live.mon.fd);
  yield* logEnd(def.name, reason);
  const dir = live.monitorPath.slice(0, live.monitorPath.lastIndexOf('/'));
  const by = 'libvirt v5.0.0 src/qemu/qemu_process.c qemuProcessStop';
  for (const file of [live.monitorPath, `${dir}/master-key.aes`]) yield* unlink(file, by);
  yield* rmdir(dir);
  yield* unlink(`${RUN_DIR}/${def.name}.xml`, by);
  yield* unlink(`${RUN_DIR}/${def.name}.pid`, by);
  tell(driver, def.name, { type: 'guest.ended', reason });
}

const PATIENCE_MS = 15000;
const STEP_MS = 200;

/** virProcessKillPainfully: SIGTERM, and after ten of fifteen seconds SIGKILL. */
export function* killGuest(live: Live): Sys<void> {
  yield* kill(live.pid, 'SIGTERM');
  for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
    if (failed(yield* access(`/proc/${live.pid}/stat`, 0))) return;
    if (waited === PATIENCE_MS - 5000) yield* kill(live.pid, 'SIGKILL');
    yield* nanosleep(STEP_MS);
  }
}

/** Reads what a guest's monitor has to say between commands: false when the connection has ended. */
export function* drainMonitor(driver: Driver, domain: Domain): Sys<boolean> {
  const { live } = domain;
  if (live === null) return true;
  const more = yield* read(live.mon.fd);
  if (failed(more) || more === '') return false;
  const buffer = `${live.mon.buffer}${more}`.replace(/^[\s\S]*\r\n/, '');
  put(driver, { ...domain, live: { ...live, mon: { ...live.mon, buffer } } });
  return true;
}
