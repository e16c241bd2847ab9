/**
 * Messages on a stream: a length that counts itself, six words of header, a payload.
 *
 * Models: libvirt v9.0.0 src/rpc/virnetprotocol.x struct virNetMessageHeader, enum virNetMessageType, enum
 *   virNetMessageStatus; src/rpc/virnetmessage.c virNetMessageDecodeLength, virNetMessageDecodeHeader
 *
 * A length that no message can have ends the connection: what follows cannot be told apart any more.
 */
import { decode } from './xdr/decode.ts';
import { encode, joined } from './xdr/encode.ts';
import type { Fields } from './xdr/type.ts';

export const CALL = 0;
export const REPLY = 1;
export const MESSAGE = 2;
export const CALL_WITH_FDS = 4;

export const OK = 0;
export const ERROR = 1;

export type Header = Readonly<{
  prog: number;
  vers: number;
  proc: number;
  type: number;
  serial: number;
  status: number;
}>;

export type Frame = Readonly<{ header: Header; payload: Uint8Array }>;

const headerType: Fields = {
  fields: { prog: 'uint', vers: 'uint', proc: 'int', type: 'uint', serial: 'uint', status: 'uint' },
};

const LENGTH = 4;
const HEADER = 24;
/** VIR_NET_MESSAGE_MAX: what may follow the length. */
const MOST = 33554432;

export function frameBytes(header: Header, payload: Uint8Array): Uint8Array {
  const length = LENGTH + HEADER + payload.length;
  return joined([encode('uint', length), encode(headerType, header), payload]);
}

export type Read = Readonly<{
  frames: readonly Frame[];
  /** The beginning of a message that is still on its way. */
  rest: Uint8Array;
  /** The connection cannot go on. */
  broken: boolean;
}>;

/** A message that ends at once, or has no room for a header. */
const isBroken = (length: number): boolean => length < LENGTH + HEADER || length - LENGTH > MOST;

export function readFrames(bytes: Uint8Array): Read {
  const frames: Frame[] = [];
  let rest = bytes;
  for (;;) {
    const length = decode('uint', rest)?.value;
    if (typeof length !== 'number') return { frames, rest, broken: false };
    if (isBroken(length)) return { frames, rest: new Uint8Array(), broken: true };
    if (rest.length < length) return { frames, rest, broken: false };
    const header = decode(headerType, rest.subarray(LENGTH))?.value as Header;
    frames.push({ header, payload: rest.slice(LENGTH + HEADER, length) });
    rest = rest.slice(length);
  }
}
