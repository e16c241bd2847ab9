/**
 * Asking QEMU itself: start it without a machine, question it, kill it. With KVM, once more without.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsNewForBinaryInternal,
 *   virQEMUCapsInitQMP, virQEMUCapsInitQMPCommandNew, virQEMUCapsInitQMPCommandRun,
 *   virQEMUCapsInitQMPCommandAbort, virQEMUCapsLogProbeFailure
 *
 * `accel=kvm:tcg` makes QEMU fall back in silence: that it wrote "Permission denied" to stderr is logged
 * and otherwise ignored, because it exits with 0. What counts is only what query-kvm says afterwards.
 * From 5.1.0 each QEMU has a directory of its own for socket and pidfile, and failing to start is an error
 * (src/qemu/qemu_process.c qemuProcessQMPInit, qemuProcessQMPLaunch).
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, chown, kill, mkdir, readFile, rmdir, stat, unlink } from '../libc/sys.ts';
import { interview, interviewTcg } from './dialogue.ts';
import { interview900, interviewTcg900 } from './dialogue900.ts';
import { allocate, type Driver } from './driver.ts';
import { hostModelNotes } from './hostModel.ts';
import { credentialsOf } from './identity.ts';
import { kvmSupportsNesting, moduleDirTime } from './isValid.ts';
import { closeMonitor, type Monitor, openMonitor } from './monitor.ts';
import { has, type QemuCaps, unprobed } from './qemuCaps.ts';
import type { Asked } from './questions.ts';
import { versionNumber } from './switches.ts';
import { passCommon, runCommand } from './virCommand.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report, reportSystem, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

export const LIB_DIR = '/var/lib/libvirt/qemu';
type Paths = Readonly<{ directory: string | null; monitor: string; pidfile: string }>;

const shared: Paths = {
  directory: null,
  monitor: `${LIB_DIR}/capabilities.monitor.sock`,
  pidfile: `${LIB_DIR}/capabilities.pidfile`,
};

/** g_mkdtemp, its six random letters taken from the address that the log would show. */
function* paths(driver: Driver): Sys<Paths> {
  if (!driver.self.switches.uniqueQmpDirectory) return shared;
  const directory = `${LIB_DIR}/qmp-${allocate(driver).slice(-6)}`;
  yield* mkdir(directory, 0o700);
  yield* chown(directory, driver.self.runAs.uid, -1, 'libvirt v5.1.0 qemuProcessQMPInit');
  return { directory, monitor: `${directory}/qmp.monitor`, pidfile: `${directory}/qmp.pid` };
}

type Session = { at: Paths; mon: Monitor | null; pid: number; qmperr: string | null };

const machineFor = (tcg: boolean) => (tcg ? 'none,accel=tcg' : 'none,accel=kvm:tcg');

/** virPidFileReadPath. */
function* readPid(path: string): Sys<number | null> {
  const text = yield* readFile(path);
  const [, digits] = failed(text) ? [] : (/^\s*(\d+)(?:\s|$)/.exec(text) ?? []);
  return digits === undefined ? null : Number(digits);
}

/** virQEMUCapsInitQMPCommandRun: the session, or null where QEMU could not be brought to talk. */
function* start(driver: Driver, binary: string, tcg: boolean): Sys<Session> {
  const machine = machineFor(tcg);
  const trying = `Try to probe capabilities of '${binary}' via QMP, machine ${machine}`;
  yield* log.debug(driver.log, 'virQEMUCapsInitQMPCommandRun:4502', trying);
  const qemu = ['-S', '-no-user-config', '-nodefaults', '-nographic', '-machine', machine];
  const { runAs, switches } = driver.self;
  const at = yield* paths(driver);
  const options = switches.explicitSocketOptions ? 'server=on,wait=off' : 'server,nowait';
  const socket = `unix:${at.monitor},${options}`;
  const args = [...qemu, '-qmp', socket, '-pidfile', at.pidfile, '-daemonize'];
  const caps = switches.proberOverridesDac ? (['CAP_DAC_OVERRIDE'] as const) : [];
  const credentials = yield* credentialsOf(runAs, caps);
  const command = { binary, args, env: passCommon(driver.env), credentials };
  const { status, stderr } = yield* runCommand(driver.log, command);
  const session: Session = { at, mon: null, pid: 0, qmperr: stderr };
  if (status !== 0) {
    const text = `QEMU ${binary} exited with status ${status}: ${stderr}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPCommandRun:4534', text);
    return session;
  }
  const pid = yield* readPid(at.pidfile);
  if (pid === null) {
    const text = `Failed to read pidfile ${at.pidfile}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPCommandRun:4540', text);
    return session;
  }
  session.pid = pid;
  const mon = yield* openMonitor(driver, at.monitor, pid);
  if (!inTrouble(mon)) session.mon = mon;
  return session;
}

const KILL = 'libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsInitQMPCommandAbort';

