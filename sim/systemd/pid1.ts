/**
 * PID 1: brings the host up in a fixed order, starts and stops services, buries the dead.
 *
 * Models: systemd v219 src/core/main.c, manager.c manager_dispatch_sigchld; units of CentOS 7 in the order that
 *   sysinit.target and multi-user.target give them
 * Leaves out: parallel start, dependencies, targets other than the boot order below.
 *
 * Leaves out, too: kmod-static-nodes; nodes of modules that are not loaded do not exist here.
 *
 * The order that matters: an administrator's own nodes and rights in /dev come first (systemd-tmpfiles), then
 * udevd with the coldplug, then the modules of modules-load.d. udevd and the coldplug are done before logind starts, so at boot the rules
 * have set the rights of /dev/kvm before any login can add an ACL to it.
 */

import { failed } from '../kernel/errno.ts';
import { own } from '../kernel/own.ts';
import { daemon } from '../kernel/program.ts';
import { journal } from '../libc/journal.ts';
import { serveOne } from '../libc/jsonSocket.ts';
import {
  clock,
  kill,
  listen,
  mkdir,
  open,
  poll,
  readDir,
  readFile,
  run,
  type Sys,
  sigaction,
  sigpending,
  spawn,
  symlink,
  unlink,
  wait,
  waitNohang,
} from '../libc/sys.ts';
import { newService, type ServiceSnapshot, serviceAfter } from './service.machine.ts';
import { parseUnit, type Unit } from './unit.ts';

export const SOCKET = '/run/systemd/private';

export type UnitFileState = 'enabled' | 'disabled' | 'static';

export type Question =
  | { verb: 'start' | 'stop' | 'restart' | 'status' | 'enable' | 'disable'; unit: string }
  | { verb: 'reboot' }
  | { verb: 'daemon-reload' };

export type UnitReport = Readonly<{
  unit: Unit;
  service: ServiceSnapshot;
  fileState: UnitFileState;
}>;

export type Reply =
  | Readonly<{ ok: true; report?: UnitReport }>
  | Readonly<{ ok: false; error: string }>;

type Memory = Readonly<{
  socket: number | null;
  services: Readonly<Record<string, ServiceSnapshot>>;
  /** When each service was last restarted by itself. */
  starts: Readonly<Record<string, readonly number[]>>;
}>;

/** DefaultStartLimitInterval and DefaultStartLimitBurst of v219. */
const START_LIMIT_MS = 10_000;
const START_LIMIT_BURST = 5;

const UNITS = '/usr/lib/systemd/system';
const WANTS = '/etc/systemd/system/multi-user.target.wants';

const full = (name: string) => (name.includes('.') ? name : `${name}.service`);

function* loadUnit(name: string): Sys<Unit | null> {
  const path = `${UNITS}/${full(name)}`;
  const text = yield* readFile(path);
  return failed(text) ? null : parseUnit(full(name), path, text);
}

function* startService(unit: Unit, services: Memory['services']): Sys<Memory['services']> {
  const old = services[unit.name] ?? newService;
  if (old.value === 'active') return services;
  const [path = '', ...rest] = unit.exec;
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
    LANG: 'en_US.UTF-8',
    ...unit.environment,
  };
  const pid = yield* spawn(path, [path, ...rest], { env, inherit: false, tty: null, cwd: '/' });
  const at = yield* clock();
  if (failed(pid)) {
    yield* journal('systemd', `Failed at step EXEC spawning ${path}: ${pid.errno}`);
    const begun = serviceAfter(old, { type: 'service.started', pid: 0, at });
    return {
      ...services,
      [unit.name]: serviceAfter(begun, { type: 'process.exited', code: 203, at }),
    };
  }
  yield* journal('systemd', `Started ${unit.description}.`);
  const begun = serviceAfter(old, { type: 'service.started', pid, at });
  if (unit.type !== 'oneshot') return { ...services, [unit.name]: begun };
  const status = yield* wait(pid);
  const code = failed(status) ? 1 : status.code;
  return { ...services, [unit.name]: serviceAfter(begun, { type: 'process.exited', code, at }) };
}

function* stopService(name: string, services: Memory['services']): Sys<Memory['services']> {
  const old = own(services, name) ?? newService;
  const { pid } = old.context;
  if (old.value !== 'active' || pid === null) return services;
  yield* kill(pid, 'SIGTERM');
  yield* wait(pid);
  const at = yield* clock();
  yield* journal('systemd', `Stopped ${name}.`);
  return { ...services, [name]: serviceAfter(old, { type: 'service.stopped', at }) };
}

/** sysinit.target: everything before the first service of multi-user.target. */
function* earlyBoot(): Sys<void> {
  for (const path of [
    '/run/systemd',
    '/run/systemd/seats',
    '/run/systemd/sessions',
    '/run/udev',
    '/run/log',
    '/run/log/journal',
    '/run/lock',
    '/run/user',
  ]) {
    if (path !== '/run/systemd/seats') yield* mkdir(path, 0o755);
  }
  yield* standardLinks();
}

/** dev_setup (src/shared/dev-setup.c): names for one's own descriptors. /dev/core is left out. */
function* standardLinks(): Sys<void> {
  yield* symlink('/proc/self/fd', '/dev/fd');
  for (const [fd, name] of ['stdin', 'stdout', 'stderr'].entries())
    yield* symlink(`/proc/self/fd/${fd}`, `/dev/${name}`);
}

