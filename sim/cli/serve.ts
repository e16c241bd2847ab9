/**
 * `kvmlab serve`: real clients talk to the simulated host: libvirt's and QMP's by socket, scripts by programs on PATH.
 *
 * With `-- CMD` it serves for as long as CMD runs, says nothing of its own on standard output, and exits with CMD's
 * status. What the session came to is a trace, which replays to its hash without any client.
 */
import { openSync, writeFileSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { ask, credentialsOf } from '../host/ask.ts';
import type { Seat } from '../host/choice.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import { makeTrace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { root } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import { SOCKET, SOCKET_RO } from '../libvirt/rpc.ts';
import { runCommand } from './serve/command.ts';
import { filesAtHome } from './serve/home.ts';
import { makePlaces, type Places, showSocket } from './serve/places.ts';
import { createService, type Service } from './serve/service.ts';
import { listenAt, serveQmp, serveRpc, serveShim } from './serve/sockets.ts';
import { type Start, startOf } from './serve/start.ts';
import { announcement } from './serve/words.ts';
import { languageOf } from './terminal.ts';

export type ServeOptions = Readonly<{
  profile?: string;
  as?: string;
  dir?: string;
  pace?: string;
  trace?: string;
  json?: true;
  lang?: string;
}>;

function hurriedBy(pace: string | undefined): boolean {
  if (pace !== undefined && pace !== '0') throw usageError(`--pace takes 0, not ${pace}.`);
  return pace === '0';
}

function seatOf({ host, seat }: Start, as: string | undefined): Seat {
  if (as === undefined) return seat;
  if (credentialsOf(host.world, as) === null)
    throw usageError(`Nobody is called ${as} on this host. \`getent passwd\` there lists who is.`);
  return `${as}@pts/0`;
}

/** `close` hangs up on everybody, and is done when the host has heard of it. */
type Listening = Readonly<{ close: () => Promise<void> }>;

async function listen(service: Service, places: Places): Promise<Listening> {
  const open = new Set<Socket>();
  const kept = (serve: (socket: Socket) => void) => (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serve(socket);
  };
  const rpc = (path: string) => kept((socket) => serveRpc(service, path, socket));
  const servers: Server[] = await Promise.all([
    listenAt(places.socket, rpc(SOCKET)),
    listenAt(places.readonlySocket, rpc(SOCKET_RO)),
    listenAt(
      places.qmp,
      kept((socket) => serveQmp(service, socket)),
    ),
    listenAt(
      places.host,
      kept((socket) => serveShim(service, socket)),
    ),
  ]);
  const closed = (server: Server) => new Promise<void>((done) => server.close(() => done()));
  return {
    close: async () => {
      const all = Promise.all(servers.map(closed));
      for (const socket of open) socket.destroy();
      await all;
    },
  };
}

/** libvirtd that does not run has no socket. */
function mirror(world: World, places: Places): void {
  const pairs = [
    [places.socket, SOCKET],
    [places.readonlySocket, SOCKET_RO],
  ] as const;
  for (const [real, path] of pairs)
    showSocket(real, !failed(ask(world, root, { call: 'connect', path })));
}

/** What cannot be written is better known before the session than after it. */
function openTrace(path: string): number {
  try {
    return openSync(path, 'w');
  } catch {
    throw usageError(`The trace cannot be written to ${path}: is its directory there, and yours?`);
  }
}

/** Ctrl-C, or whoever ends this process politely. */
const toldToStop = (): Promise<number> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(0));
  });

function jsonLine({ remove: _, ...places }: Places): string {
  return `${JSON.stringify(places)}\n`;
}

type Words = Readonly<{ given: string | undefined; command: readonly string[] }>;

/** What stands before `--` and what after it; the operands alone do not tell. */
export function commandIn(
  argv: readonly string[],
  name: string | undefined,
  rest: readonly string[],
): Words {
  const dashes = argv.indexOf('--');
  const command = dashes < 0 ? [] : argv.slice(dashes + 1);
  const operands = name === undefined ? [] : [name, ...rest];
  const before = operands.slice(0, operands.length - command.length);
  if (before.length > 1)
    throw usageError(
      `A command goes after --: kvmlab serve ${before[0]} -- ${before.slice(1).join(' ')}`,
    );
  if (dashes >= 0 && command.length === 0) throw usageError('Nothing follows --: name a command.');
  return { given: before[0], command };
}

const NOT_REPLAYED = 3;

/** A mistake of ours in the middle of a session ends it, and what was made is still removed. */
const brokenOff = (): Promise<never> =>
  new Promise((_, reject) => process.once('uncaughtException', reject));

function refuseUse(command: readonly string[], options: ServeOptions): void {
  if (process.platform === 'win32')
    throw usageError(
      'serve needs Unix sockets, which virsh does not have on Windows: run it in WSL. Every other verb works here.',
    );
  if (options.json && command.length > 0)
    throw usageError(
      '--json prints where things are; with -- CMD they are in its environment: KVMLAB_DIR, LIBVIRT_DEFAULT_URI.',
    );
}

/** The verb. `command` is what follows `--`. */
export async function serve(
  name: string | undefined,
  command: readonly string[],
  options: ServeOptions,
): Promise<number> {
  refuseUse(command, options);
  const language = languageOf(options.lang);
  const hurried = hurriedBy(options.pace);
  const start = startOf(name, options.profile);
  if (typeof start === 'string') {
    process.stderr.write(`kvmlab: ${start}\n`);
    return NOT_REPLAYED;
  }
  const { profile, setup, host } = start;
  const seat = seatOf(start, options.as);
  const traceFile = options.trace === undefined ? null : openTrace(options.trace);
  const places = makePlaces(options.dir, filesAtHome(host.world, seat.slice(0, seat.indexOf('@'))));
  let serving = true;
  const changed = (world: World) => {
    if (serving) mirror(world, places);
  };
  const service = createService({ ...start, seat, hurried, changed });
  try {
    const listening = await listen(service, places);
    changed(service.world());
    if (options.json) process.stdout.write(jsonLine(places));
    else if (command.length === 0) {
      const about = { name, profile: profileText(profileNamed(profile)) };
      process.stdout.write(announcement(places, about, language));
    }
    const served = command.length > 0 ? runCommand(places, command) : toldToStop();
    try {
      return await Promise.race([served, brokenOff()]);
    } finally {
      serving = false;
      await listening.close();
    }
  } finally {
    places.remove();
    if (traceFile !== null) {
      const trace = makeTrace(profile, setup, service.choices(), service.world());
      writeFileSync(traceFile, `${JSON.stringify(trace)}\n`);
    }
  }
}
