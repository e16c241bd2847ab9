/**
 * virsh's connection, and how it reports what went wrong.
 *
 * Models: libvirt v5.0.0 tools/vsh.c vshError, vshReportError, vshPrintExtra; tools/virsh.c virshReconnect,
 *   virshConnect; src/rpc/virnetsocket.c virNetSocketNewConnectUNIX
 *
 * A failed command says two things: virsh's own sentence, then the library's last error. Both go to stderr,
 * the empty line after them to stdout.
 * Leaves out: URIs of other machines and drivers, session daemons, authentication agents.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { connect, err, getcred, out, read, write } from '../libc/sys.ts';
import { type Answer, type Procedure, type Procedures, SOCKET, SOCKET_RO } from './rpc.ts';
import type { LibvirtSwitches } from './switches.ts';
import { inTrouble, type VirError, virError } from './virError.ts';

export type Control = {
  fd: number | null;
  buffer: string;
  serial: number;
  uri: string | null;
  readonly: boolean;
  quiet: boolean;
  lastError: VirError | null;
  switches: LibvirtSwitches;
};

export function* vshError(text: string): Sys<void> {
  yield* err(`error: ${text}\n`);
}

/** vshReportError: the library's last error, once. */
export function* reportError(ctl: Control): Sys<void> {
  if (ctl.lastError !== null) yield* vshError(ctl.lastError.message);
  ctl.lastError = null;
}

export function* print(text: string): Sys<void> {
  yield* out(text);
}

/** vshPrintExtra: not with -q. */
export function* printExtra(ctl: Control, text: string): Sys<void> {
  if (!ctl.quiet) yield* out(text);
}

/** From 7.0.0 names stand in quotes. */
export const named = (ctl: Control, name: string): string =>
  ctl.switches.quotesNames ? `'${name}'` : name;

/** The path as the error shows it: /var/run is a link to /run, and the library was told the former. */
const shown = (path: string): string => `/var${path}`;

function* noConnection(ctl: Control, error: VirError): Sys<false> {
  ctl.lastError = error;
  yield* vshError('failed to connect to the hypervisor');
  return false;
}

/** The URI's scheme and path decide the driver; here only qemu:///system leads anywhere. */
function* refuseUri(ctl: Control): Sys<VirError | null> {
  const root = (yield* getcred()).uid === 0;
  const uri = ctl.uri ?? (root ? 'qemu:///system' : 'qemu:///session');
  if (/^qemu(\+unix)?:\/\/\/system$/.test(uri)) return null;
  if (/^qemu(\+unix)?:\/\/\/session$/.test(uri)) {
    return virError(
      'REMOTE',
      'INTERNAL_ERROR',
      'kvmlab does not model qemu:///session; try -c qemu:///system',
    );
  }
  if (/^[a-z+]+:/.test(uri)) return virError('NONE', 'NO_CONNECT', uri);
  return virError('NONE', 'INTERNAL_ERROR', `Unable to parse URI ${uri}`);
}

/** virshReconnect. */
export function* open(ctl: Control): Sys<boolean> {
  if (ctl.fd !== null) return true;
  const refused = yield* refuseUri(ctl);
  if (refused !== null) return yield* noConnection(ctl, refused);
  const path = ctl.readonly ? SOCKET_RO : SOCKET;
  const fd = yield* connect(path);
  if (failed(fd)) {
    const detail = `Failed to connect socket to '${shown(path)}': ${strerror(fd.errno)}`;
    return yield* noConnection(ctl, virError('RPC', 'SYSTEM_ERROR', detail));
  }
  ctl.fd = fd;
  const opened = yield* call(ctl, 'CONNECT_OPEN', {
    name: 'qemu:///system',
    flags: ctl.readonly ? 1 : 0,
  });
  if (opened !== null) return true;
  ctl.fd = null;
  yield* vshError('failed to connect to the hypervisor');
  return false;
}

function* nextLine(ctl: Control): Sys<string | null> {
  for (;;) {
    const end = ctl.buffer.indexOf('\n');
    if (end >= 0) {
      const line = ctl.buffer.slice(0, end);
      ctl.buffer = ctl.buffer.slice(end + 1);
      return line;
    }
    const more = ctl.fd === null ? '' : yield* read(ctl.fd);
    if (failed(more) || more === '') return null;
    ctl.buffer += more;
  }
}

const HUNG_UP = 'End of file while reading data: Input/output error';

/** One call; null when it failed, and lastError then says why. */
export function* call<P extends Procedure>(
  ctl: Control,
  proc: P,
  args: Procedures[P]['args'],
): Sys<Procedures[P]['ok'] | null> {
  ctl.serial++;
  const id = ctl.serial;
  const sent =
    ctl.fd === null ? 0 : yield* write(ctl.fd, `${JSON.stringify({ id, proc, args })}\n`);
  const line = failed(sent) ? null : yield* nextLine(ctl);
  if (line === null) {
    ctl.lastError = virError('RPC', 'SYSTEM_ERROR', HUNG_UP);
    ctl.fd = null;
    return null;
  }
  const answer = JSON.parse(line) as Answer;
  if (inTrouble(answer)) {
    ctl.lastError = answer.error;
    return null;
  }
  return ('ok' in answer ? answer.ok : null) as Procedures[P]['ok'];
}
