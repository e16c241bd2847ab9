/**
 * libvirtd: the daemon that virsh talks to.
 *
 * Models: libvirt v5.0.0 src/remote/remote_daemon.c main; src/qemu/qemu_driver.c qemuStateInitialize;
 *   src/rpc/virnetserver.c virNetServerProcessMsg; src/util/virmodule.c (virGetSelfLastChanged)
 *
 * One call is handled at a time, start to end: a real daemon's workers would run side by side, but every
 * look-up that matters here holds the cache's lock for as long as it takes.
 * Leaves out: worker threads, authentication, the drivers for networks, storage and secrets.
 */
import { transition } from 'xstate';
import { failed } from '../kernel/errno.ts';
import { daemon, type Sys } from '../kernel/program.ts';
import {
  accept,
  chmod,
  chown,
  close,
  err,
  getcred,
  listen,
  poll,
  read,
  readDir,
  sigaction,
  sigpending,
  stat,
  uname,
  unlink,
  write,
} from '../libc/sys.ts';
import { createCapabilities } from './capabilities.ts';
import { logSettings, readConf } from './conf.ts';
import { dispatch } from './dispatch.ts';
import { loadConfigs, loadStatuses } from './domainFiles.ts';
import type { Driver } from './driver.ts';
import { cleanUp, drainMonitor } from './guestProcess.ts';
import { microcodeVersion } from './hostCaps.ts';
import { runAs } from './identity.ts';
import type { Self } from './isValid.ts';
import { neverLooked } from './kvmUsable.ts';
import { type DaemonEvent, type DaemonState, libvirtdMachine } from './libvirtd.machine.ts';
import { makePath } from './makePath.ts';
import { type Call, SOCKET, SOCKET_RO } from './rpc.ts';
import { switches } from './switches.ts';
import { inTrouble } from './virError.ts';
import { forTurn, openLog } from './virLog.ts';

type Client = Readonly<{ fd: number; buffer: string; readonly: boolean }>;

type Start = Readonly<{ argv: readonly string[]; env: Readonly<Record<string, string>> }>;

type Daemon = Readonly<{
  state: DaemonState;
  start: Start;
  /** null until initialized. */
  driver: Driver | null;
  listeners: readonly Readonly<{ fd: number; readonly: boolean }>[];
  clients: readonly Client[];
}>;

/** One event to the daemon's machine: the next state, and the effects by name. */
function tell(
  state: DaemonState,
  event: DaemonEvent,
): { state: DaemonState; effects: readonly string[] } {
  const [after, actions] = transition(
    libvirtdMachine,
    libvirtdMachine.resolveState({ value: state }),
    event,
  );
  return { state: after.value as DaemonState, effects: actions.map((a) => a.type) };
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
  const log = yield* openLog(logSettings(conf, env), version.version);
  const qemuConf = yield* readConf('/etc/libvirt/qemu.conf');
  const who = yield* runAs(qemuConf);
  if (who === null) return `Failed to parse user '${qemuConf['user'] ?? 'qemu'}'`;
  const { release, version: build, machine } = yield* uname();
  const binary = argv[0]?.startsWith('/') ? argv[0] : '/usr/sbin/libvirtd';
  const self: Self = {
    hostArch: machine,
    ctime: yield* selfLastChanged(binary),
    microcodeVersion: yield* microcodeVersion(),
    kernelVersion: `${release} ${build}`,
    runAs: who,
    switches: version,
  };
  const empty = { cache: {}, kvm: neverLooked, caps: null, domains: {}, nextId: 1, allocations: 0 };
  return { log, env, self, ...empty };
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

/** qemuStateInitialize, then the sockets. */
function* initialize(memory: Daemon): Sys<{ again: Daemon } | { exit: number }> {
  yield* sigaction(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE']);
  const driver = yield* newDriver(memory.start);
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

/** Every whole line of a client's input is a call; answers go back in order. */
function* serve(driver: Driver, client: Client): Sys<Client | null> {
  const more = yield* read(client.fd);
  if (failed(more) || more === '') {
    yield* close(client.fd);
    return null;
  }
  const lines = `${client.buffer}${more}`.split('\n');
  const buffer = lines.pop() ?? '';
  for (const line of lines) {
    const call = JSON.parse(line) as Call;
    const result = yield* dispatch(driver, call.proc, call.args, client.readonly);
    const answer = inTrouble(result)
      ? { id: call.id, error: result.error }
      : { id: call.id, ok: result };
    yield* write(client.fd, `${JSON.stringify(answer)}\n`);
  }
  return { ...client, buffer };
}

function* signals(memory: Daemon): Sys<{ again: Daemon } | { exit: number }> {
  const arrived = yield* sigpending();
  const term = arrived.includes('SIGTERM') || arrived.includes('SIGINT');
  if (!term && !arrived.includes('SIGHUP')) return { again: memory };
  const { state, effects } = tell(memory.state, { type: term ? 'signal.term' : 'signal.hup' });
  if (effects.includes('reload') && memory.driver !== null) {
    const driver = { ...memory.driver, log: forTurn(memory.driver.log) };
    yield* loadConfigs(driver);
    return { again: { ...memory, state, driver } };
  }
  if (effects.includes('removeSockets')) {
    for (const path of [SOCKET, SOCKET_RO]) yield* unlink(path);
  }
  return state === 'stopped' ? { exit: 0 } : { again: { ...memory, state } };
}

/** A guest's monitor speaks or falls silent: the second means that the guest has ended. */
function* guests(driver: Driver, ready: readonly number[]): Sys<void> {
  for (const domain of Object.values(driver.domains)) {
    const fd = domain.live?.mon.fd;
    if (fd === undefined || !ready.includes(fd)) continue;
    if (!(yield* drainMonitor(driver, domain))) yield* cleanUp(driver, domain, 'shutdown');
  }
}

function* handle(memory: Daemon, before: Driver, ready: readonly number[]): Sys<{ again: Daemon }> {
  const driver = { ...before, log: forTurn(before.log) };
  let { clients } = memory;
  yield* guests(driver, ready);
  for (const client of memory.clients.filter((c) => ready.includes(c.fd))) {
    const after = yield* serve(driver, client);
    clients = clients.flatMap((c) => (c.fd !== client.fd ? [c] : after === null ? [] : [after]));
  }
  for (const { fd, readonly } of memory.listeners.filter((l) => ready.includes(l.fd))) {
    const connection = yield* accept(fd);
    if (!failed(connection)) clients = [...clients, { fd: connection, buffer: '', readonly }];
  }
  return { again: { ...memory, driver, clients } };
}

export const libvirtd = daemon<Daemon>({
  begin: (start) => ({ state: 'starting', start, driver: null, listeners: [], clients: [] }),
  *turn(memory) {
    const { driver } = memory;
    if (driver === null) return yield* initialize(memory);
    const monitors = Object.values(driver.domains).flatMap((d) => d.live?.mon.fd ?? []);
    const fds = [
      ...memory.listeners.map((l) => l.fd),
      ...memory.clients.map((c) => c.fd),
      ...monitors,
    ];
    const ready = yield* poll(fds);
    if (failed(ready)) return yield* signals(memory);
    return yield* handle(memory, driver, ready);
  },
});
