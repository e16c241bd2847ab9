/**
 * One client of libvirt's RPC: frames from outside become lines for the simulated libvirtd, its lines become frames.
 *
 * Models: libvirt v9.0.0 src/rpc/virnetserver.c virNetServerProcessMsg, virNetServerProgramUnknownError;
 *   src/rpc/virnetserverprogram.c virNetServerProgramDispatch, virNetServerProgramDispatchCall,
 *   virNetServerProgramSendReplyError; src/rpc/virkeepalive.c virKeepAliveCheckMessage
 * Leaves out: pings of the server's own (they would need a clock), streams, descriptors beside a call.
 *
 * What the RPC layer answers by itself (a program or status that nobody has, arguments that cannot be read, a ping)
 * never reaches the host. Everything else does, and only the host answers it.
 */
import { procedureNames } from '../libvirt/procedures.ts';
import type { Answer, DaemonEvent, Procedure } from '../libvirt/rpc.ts';
import { formatOf, inTrouble, type VirError, virError } from '../libvirt/virError.ts';
import {
  CALL,
  CALL_WITH_FDS,
  ERROR,
  type Frame,
  frameBytes,
  type Header,
  MESSAGE,
  OK,
  REPLY,
  readFrames,
} from './frame.ts';
import {
  REMOTE_PROGRAM,
  REMOTE_VERSION,
  remoteError,
  remoteEvents,
  remoteProtocol,
} from './remoteProtocol.ts';
import { decode } from './xdr/decode.ts';
import { encode, joined } from './xdr/encode.ts';

/**
 * Between two pieces of input: the beginning of a message from either side, and the headers of calls that wait, by the
 * number that the host was told. (Serials are the client's, who may use one twice.)
 */
export type Connection = Readonly<{
  bytes: Uint8Array;
  text: string;
  waiting: Readonly<Record<number, Header>>;
  calls: number;
}>;

export const newConnection: Connection = {
  bytes: new Uint8Array(),
  text: '',
  waiting: {},
  calls: 0,
};

/** What a piece of input leads to, in order. */
export type Outcome = Readonly<{ send: string }> | Readonly<{ reply: Uint8Array }>;

export type Fed = Readonly<{
  connection: Connection;
  outcomes: readonly Outcome[];
  /** The daemon closes: what comes next could not be told apart from what has come. */
  close: boolean;
}>;

/** VIR_ERR_ERROR. */
const LEVEL = 2;

function errorFrame(header: Header, error: VirError): Uint8Array {
  const { str1, str2 } = formatOf(error);
  const rest = { level: LEVEL, dom: null, str3: null, int1: -1, int2: -1, net: null };
  const payload = encode(remoteError, { ...error, ...rest, str1, str2 });
  return frameBytes({ ...header, type: REPLY, status: ERROR }, payload);
}

const refuse = (header: Header, detail: string): Outcome => ({
  reply: errorFrame(header, virError('RPC', 'RPC', detail)),
});

const KEEPALIVE_PROGRAM = 0x6b656570;
const PING = 1;
const PONG = 2;

function keepalive({ header }: Frame): Outcome | null {
  if (header.type !== MESSAGE || header.proc !== PING) return null;
  return { reply: frameBytes({ ...header, proc: PONG, serial: 0, status: OK }, new Uint8Array()) };
}

/** src/remote/qemu_protocol.x enum qemu_procedure: what only QEMU's driver has. Nothing of it is modelled. */
const QEMU_PROGRAM = 0x20008087;
const qemuApis = [
  'virDomainQemuMonitorCommand',
  'virDomainQemuAttach',
  'virDomainQemuAgentCommand',
  'virConnectDomainQemuMonitorEventRegister',
  'virConnectDomainQemuMonitorEventDeregister',
  'virConnectDomainQemuMonitorEvent',
  'virDomainQemuMonitorCommandWithFiles',
] as const;

