/**
 * libvirtd: the daemon that virsh talks to.
 *
 * Models: libvirt v5.0.0 src/remote/remote_daemon.c daemonShutdownHandler, daemonReloadHandler;
 *   src/rpc/virnetserver.c virNetServerProcessMsg; src/qemu/qemu_process.c qemuProcessHandleMonitorEOF
 *
 * One call is handled at a time, start to end: a real daemon's workers would run side by side, but every
 * look-up that matters here holds the cache's lock for as long as it takes.
 * Leaves out: worker threads, authentication, the drivers for networks, storage and secrets.
 */

import { failed } from '../kernel/errno.ts';
import { own } from '../kernel/own.ts';
import { daemon, type Sys } from '../kernel/program.ts';
import { accept, close, peercred, poll, read, sigpending, unlink, write } from '../libc/sys.ts';
import { answerCall, type Client, newClient, tellClient } from './client.ts';
import { type Daemon, initialize, PIDFILE, tell } from './daemonStart.ts';
import { loadConfigs } from './domainFiles.ts';
import type { Driver } from './driver.ts';
import { cleanUp, drainMonitor } from './guestProcess.ts';
import { type Lifecycle, lifecycle } from './lifecycle.ts';
import { type Call, SOCKET, SOCKET_RO } from './rpc.ts';
import { inTrouble } from './virError.ts';
import { forTurn } from './virLog.ts';

/** null for a line that is no call: like a malformed frame, it ends the connection. */
function parseCall(line: string): Call | null {
  try {
    const call = JSON.parse(line) as Partial<Call> | null;
    return typeof call?.proc === 'string'
      ? { id: call.id ?? 0, proc: call.proc, args: call.args ?? {} }
      : null;
  } catch {
    return null;
  }
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
  let after = client;
  for (const line of lines) {
    const call = parseCall(line);
    if (call === null) {
      yield* close(client.fd);
      return null;
    }
    const done = yield* answerCall(driver, after, call);
    after = done.client;
    const { result } = done;
    const answer = inTrouble(result)
      ? { id: call.id, error: result.error }
      : { id: call.id, ok: result };
    yield* write(client.fd, `${JSON.stringify(answer)}\n`);
  }
  return { ...after, buffer };
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
    for (const path of [SOCKET, SOCKET_RO, PIDFILE]) yield* unlink(path);
  }
  return state === 'stopped' ? { exit: 0 } : { again: { ...memory, state } };
}

/** A guest's monitor speaks or falls silent: the second means that the guest has ended. */
function* guests(driver: Driver, ready: readonly number[]): Sys<void> {
  for (const name of Object.keys(driver.domains).sort()) {
    const domain = own(driver.domains, name);
    if (domain === undefined) continue;
    const fd = domain.live?.mon.fd;
    if (fd === undefined || !ready.includes(fd)) continue;
    if (!(yield* drainMonitor(driver, domain))) yield* cleanUp(driver, domain, 'shutdown');
  }
}

function* tellAll(clients: readonly Client[], events: readonly Lifecycle[]): Sys<void> {
  for (const client of clients) yield* tellClient(client, events);
}

function* handle(memory: Daemon, before: Driver, ready: readonly number[]): Sys<{ again: Daemon }> {
  const driver = { ...before, log: forTurn(before.log) };
  let { clients } = memory;
  const { domains } = driver;
  yield* guests(driver, ready);
  yield* tellAll(clients, lifecycle(domains, driver.domains, 'shutdown'));
  for (const client of memory.clients.filter((c) => ready.includes(c.fd))) {
    const were = driver.domains;
    const after = yield* serve(driver, client);
    clients = clients.flatMap((c) => (c.fd !== client.fd ? [c] : after === null ? [] : [after]));
    yield* tellAll(clients, lifecycle(were, driver.domains, 'destroyed'));
  }
  for (const { fd, readonly } of memory.listeners.filter((l) => ready.includes(l.fd))) {
    const connection = yield* accept(fd);
    if (failed(connection)) continue;
    const peer = yield* peercred(connection);
    const uid = failed(peer) ? -1 : peer.uid;
    clients = [...clients, newClient(connection, readonly, uid)];
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
