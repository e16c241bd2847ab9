/**
 * An error as libvirt carries it from the daemon to virsh: code, domain, message.
 *
 * Models: libvirt v5.0.0 src/util/virerror.c virErrorMsg; include/libvirt/virterror.h
 *   virErrorNumber, virErrorDomain
 *
 * The code chooses the words in front: INVALID_ARG gives `invalid argument: `. So the client prints one
 * string, and the numbers travel beside it for programs.
 * Leaves out: int1, int2, net; the codes that no modelled call reports.
 */

/** Number, the words alone, and the words with a detail (`%s`). */
const codes = {
  INTERNAL_ERROR: [1, 'internal error', 'internal error: %s'],
  NO_SUPPORT: [
    3,
    'this function is not supported by the connection driver',
    'this function is not supported by the connection driver: %s',
  ],
  NO_CONNECT: [5, 'no connection driver available', 'no connection driver available for %s'],
  INVALID_ARG: [8, 'invalid argument', 'invalid argument: %s'],
  OPERATION_FAILED: [9, 'operation failed', 'operation failed: %s'],
  OS_TYPE: [16, 'unknown OS type', 'unknown OS type %s'],
  NO_SOURCE: [
    19,
    'missing source information for device',
    'missing source information for device %s',
  ],
  NO_TARGET: [
    20,
    'missing target information for device',
    'missing target information for device %s',
  ],
  NO_NAME: [21, 'missing name information', 'missing name information in %s'],
  XML_ERROR: [27, 'XML description is invalid or not well formed', 'XML error: %s'],
  OPERATION_DENIED: [29, 'operation forbidden for read only access', 'operation forbidden: %s'],
  CONF_SYNTAX: [33, 'configuration file syntax error', 'configuration file syntax error: %s'],
  XML_DETAIL: [35, 'unknown error', '%s'],
  SYSTEM_ERROR: [38, 'system call error', '%s'],
  RPC: [39, 'RPC error', '%s'],
  NO_DOMAIN: [42, 'Domain not found', 'Domain not found: %s'],
  OPERATION_INVALID: [
    55,
    'Requested operation is not valid',
    'Requested operation is not valid: %s',
  ],
  AUTH_UNAVAILABLE: [94, 'authentication unavailable', 'authentication unavailable: %s'],
  CONFIG_UNSUPPORTED: [67, 'unsupported configuration', 'unsupported configuration: %s'],
} as const satisfies Record<string, readonly [number, string, string]>;

const domains = {
  NONE: 0,
  XML: 5,
  RPC: 7,
  CONF: 9,
  QEMU: 10,
  REMOTE: 13,
  STORAGE: 18,
  NETWORK: 19,
  DOMAIN: 20,
  NODEDEV: 22,
  INTERFACE: 26,
  SECRET: 30,
  NWFILTER: 33,
  DOMAIN_SNAPSHOT: 35,
  CAPABILITIES: 44,
  POLKIT: 60,
  DOMAIN_CHECKPOINT: 69,
} as const;

export type ErrorCode = keyof typeof codes;
export type ErrorDomain = keyof typeof domains;

export type VirError = Readonly<{ code: number; domain: number; message: string }>;

/** What a function answers instead of its value. */
export type Trouble = Readonly<{ error: VirError }>;

export const inTrouble = (answer: unknown): answer is Trouble =>
  typeof answer === 'object' && answer !== null && 'error' in answer;

/** virErrorMsg: the code's words alone, or with the detail. */
export function virError(domain: ErrorDomain, code: ErrorCode, detail = ''): VirError {
  const [number, alone, withDetail] = codes[code];
  const message = detail === '' ? alone : withDetail.replace('%s', () => detail);
  return { code: number, domain: domains[domain], message };
}

/** What the error was made of: the words with `%s`, and the detail; the words alone where there was none. */
export function formatOf({
  code,
  message,
}: VirError): Readonly<{ str1: string; str2: string | null }> {
  const [, , format = '%s'] = Object.values(codes).find(([number]) => number === code) ?? [];
  const [before = '', after = ''] = format.split('%s');
  const fits = message.startsWith(before) && message.endsWith(after);
  if (!fits || !format.includes('%s')) return { str1: message, str2: null };
  return { str1: format, str2: message.slice(before.length, message.length - after.length) };
}

/** Raised by libxml2's parser, not by whoever reads the document. */
export const isXmlComplaint = ({ code }: VirError): boolean => code === codes.XML_DETAIL[0];