function refuseQemu(header: Header): Outcome {
  const api = qemuApis[header.proc - 1];
  if (api === undefined) return refuse(header, `unknown procedure: ${header.proc}`);
  return { reply: errorFrame(header, virError('NONE', 'NO_SUPPORT', api)) };
}

/** A procedure that the model does not serve takes its arguments unread: it is refused whatever they are. */
function callLine({ header, payload }: Frame, id: number): Outcome {
  const proc = procedureNames[header.proc - 1] ?? String(header.proc);
  const row = Object.hasOwn(remoteProtocol, proc) ? remoteProtocol[proc as Procedure] : null;
  const args = row === null ? { value: {} } : decode(row.args, payload);
  if (args === null) return refuse(header, 'Unable to decode message payload');
  return { send: `${JSON.stringify({ id, proc, args: args.value })}\n` };
}

/** `id`: what the host is told to answer to. Null: whatever is no call expects no answer, and is dropped. */
function outcomeOf(frame: Frame, id: number): Outcome | null {
  const { header } = frame;
  if (header.prog === KEEPALIVE_PROGRAM && header.vers === 1) return keepalive(frame);
  if (header.type !== CALL && header.type !== CALL_WITH_FDS) return null;
  if (header.prog === QEMU_PROGRAM && header.vers === 1) return refuseQemu(header);
  if (header.prog !== REMOTE_PROGRAM || header.vers !== REMOTE_VERSION) {
    const detail = `Cannot find program ${header.prog | 0} version ${header.vers | 0}`;
    return refuse(header, detail);
  }
  if (header.status !== OK) return refuse(header, `Unexpected message status ${header.status}`);
  if (header.type === CALL_WITH_FDS) return refuse(header, 'kvmlab takes no descriptors');
  return callLine(frame, id);
}

/** Bytes from the client. */
export function feed(connection: Connection, bytes: Uint8Array): Fed {
  const { frames, rest, broken } = readFrames(joined([connection.bytes, bytes]));
  const waiting = { ...connection.waiting };
  let { calls } = connection;
  const outcomes: Outcome[] = [];
  for (const frame of frames) {
    const outcome = outcomeOf(frame, calls);
    if (outcome === null) continue;
    outcomes.push(outcome);
    if ('send' in outcome) waiting[calls++] = frame.header;
  }
  return { connection: { ...connection, bytes: rest, waiting, calls }, outcomes, close: broken };
}

const remote = { prog: REMOTE_PROGRAM, vers: REMOTE_VERSION };
const numberOf = (proc: string): number => procedureNames.indexOf(proc) + 1;

function eventFrame({ event, args }: DaemonEvent): Uint8Array {
  const type = remoteEvents[event];
  const header = { ...remote, proc: numberOf(event), type: MESSAGE, serial: 1, status: OK };
  return frameBytes(header, encode(type, args));
}

function replyFrame(call: Header, answer: Answer): Uint8Array {
  if (inTrouble(answer)) return errorFrame(call, answer.error);
  const row = remoteProtocol[procedureNames[call.proc - 1] as Procedure];
  const payload = encode(row.ret, 'ok' in answer ? answer.ok : {});
  return frameBytes({ ...call, type: REPLY, status: OK }, payload);
}

/** Lines from the simulated libvirtd. */
export function hear(
  connection: Connection,
  text: string,
): Readonly<{ connection: Connection; bytes: Uint8Array }> {
  const lines = `${connection.text}${text}`.split('\n');
  const rest = lines.pop() ?? '';
  const waiting = { ...connection.waiting };
  const frames = lines.flatMap((line) => {
    const said = JSON.parse(line) as Answer | DaemonEvent;
    if ('event' in said) return [eventFrame(said)];
    const call = waiting[said.id];
    delete waiting[said.id];
    return call === undefined ? [] : [replyFrame(call, said)];
  });
  return { connection: { ...connection, text: rest, waiting }, bytes: joined(frames) };
}