/** kmod-static-nodes, udevd, coldplug (systemd-udev-trigger), in systemd's order. */
function* coldplug(): Sys<void> {
  yield* run('/usr/bin/udevadm', ['udevadm', 'trigger', '--type=subsystems', '--action=add'], {
    inherit: false,
  });
  yield* run('/usr/bin/udevadm', ['udevadm', 'trigger', '--type=devices', '--action=add'], {
    inherit: false,
  });
  yield* run('/usr/bin/udevadm', ['udevadm', 'settle'], { inherit: false });
}

/** unit_condition_test, for the one condition that decides anything here. */
function* conditionHolds({ wantsOneOf }: Unit): Sys<boolean> {
  for (const directory of wantsOneOf) {
    const names = yield* readDir(directory);
    if (!failed(names) && names.length > 0) return true;
  }
  return wantsOneOf.length === 0;
}

/** A host without the unit does without the service: containers and recorders have no udevd. */
function* startAtBoot(name: string, services: Memory['services']): Sys<Memory['services']> {
  const unit = yield* loadUnit(name);
  if (unit === null || !(yield* conditionHolds(unit))) return services;
  const after = yield* startService(unit, services);
  if (unit.name === 'systemd-udevd.service') yield* coldplug();
  return after;
}

/** sysinit.target in el7's order; 252 keeps it. */
const SYSINIT = [
  'systemd-tmpfiles-setup-dev.service',
  'systemd-udevd.service',
  'systemd-modules-load.service',
  'systemd-tmpfiles-setup.service',
];

function* boot(): Sys<Memory> {
  yield* earlyBoot();
  yield* open('/dev/null', ['read', 'write']);
  yield* sigaction(['SIGCHLD']);
  let services: Memory['services'] = {};
  for (const name of SYSINIT) services = yield* startAtBoot(name, services);
  const wanted = yield* readDir(WANTS);
  for (const name of ['systemd-logind.service', ...(failed(wanted) ? [] : wanted)]) {
    services = yield* startAtBoot(name, services);
  }
  const socket = yield* listen(SOCKET);
  return { socket: failed(socket) ? null : socket, services, starts: {} };
}

/** manager_dispatch_sigchld: whoever has died, note it with its service, and restart what must not be missed. */
function* bury(memory: Memory): Sys<Memory> {
  let { services, starts } = memory;
  for (;;) {
    const status = yield* waitNohang(-1);
    if (status === null || failed(status)) return { ...memory, services, starts };
    const [name, old] =
      Object.entries(services).find(([, s]) => s.context.pid === status.pid) ?? [];
    if (name === undefined || old === undefined) continue;
    const at = yield* clock();
    const code = status.signal === null ? status.code : 128;
    services = { ...services, [name]: serviceAfter(old, { type: 'process.exited', code, at }) };
    const unit = yield* loadUnit(name);
    const again = unit?.restart === 'always' || (unit?.restart === 'on-failure' && code !== 0);
    if (!unit || !again) continue;
    const recent = (own(starts, name) ?? []).filter((start) => start > at - START_LIMIT_MS);
    if (recent.length >= START_LIMIT_BURST) {
      yield* journal('systemd', `start request repeated too quickly for ${name}`);
      continue;
    }
    starts = { ...starts, [name]: [...recent, at] };
    services = yield* startService(unit, services);
  }
}

function* fileState(unit: Unit): Sys<UnitFileState> {
  if (unit.wantedBy === null) return 'static';
  const wanted = yield* readDir(WANTS);
  return !failed(wanted) && wanted.includes(unit.name) ? 'enabled' : 'disabled';
}

function* answer(memory: Memory, question: Question): Sys<{ memory: Memory; reply: Reply }> {
  if (question.verb === 'daemon-reload' || question.verb === 'reboot')
    return { memory, reply: { ok: true } };
  const unit = yield* loadUnit(question.unit);
  if (unit === null) return { memory, reply: { ok: false, error: 'not-found' } };
  let { services } = memory;
  const link = `${WANTS}/${unit.name}`;
  if (question.verb === 'enable') yield* symlink(unit.path, link);
  if (question.verb === 'disable') yield* unlink(link);
  if (question.verb === 'stop' || question.verb === 'restart')
    services = yield* stopService(unit.name, services);
  if (question.verb === 'start' || question.verb === 'restart')
    services = yield* startService(unit, services);
  const state = services[unit.name] ?? newService;
  const report = { unit, service: state, fileState: yield* fileState(unit) };
  return { memory: { ...memory, services }, reply: { ok: true, report } };
}

export const systemd = daemon<Memory | null>({
  begin: () => null,
  *turn(memory) {
    if (memory === null) return { again: yield* boot() };
    if (memory.socket === null)
      throw new Error(`PID 1 could not listen on ${SOCKET}: is /run mounted?`);
    const ready = yield* poll([memory.socket]);
    if (failed(ready)) {
      yield* sigpending();
      return { again: yield* bury(memory) };
    }
    return { again: yield* serveOne(memory.socket, memory, answer) };
  },
});
