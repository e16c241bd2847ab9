/**
 * Values as bytes, big-endian and padded to four: the part of XDR that libvirt's protocol uses.
 *
 * Models: RFC 4506; libvirt v9.0.0 src/rpc/genprotocol.pl (rpcgen's C, which sends a `char` as a whole word)
 * Leaves out: floating point, unions, enumerations as names, what no served procedure has.
 *
 * A type is data; `encode` and `decode` are its two readings. What is no value of its type cannot be encoded
 * (that is our mistake, and throws); what is no encoding of it decodes to null (that is the client's).
 * js-xdr, the one library of this kind that is kept, needs Node 22.
 */
export type Type =
  | 'int'
  | 'uint'
  /** uchar and ushort travel as a word. */
  | 'uchar'
  | 'ushort'
  | 'uhyper'
  | 'string'
  /** 16 bytes; as text 8-4-4-4-12. */
  | 'uuid'
  | Readonly<{ maybe: Type }>
  | Readonly<{ list: Type; max: number }>
  /** char[n], or char<n> with its NUL counted: a word for each. */
  | Chars
  | Fields;

/** A struct: fields in the order in which they travel. */
export type Fields = Readonly<{ fields: Readonly<Record<string, Type>> }>;

export type Value =
  | null
  | number
  /** A hyper beyond what a number holds exactly. */
  | bigint
  | string
  | readonly Value[]
  | Readonly<{ [field: string]: Value }>;

/** VIR_NET_MESSAGE_STRING_MAX, REMOTE_STRING_MAX. */
export const STRING_MAX = 4194304;

/** The numbers of each kind that travels as one word. */
export const ranges = {
  int: [-(2 ** 31), 2 ** 31 - 1],
  uint: [0, 2 ** 32 - 1],
  uchar: [0, 255],
  ushort: [0, 65535],
} as const;

export type Chars = Readonly<{ chars: number; fixed: boolean }>;
