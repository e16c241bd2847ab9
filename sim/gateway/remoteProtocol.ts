/**
 * What travels with each procedure that the simulated libvirtd serves: a table, read by one codec.
 *
 * Models: libvirt v9.0.0 src/remote/remote_protocol.x: struct remote_*_args, remote_*_ret, remote_*_msg;
 *   src/rpc/virnetprotocol.x struct virNetMessageError
 *
 * Field names are the protocol's, and so are those of the simulated virsh's lines (libvirt/rpc.ts): the
 * compiler sees to it that no procedure is served there without a row here.
 */
import type { DaemonEvent, Procedure } from '../libvirt/rpc.ts';
import type { Fields, Type } from './xdr/type.ts';

export const REMOTE_PROGRAM = 0x20008086;
export const REMOTE_VERSION = 1;

const struct = (fields: Fields['fields']): Fields => ({ fields });

const nothing = struct({});
const maybeString = { maybe: 'string' } as const;

const domain = struct({ name: 'string', uuid: 'uuid', id: 'int' });
const network = struct({ name: 'string', uuid: 'uuid' });
const dom = struct({ dom: domain });
const domFlags = struct({ dom: domain, flags: 'uint' });

/** remote_nonnull_domain_snapshot, remote_nonnull_domain_checkpoint. */
const pointInTime = struct({ name: 'string', dom: domain });

const DOMAIN_LIST_MAX = 16384;
const POINT_LIST_MAX = 16384;
const MEMORY_STATS_MAX = 16;
const AUTH_TYPES_MAX = 20;
const CELLS_MAX = 1024;
const MESSAGES_MAX = 2048;

/** VIR_SECURITY_LABEL_BUFLEN, VIR_SECURITY_MODEL_BUFLEN, VIR_SECURITY_DOI_BUFLEN. */
const label = { chars: 4097, fixed: false } as const;
const model = { chars: 257, fixed: false } as const;

type Row = Readonly<{ args: Type; ret: Type }>;

const row = (args: Fields, ret: Fields = nothing): Row => ({ args, ret });
const asks = (ret: Fields['fields']): Row => row(nothing, struct(ret));
const asksDomain = (ret: Fields['fields']): Row => row(dom, struct(ret));

