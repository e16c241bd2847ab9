/**
 * The character devices that carry monitors: Unix sockets, made or inherited, and stdio.
 *
 * Models: QEMU v2.12.0 chardev/char-socket.c qemu_chr_parse_socket, qmp_chardev_open_socket, qemu_chr_wait_connected;
 *   util/qemu-sockets.c unix_listen_saddr
 * Leaves out: TCP, telnet, TLS, reconnecting clients, ptys, files. TCP is refused aloud, the kernel has none.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { accept, listen, unlink } from '../libc/sys.ts';
import type { ChardevRequest } from './commandLine.ts';
import { report, type Voice } from './complaint.ts';
import { flag, type Opts, opt } from './opts.ts';

/** Plain data, part of the daemon's memory. */
export type Chardev = Readonly<{
  id: string;
  listener: number | null;
  /** The client's descriptor; stdio has one from the start. */
  client: number | null;
  /** Where replies go: the client, but 1 for stdio. */
  output: number | null;
  /** The socket file, unlinked at an orderly end. */
  path: string | null;
}>;

const idle = (id: string): Chardev => ({
  id,
  listener: null,
  client: null,
  output: null,
  path: null,
});

/** The offence in a -chardev socket, or null. */
function offence(opts: Opts): string | null {
  const ways = ['path', 'fd', 'host'].filter((name) => opt(opts, name) !== null);
  if (ways.length !== 1) return "Exactly one of 'path', 'fd' or 'host' required";
  if (ways[0] === 'host') {
    return opt(opts, 'port') === null
      ? 'chardev: socket: no port given'
      : 'kvmlab does not model TCP sockets';
  }
  return flag(opts, 'server', false) ? null : 'kvmlab does not model sockets that connect';
}

/** unix_listen_saddr: an old file of that name goes first. */
function* listenAt(path: string): Sys<number | string> {
  const gone = yield* unlink(path, 'qemu-kvm v2.12.0 util/qemu-sockets.c unix_listen_saddr');
  if (failed(gone) && gone.errno !== 'ENOENT') {
    return `Failed to unlink socket ${path}: ${strerror(gone.errno)}`;
  }
  const listener = yield* listen(path, 1);
  return failed(listener)
    ? `Failed to bind socket to ${path}: ${strerror(listener.errno)}`
    : listener;
}

/** The listener of a socket that has passed `offence`, or why there is none. */
function* socket(voice: Voice, { id, opts, at }: ChardevRequest): Sys<Chardev | string> {
  const path = opt(opts, 'path');
  const listener = path === null ? Number(opt(opts, 'fd')) : yield* listenAt(path);
  if (typeof listener === 'string') return listener;
  const chardev = { ...idle(id), listener, path };
  if (!flag(opts, 'wait', true)) return chardev;
  const message = `info: QEMU waiting for connection on: disconnected:unix:${path},server`;
  yield* report(voice, { message, at });
  const client = yield* accept(listener);
  return failed(client) ? chardev : { ...chardev, client, output: client };
}

/** A chardev, or null after its complaint. */
export function* openChardev(voice: Voice, request: ChardevRequest): Sys<Chardev | null> {
  const { id, opts, at } = request;
  const backend = opt(opts, 'backend');
  if (backend === 'stdio') return { ...idle(id), client: 0, output: 1 };
  if (backend !== 'socket') return idle(id);
  const made = offence(opts) ?? (yield* socket(voice, request));
  if (typeof made !== 'string') return made;
  yield* report(voice, { message: made, at });
  return null;
}
