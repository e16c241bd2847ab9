/**
 * A client of libvirt's RPC for tests, without a socket: calls by name, answers as values.
 */
import { type RpcPeer, rpcPeer } from '../../sim/cli/serve/rpcPeer.ts';
import { createService, type Service } from '../../sim/cli/serve/service.ts';
import { startOf } from '../../sim/cli/serve/start.ts';
import { type Frame, frameBytes, type Header, readFrames } from '../../sim/gateway/frame.ts';
import {
  REMOTE_PROGRAM,
  REMOTE_VERSION,
  remoteError,
  remoteEvents,
  remoteProtocol,
} from '../../sim/gateway/remoteProtocol.ts';
import { decode } from '../../sim/gateway/xdr/decode.ts';
import { encode } from '../../sim/gateway/xdr/encode.ts';
import { procedureNames } from '../../sim/libvirt/procedures.ts';
import { type Procedure, SOCKET } from '../../sim/libvirt/rpc.ts';

export type Fields = Readonly<Record<string, unknown>>;

export type RpcClient = Readonly<{
  /** Everything that has come and that nobody has looked at. */
  heard: () => Frame[];
  raw: (bytes: Uint8Array) => void;
  frame: (header: Partial<Header>, payload?: Uint8Array) => void;
  call: (proc: Procedure, args?: Fields) => Readonly<{ ok: Fields } | { error: Fields }>;
  open: () => RpcClient;
  /** Events: what they say. */
  events: () => Fields[];
  ended: () => boolean;
  hangUp: () => void;
}>;

export function servedHost(name: string | undefined, profile?: string, as = 'root'): Service {
  const start = startOf(name, profile);
  if (typeof start === 'string') throw new Error(start);
  return createService({ ...start, seat: `${as}@pts/0`, hurried: false });
}

const answerIn = ({ header, payload }: Frame): { ok: Fields } | { error: Fields } => {
  if (header.status === 1) return { error: decode(remoteError, payload)?.value as Fields };
  const row = remoteProtocol[procedureNames[header.proc - 1] as Procedure];
  return { ok: decode(row.ret, payload)?.value as Fields };
};

export function rpcClient(service: Service, path = SOCKET): RpcClient {
  let rest: Uint8Array = new Uint8Array();
  let frames: Frame[] = [];
  let over = false;
  let serial = 0;
  const peer: RpcPeer | null = rpcPeer(service, path, {
    write: (bytes) => {
      const read = readFrames(new Uint8Array([...rest, ...bytes]));
      rest = read.rest;
      frames.push(...read.frames);
    },
    end: () => {
      over = true;
    },
  });
  if (peer === null) throw new Error(`nobody listens at ${path}`);
  const take = (wanted: (frame: Frame) => boolean): Frame[] => {
    const taken = frames.filter(wanted);
    frames = frames.filter((frame) => !wanted(frame));
    return taken;
  };
  const usual = {
    prog: REMOTE_PROGRAM,
    vers: REMOTE_VERSION,
    proc: 0,
    type: 0,
    serial: 0,
    status: 0,
  };
  const client: RpcClient = {
    heard: () => take(() => true),
    raw: peer.data,
    frame: (header, payload = new Uint8Array()) =>
      peer.data(frameBytes({ ...usual, ...header }, payload)),
    call(proc, args = {}) {
      serial++;
      const number = procedureNames.indexOf(proc) + 1;
      client.frame({ proc: number, serial }, encode(remoteProtocol[proc].args, args));
      const [reply] = take(({ header }) => header.type === 1 && header.serial === serial);
      if (reply === undefined) throw new Error(`${proc} has not been answered`);
      return answerIn(reply);
    },
    open() {
      client.call('CONNECT_OPEN', { name: 'qemu:///system', flags: 0 });
      return client;
    },
    events: () =>
      take(({ header }) => header.type === 2).map(
        ({ payload }) =>
          decode(remoteEvents.DOMAIN_EVENT_CALLBACK_LIFECYCLE, payload)?.value as Fields,
      ),
    ended: () => over,
    hangUp: peer.gone,
  };
  return client;
}