export const remoteProtocol: Readonly<Record<Procedure, Row>> = {
  AUTH_LIST: asks({ types: { list: 'int', max: AUTH_TYPES_MAX } }),
  AUTH_POLKIT: asks({ complete: 'int' }),
  CONNECT_OPEN: row(struct({ name: maybeString, flags: 'uint' })),
  CONNECT_CLOSE: row(nothing),
  CONNECT_SUPPORTS_FEATURE: row(struct({ feature: 'int' }), struct({ supported: 'int' })),
  CONNECT_REGISTER_CLOSE_CALLBACK: row(nothing),
  CONNECT_UNREGISTER_CLOSE_CALLBACK: row(nothing),
  CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY: row(
    struct({ eventID: 'int', dom: { maybe: domain } }),
    struct({ callbackID: 'int' }),
  ),
  CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY: row(struct({ callbackID: 'int' })),
  CONNECT_GET_TYPE: asks({ type: 'string' }),
  CONNECT_GET_VERSION: asks({ hv_ver: 'uhyper' }),
  CONNECT_GET_LIB_VERSION: asks({ lib_ver: 'uhyper' }),
  CONNECT_GET_HOSTNAME: asks({ hostname: 'string' }),
  CONNECT_GET_URI: asks({ uri: 'string' }),
  CONNECT_IS_SECURE: asks({ secure: 'int' }),
  CONNECT_GET_CAPABILITIES: asks({ capabilities: 'string' }),
  CONNECT_GET_DOMAIN_CAPABILITIES: row(
    struct({
      emulatorbin: maybeString,
      arch: maybeString,
      machine: maybeString,
      virttype: maybeString,
      flags: 'uint',
    }),
    struct({ capabilities: 'string' }),
  ),
  CONNECT_LIST_ALL_DOMAINS: row(
    struct({ need_results: 'int', flags: 'uint' }),
    struct({ domains: { list: domain, max: DOMAIN_LIST_MAX }, ret: 'uint' }),
  ),
  CONNECT_NUM_OF_DOMAINS: asks({ num: 'int' }),
  CONNECT_NUM_OF_DEFINED_DOMAINS: asks({ num: 'int' }),
  CONNECT_LIST_DOMAINS: row(
    struct({ maxids: 'int' }),
    struct({ ids: { list: 'int', max: DOMAIN_LIST_MAX } }),
  ),
  CONNECT_LIST_DEFINED_DOMAINS: row(
    struct({ maxnames: 'int' }),
    struct({ names: { list: 'string', max: DOMAIN_LIST_MAX } }),
  ),
  NODE_GET_INFO: asks({
    model: { chars: 32, fixed: true },
    memory: 'uhyper',
    cpus: 'int',
    mhz: 'int',
    nodes: 'int',
    sockets: 'int',
    cores: 'int',
    threads: 'int',
  }),
  NODE_GET_FREE_MEMORY: asks({ freeMem: 'uhyper' }),
  NODE_GET_CELLS_FREE_MEMORY: row(
    struct({ startCell: 'int', maxcells: 'int' }),
    struct({ cells: { list: 'uhyper', max: CELLS_MAX } }),
  ),
  NODE_GET_MEMORY_STATS: row(
    struct({ nparams: 'int', cellNum: 'int', flags: 'uint' }),
    struct({
      params: { list: struct({ field: 'string', value: 'uhyper' }), max: MEMORY_STATS_MAX },
      nparams: 'int',
    }),
  ),
  NODE_GET_SECURITY_MODEL: asks({ model, doi: model }),
  DOMAIN_CREATE_XML: row(struct({ xml_desc: 'string', flags: 'uint' }), dom),
  DOMAIN_DEFINE_XML: row(struct({ xml: 'string' }), dom),
  DOMAIN_DEFINE_XML_FLAGS: row(struct({ xml: 'string', flags: 'uint' }), dom),
  DOMAIN_CREATE: row(dom),
  DOMAIN_CREATE_WITH_FLAGS: row(domFlags, dom),
  DOMAIN_DESTROY: row(dom),
  DOMAIN_DESTROY_FLAGS: row(domFlags),
  DOMAIN_SHUTDOWN: row(dom),
  DOMAIN_SHUTDOWN_FLAGS: row(domFlags),
  DOMAIN_UNDEFINE: row(dom),
  DOMAIN_UNDEFINE_FLAGS: row(domFlags),
  DOMAIN_LOOKUP_BY_NAME: row(struct({ name: 'string' }), dom),
  DOMAIN_LOOKUP_BY_ID: row(struct({ id: 'int' }), dom),
  DOMAIN_LOOKUP_BY_UUID: row(struct({ uuid: 'uuid' }), dom),
  DOMAIN_GET_XML_DESC: row(domFlags, struct({ xml: 'string' })),
  DOMAIN_GET_STATE: row(domFlags, struct({ state: 'int', reason: 'int' })),
  DOMAIN_GET_INFO: asksDomain({
    state: 'uchar',
    maxMem: 'uhyper',
    memory: 'uhyper',
    nrVirtCpu: 'ushort',
    cpuTime: 'uhyper',
  }),
  DOMAIN_GET_OS_TYPE: asksDomain({ type: 'string' }),
  DOMAIN_GET_MAX_MEMORY: asksDomain({ memory: 'uhyper' }),
  DOMAIN_GET_MAX_VCPUS: asksDomain({ num: 'int' }),
  DOMAIN_GET_VCPUS_FLAGS: row(domFlags, struct({ num: 'int' })),
  DOMAIN_GET_AUTOSTART: asksDomain({ autostart: 'int' }),
  DOMAIN_SET_AUTOSTART: row(struct({ dom: domain, autostart: 'int' })),
  DOMAIN_IS_ACTIVE: asksDomain({ active: 'int' }),
  DOMAIN_IS_PERSISTENT: asksDomain({ persistent: 'int' }),
  DOMAIN_IS_UPDATED: asksDomain({ updated: 'int' }),
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: row(domFlags, struct({ result: 'int' })),
  DOMAIN_GET_SECURITY_LABEL: row(dom, struct({ label, enforcing: 'int' })),
  DOMAIN_GET_MESSAGES: row(domFlags, struct({ msgs: { list: 'string', max: MESSAGES_MAX } })),
  DOMAIN_SNAPSHOT_NUM: row(domFlags, struct({ num: 'int' })),
  DOMAIN_LIST_ALL_SNAPSHOTS: row(
    struct({ dom: domain, need_results: 'int', flags: 'uint' }),
    struct({ snapshots: { list: pointInTime, max: POINT_LIST_MAX }, ret: 'int' }),
  ),
  DOMAIN_LIST_ALL_CHECKPOINTS: row(
    struct({ dom: domain, need_results: 'int', flags: 'uint' }),
    struct({ checkpoints: { list: pointInTime, max: POINT_LIST_MAX }, ret: 'int' }),
  ),
};

/** What the daemon says unasked. */
export const remoteEvents: Readonly<Record<DaemonEvent['event'], Type>> = {
  DOMAIN_EVENT_CALLBACK_LIFECYCLE: struct({
    callbackID: 'int',
    msg: struct({ dom: domain, event: 'int', detail: 'int' }),
  }),
};

/** remote_error. */
export const remoteError = struct({
  code: 'int',
  domain: 'int',
  message: maybeString,
  level: 'int',
  dom: { maybe: domain },
  str1: maybeString,
  str2: maybeString,
  str3: maybeString,
  int1: 'int',
  int2: 'int',
  net: { maybe: network },
});
