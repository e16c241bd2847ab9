/**
 * What virsh and libvirtd say to each other: one JSON object a line.
 *
 * Models: libvirt v5.0.0 src/remote/remote_protocol.x: the procedures, their arguments and results;
 *   src/remote/remote_daemon_dispatch.c
 * Leaves out: XDR. The names and fields are the protocol's: sim/gateway translates real frames one to one.
 *
 * `{id, proc, args}` is a call, `{id, ok}` its result, `{id, error}` its failure; `{event, args}` comes unasked.
 */
import type { VirError } from './virError.ts';

export const SOCKET = '/run/libvirt/libvirt-sock';
export const SOCKET_RO = '/run/libvirt/libvirt-sock-ro';

/** remote_nonnull_domain; id -1 while inactive. */
export type RemoteDomain = Readonly<{ name: string; uuid: string; id: number }>;

export type NodeInfo = Readonly<{
  model: string;
  memory: number;
  cpus: number;
  mhz: number;
  nodes: number;
  sockets: number;
  cores: number;
  threads: number;
}>;

export type MemoryStat = Readonly<{ field: string; value: number }>;

export type DomainInfo = Readonly<{
  state: number;
  maxMem: number;
  memory: number;
  nrVirtCpu: number;
  cpuTime: number;
}>;

type None = Readonly<Record<string, never>>;
type Dom = Readonly<{ dom: RemoteDomain }>;
type DomFlags = Readonly<{ dom: RemoteDomain; flags: number }>;
type DomAll = Readonly<{ dom: RemoteDomain; need_results: number; flags: number }>;
type Num = Readonly<{ num: number }>;