/** virQEMUCapsInitQMPCommandAbort: a QEMU that was reached is killed, and its stderr forgotten. */
function* abort(driver: Driver, session: Session): Sys<void> {
  if (session.mon !== null) yield* closeMonitor(session.mon);
  yield* unlink(session.at.monitor, KILL);
  if (session.pid !== 0) {
    const killing = `Killing QMP caps process ${session.pid}`;
    yield* log.debug(driver.log, 'virQEMUCapsInitQMPCommandAbort:4404', killing);
    const killed = yield* kill(session.pid, 'SIGKILL');
    if (failed(killed) && killed.errno !== 'ESRCH') {
      const text = `Failed to kill process ${session.pid}: ${strerror(killed.errno)}`;
      yield* log.error(driver.log, 'virQEMUCapsInitQMPCommandAbort:4406', text);
    }
    session.qmperr = null;
  }
  yield* unlink(session.at.pidfile, KILL);
  if (session.at.directory !== null) yield* rmdir(session.at.directory);
  session.mon = null;
  session.pid = 0;
}

/** qemuProcessQMPLaunch, 5.1.0. */
function* notStarted(driver: Driver, { binary }: QemuCaps, session: Session): Sys<Trouble> {
  const why = session.qmperr === null || session.qmperr === '' ? 'unknown error' : session.qmperr;
  const detail = `Failed to start QEMU binary ${binary} for probing: ${why}`;
  return yield* report(driver.log, 'qemuProcessQMPLaunch', 'QEMU', 'INTERNAL_ERROR', detail);
}

type Probed = Readonly<{ caps: QemuCaps; qmperr: string | null }>;

/** virQEMUCapsInitQMP. A second process that fails to start is accepted: TCG models stay unknown. */
function* initQmp(driver: Driver, before: QemuCaps): Asked<Probed> {
  const newer = driver.self.switches.probe === '9.0.0';
  if (!driver.self.switches.uniqueQmpDirectory) yield* unlink(shared.pidfile, KILL);
  const session = yield* start(driver, before.binary, false);
  if (session.mon === null) {
    yield* abort(driver, session);
    if (driver.self.switches.uniqueQmpDirectory) return yield* notStarted(driver, before, session);
    return { caps: before, qmperr: session.qmperr };
  }
  const caps = yield* (newer ? interview900 : interview)(driver, session.mon, before);
  yield* abort(driver, session);
  if (inTrouble(caps) || !has(caps, 'kvm')) return inTrouble(caps) ? caps : { caps, qmperr: null };
  const second = yield* start(driver, before.binary, true);
  const ask = newer ? interviewTcg900 : interviewTcg;
  const both = second.mon === null ? caps : yield* ask(driver, second.mon, caps);
  yield* abort(driver, second);
  return inTrouble(both) ? both : { caps: both, qmperr: null };
}

/** MESSAGE_ID 8ae2f3fb-2dbe-498e-8fbd-012d40afa361. */
function* warn(driver: Driver, binary: string, { error }: Trouble): Sys<void> {
  const text = `Failed to probe capabilities for ${binary}: ${error.message}`;
  yield* log.warning(driver.log, 'virQEMUCapsLogProbeFailure:4626', text);
}

/** virQEMUCapsNewForBinaryInternal. */
export function* probe(driver: Driver, binary: string): Sys<QemuCaps | Trouble> {
  const { log: to, self } = driver;
  const file = yield* stat(binary);
  if (failed(file)) {
    const detail = `Cannot check QEMU binary ${binary}`;
    return yield* reportSystem(to, 'virQEMUCapsNewForBinaryInternal:4657', file.errno, detail);
  }
  const executable = yield* access(binary, 1);
  if (failed(executable)) {
    const detail = `QEMU binary ${binary} is not executable`;
    return yield* reportSystem(
      to,
      'virQEMUCapsNewForBinaryInternal:4668',
      executable.errno,
      detail,
    );
  }
  const ctime = Math.floor(file.ctime / 1000);
  const modDirMtime = yield* moduleDirTime(self.switches);
  const probed = yield* initQmp(driver, { ...unprobed(binary), ctime, modDirMtime });
  if (inTrouble(probed)) {
    yield* warn(driver, binary, probed);
    return probed;
  }
  const { caps, qmperr } = probed;
  if (!caps.usedQMP) {
    const detail = `Failed to probe QEMU binary with QMP: ${qmperr ?? 'unknown error'}`;
    const where = 'virQEMUCapsNewForBinaryInternal:4679';
    const trouble = yield* report(to, where, 'QEMU', 'INTERNAL_ERROR', detail);
    yield* warn(driver, binary, trouble);
    return trouble;
  }
  const version = versionNumber(self.switches.version);
  const own = { ...caps, libvirtCtime: self.ctime, libvirtVersion: version };
  yield* hostModelNotes(to, self, own);
  if (!has(own, 'kvm')) return own;
  return {
    ...own,
    microcodeVersion: self.microcodeVersion,
    kernelVersion: self.kernelVersion,
    hostCpuSignature: self.hostCpuSignature,
    cpuData: self.cpuData,
    kvmSupportsNesting: self.switches.checksNesting && (yield* kvmSupportsNesting()),
  };
}
