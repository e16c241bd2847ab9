/**
 * libvirtd's start: may it, with which settings, and what it does before anyone can connect.
 *
 * Models: libvirt v5.0.0 src/remote/remote_daemon.c main; src/qemu/qemu_driver.c qemuStateInitialize;
 *   src/util/virpidfile.c virPidFileAcquirePath; src/util/virmodule.c (virGetSelfLastChanged)
 *
 * The driver's capabilities are made here, so the first QEMU is launched before the first client is
 * served: a node that is broken now is remembered as broken.
 * Leaves out: the session daemon, every command line option, drivers other than QEMU's.
 */
import { drive } from '../kernel/drive.ts';
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import {
  chmod,
  chown,
  err,
  getcred,
  getpid,
  listen,
  readDir,
  readFile,
  sigaction,
  stat,
  uname,
  unlink,
  writeFile,
} from '../libc/sys.ts';
import { createCapabilities } from './capabilities.ts';
import type { Client } from './client.ts';
import { logSettings, readConf } from './conf.ts';
import { loadConfigs, loadStatuses } from './domainFiles.ts';
import type { Driver } from './driver.ts';
import { hostCpuSignature, microcodeVersion } from './hostCaps.ts';
import { runAs } from './identity.ts';
import type { Self } from './isValid.ts';
import { cpuData } from './kvmHost.ts';
import { neverLooked } from './kvmUsable.ts';
import { type DaemonEvent, type DaemonState, libvirtdMachine } from './libvirtd.machine.ts';
import { makePath } from './makePath.ts';
import { SOCKET, SOCKET_RO } from './rpc.ts';
import { switches } from './switches.ts';
import { openLog } from './virLog.ts';

export type Start = Readonly<{ argv: readonly string[]; env: Readonly<Record<string, string>> }>;

export type Daemon = Readonly<{
  state: DaemonState;
  start: Start;
  /** null until initialized. */
  driver: Driver | null;
  listeners: readonly Readonly<{ fd: number; readonly: boolean }>[];
  clients: readonly Client[];
}>;

/** One event to the daemon's machine: the next state, and the effects by name. */
export function tell(
  state: DaemonState,
  event: DaemonEvent,
): { state: DaemonState; effects: readonly string[] } {
  const { value, effects } = drive(libvirtdMachine, { value: state, context: {} }, event);
  return { state: value, effects };
}

const MODULES = '/usr/lib64/libvirt/connection-driver';

/** virGetSelfLastChanged: the newest ctime of the daemon's file and its drivers', in seconds. */
function* selfLastChanged(binary: string): Sys<number> {
  const modules = yield* readDir(MODULES);
  const files = [binary, ...(failed(modules) ? [] : modules.map((name) => `${MODULES}/${name}`))];
  let newest = 0;
  for (const file of files) {
    const found = yield* stat(file);
    if (!failed(found)) newest = Math.max(newest, Math.floor(found.ctime / 1000));
  }
  return newest;
}

function* newDriver({ argv, env }: Start): Sys<Driver | string> {
  const version = yield* switches();
  const conf = yield* readConf('/etc/libvirt/libvirtd.conf');
  const log = yield* openLog(logSettings(conf, env), version);
  const qemuConf = yield* readConf('/etc/libvirt/qemu.conf');
  const who = yield* runAs(qemuConf, version);
  if (who === null) return `Failed to parse user '${qemuConf['user'] ?? version.qemuUser}'`;
  const { release, version: build, machine } = yield* uname();
  const binary = argv[0]?.startsWith('/') ? argv[0] : '/usr/sbin/libvirtd';
  const self: Self = {
    hostArch: machine,
    ctime: yield* selfLastChanged(binary),
    microcodeVersion: yield* microcodeVersion(),
    hostCpuSignature: yield* hostCpuSignature(),
    kernelVersion: `${release} ${build}`,
    cpuData: version.checksCpuid ? yield* cpuData(log) : null,
    runAs: who,
    switches: version,
  };
  const nothing = { cache: {}, kvm: neverLooked, caps: null, tsc: 'unasked', domains: {} } as const;
  return { log, env, self, ...nothing, nextId: 1, allocations: 0 };
}

/** The directories that QEMU writes to belong to it: qemuStateInitialize chowns them. */
function* directories(driver: Driver): Sys<void> {
  const { uid, gid } = driver.self.runAs;
  const by = 'libvirt v5.0.0 src/qemu/qemu_driver.c qemuStateInitialize';
  const root = (yield* getcred()).uid === 0;
  for (const dir of ['/var/lib/libvirt/qemu', '/var/cache/libvirt/qemu']) {
    yield* makePath(dir);
    if (root) yield* chown(dir, uid, gid, by);
  }
  for (const dir of ['/var/log/libvirt/qemu', '/run/libvirt/qemu']) yield* makePath(dir);
}

function* openSocket(path: string, mode: number): Sys<number | null> {
  yield* unlink(path);
  const fd = yield* listen(path);
  if (failed(fd)) return null;
  yield* chmod(path, mode, 'libvirt v5.0.0 src/rpc/virnetsocket.c virNetSocketNewListenUNIX');
  return fd;
}

export const PIDFILE = '/run/libvirtd.pid';

/** virPidFileAcquirePath, with the lock replaced by a look at who holds the file. */
function* acquirePidFile(): Sys<boolean> {
  const text = yield* readFile(PIDFILE);
  const held = failed(text) ? text : yield* readFile(`/proc/${text.trim()}/comm`);
  if (!failed(held) && held.trim() === 'libvirtd') return false;
  yield* writeFile(PIDFILE, `${yield* getpid()}\n`, 0o644);
  return true;
}

/** Why this daemon may not start at all; null when it may. */
function* refuseStart({ argv }: Start): Sys<string | null> {
  const [, option] = argv;
  if (option !== undefined) return `kvmlab does not model the option ${option}`;
  if ((yield* getcred()).uid !== 0)
    return 'kvmlab does not model session daemons: start it as root';
  if (yield* acquirePidFile()) return null;
  const busy = `Failed to acquire pid file '/var${PIDFILE}': Resource temporarily unavailable`;
  return `error : virPidFileAcquirePath:422 : ${busy}`;
}

/** qemuStateInitialize, then the sockets. */
export function* initialize(memory: Daemon): Sys<{ again: Daemon } | { exit: number }> {
  yield* sigaction(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE']);
  const refused = yield* refuseStart(memory.start);
  const driver = refused ?? (yield* newDriver(memory.start));
  if (typeof driver === 'string') {
    yield* err(`libvirtd: ${driver}\n`);
    return { exit: 1 };
  }
  yield* makePath('/run/libvirt');
  yield* directories(driver);
  if (driver.self.switches.capsAtStart) driver.caps = yield* createCapabilities(driver);
  yield* loadConfigs(driver);
  yield* loadStatuses(driver);
  const listeners = [];
  for (const [path, mode, readonly] of [
    [SOCKET, 0o777, false],
    [SOCKET_RO, 0o777, true],
  ] as const) {
    const fd = yield* openSocket(path, mode);
    if (fd !== null) listeners.push({ fd, readonly });
  }
  const { state } = tell(memory.state, { type: 'state.initialized' });
  return { again: { ...memory, state, driver, listeners } };
}