/** Arguments and result of every procedure that is served. */
export type Procedures = {
  AUTH_LIST: { args: None; ok: Readonly<{ types: readonly number[] }> };
  AUTH_POLKIT: { args: None; ok: Readonly<{ complete: number }> };
  CONNECT_OPEN: { args: Readonly<{ name: string | null; flags: number }>; ok: None };
  CONNECT_CLOSE: { args: None; ok: None };
  CONNECT_SUPPORTS_FEATURE: {
    args: Readonly<{ feature: number }>;
    ok: Readonly<{ supported: number }>;
  };
  CONNECT_REGISTER_CLOSE_CALLBACK: { args: None; ok: None };
  CONNECT_UNREGISTER_CLOSE_CALLBACK: { args: None; ok: None };
  CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY: {
    args: Readonly<{ eventID: number; dom: RemoteDomain | null }>;
    ok: Readonly<{ callbackID: number }>;
  };
  CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY: {
    args: Readonly<{ callbackID: number }>;
    ok: None;
  };
  CONNECT_GET_TYPE: { args: None; ok: Readonly<{ type: string }> };
  CONNECT_GET_VERSION: { args: None; ok: Readonly<{ hv_ver: number }> };
  CONNECT_GET_LIB_VERSION: { args: None; ok: Readonly<{ lib_ver: number }> };
  CONNECT_GET_HOSTNAME: { args: None; ok: Readonly<{ hostname: string }> };
  CONNECT_GET_URI: { args: None; ok: Readonly<{ uri: string }> };
  CONNECT_IS_SECURE: { args: None; ok: Readonly<{ secure: number }> };
  CONNECT_GET_CAPABILITIES: { args: None; ok: Readonly<{ capabilities: string }> };
  CONNECT_GET_DOMAIN_CAPABILITIES: {
    args: Readonly<{
      emulatorbin: string | null;
      arch: string | null;
      machine: string | null;
      virttype: string | null;
      flags: number;
    }>;
    ok: Readonly<{ capabilities: string }>;
  };
  CONNECT_LIST_ALL_DOMAINS: {
    args: Readonly<{ need_results: number; flags: number }>;
    ok: Readonly<{ domains: readonly RemoteDomain[]; ret: number }>;
  };
  CONNECT_NUM_OF_DOMAINS: { args: None; ok: Num };
  CONNECT_NUM_OF_DEFINED_DOMAINS: { args: None; ok: Num };
  CONNECT_LIST_DOMAINS: {
    args: Readonly<{ maxids: number }>;
    ok: Readonly<{ ids: readonly number[] }>;
  };
  CONNECT_LIST_DEFINED_DOMAINS: {
    args: Readonly<{ maxnames: number }>;
    ok: Readonly<{ names: readonly string[] }>;
  };
  NODE_GET_INFO: { args: None; ok: NodeInfo };
  NODE_GET_FREE_MEMORY: { args: None; ok: Readonly<{ freeMem: number }> };
  NODE_GET_CELLS_FREE_MEMORY: {
    args: Readonly<{ startCell: number; maxcells: number }>;
    ok: Readonly<{ cells: readonly number[] }>;
  };
  NODE_GET_MEMORY_STATS: {
    args: Readonly<{ nparams: number; cellNum: number; flags: number }>;
    ok: Readonly<{ params: readonly MemoryStat[]; nparams: number }>;
  };
  NODE_GET_SECURITY_MODEL: { args: None; ok: Readonly<{ model: string; doi: string }> };
  DOMAIN_CREATE_XML: { args: Readonly<{ xml_desc: string; flags: number }>; ok: Dom };
  DOMAIN_DEFINE_XML: { args: Readonly<{ xml: string }>; ok: Dom };
  DOMAIN_DEFINE_XML_FLAGS: { args: Readonly<{ xml: string; flags: number }>; ok: Dom };
  DOMAIN_CREATE: { args: Dom; ok: None };
  DOMAIN_CREATE_WITH_FLAGS: { args: DomFlags; ok: Dom };
  DOMAIN_DESTROY: { args: Dom; ok: None };
  DOMAIN_DESTROY_FLAGS: { args: DomFlags; ok: None };
  DOMAIN_SHUTDOWN: { args: Dom; ok: None };
  DOMAIN_SHUTDOWN_FLAGS: { args: DomFlags; ok: None };
  DOMAIN_UNDEFINE: { args: Dom; ok: None };
  DOMAIN_UNDEFINE_FLAGS: { args: DomFlags; ok: None };
  DOMAIN_LOOKUP_BY_NAME: { args: Readonly<{ name: string }>; ok: Dom };
  DOMAIN_LOOKUP_BY_ID: { args: Readonly<{ id: number }>; ok: Dom };
  DOMAIN_LOOKUP_BY_UUID: { args: Readonly<{ uuid: string }>; ok: Dom };
  DOMAIN_GET_XML_DESC: {
    args: DomFlags;
    ok: Readonly<{ xml: string }>;
  };
  DOMAIN_GET_STATE: {
    args: DomFlags;
    ok: Readonly<{ state: number; reason: number }>;
  };
  DOMAIN_GET_INFO: { args: Dom; ok: DomainInfo };
  DOMAIN_GET_OS_TYPE: { args: Dom; ok: Readonly<{ type: string }> };
  DOMAIN_GET_AUTOSTART: { args: Dom; ok: Readonly<{ autostart: number }> };
  DOMAIN_SET_AUTOSTART: { args: Readonly<{ dom: RemoteDomain; autostart: number }>; ok: None };
  DOMAIN_IS_ACTIVE: { args: Dom; ok: Readonly<{ active: number }> };
  DOMAIN_IS_PERSISTENT: { args: Dom; ok: Readonly<{ persistent: number }> };
  DOMAIN_IS_UPDATED: { args: Dom; ok: Readonly<{ updated: number }> };
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: { args: DomFlags; ok: Readonly<{ result: number }> };
  DOMAIN_GET_MAX_MEMORY: { args: Dom; ok: Readonly<{ memory: number }> };
  DOMAIN_GET_MAX_VCPUS: { args: Dom; ok: Num };
  DOMAIN_GET_VCPUS_FLAGS: { args: DomFlags; ok: Num };
  DOMAIN_GET_MESSAGES: { args: DomFlags; ok: Readonly<{ msgs: readonly string[] }> };
  DOMAIN_SNAPSHOT_NUM: { args: DomFlags; ok: Num };
  DOMAIN_LIST_ALL_SNAPSHOTS: {
    args: DomAll;
    ok: Readonly<{ snapshots: readonly never[]; ret: number }>;
  };
  DOMAIN_LIST_ALL_CHECKPOINTS: {
    args: DomAll;
    ok: Readonly<{ checkpoints: readonly never[]; ret: number }>;
  };
  DOMAIN_GET_SECURITY_LABEL: { args: Dom; ok: Readonly<{ label: string; enforcing: number }> };
};

export type Procedure = keyof Procedures;

export type Reply<P extends Procedure> = Procedures[P]['ok'];

export type Call = Readonly<{ id: number; proc: string; args: unknown }>;

export type Answer =
  | Readonly<{ id: number; ok: unknown }>
  | Readonly<{ id: number; error: VirError }>;

/** What the daemon says unasked. */
export type DaemonEvent = Readonly<{
  event: 'DOMAIN_EVENT_CALLBACK_LIFECYCLE';
  args: Readonly<{
    callbackID: number;
    msg: Readonly<{ dom: RemoteDomain; event: number; detail: number }>;
  }>;
}>;

/** virDomainState. */
export const domainStates = [
  'no state',
  'running',
  'idle',
  'paused',
  'in shutdown',
  'shut off',
  'crashed',
  'pmsuspended',
] as const;

export const SHUTOFF = 5;
export const RUNNING = 1;

/** VIR_CONNECT_LIST_DOMAINS_ACTIVE, _INACTIVE. */
export const LIST_ACTIVE = 1;
export const LIST_INACTIVE = 2;

/** VIR_DOMAIN_XML_INACTIVE. */
export const XML_INACTIVE = 2;
