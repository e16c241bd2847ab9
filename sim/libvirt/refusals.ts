/**
 * Why a procedure is not carried out before its driver is asked: read-only, unknown, or not modelled.
 *
 * Models: libvirt v9.0.0 src/libvirt-domain.c, libvirt-host.c (virCheckReadOnlyGoto, virReportUnsupportedError);
 *   src/rpc/virnetserverprogram.c virNetServerProgramDispatchCall
 */
import type { Sys } from '../kernel/program.ts';
import type { Driver } from './driver.ts';
import { apiName, ownerOf, procedureNames } from './procedures.ts';
import type { Trouble } from './virError.ts';
import { report } from './virLog.ts';

/** Procedures that a connection opened with VIR_CONNECT_RO may not call. */
const writing: ReadonlySet<string> = new Set([
  'DOMAIN_CREATE_XML',
  'DOMAIN_DEFINE_XML',
  'DOMAIN_DEFINE_XML_FLAGS',
  'DOMAIN_CREATE',
  'DOMAIN_CREATE_WITH_FLAGS',
  'DOMAIN_DESTROY',
  'DOMAIN_DESTROY_FLAGS',
  'DOMAIN_SHUTDOWN',
  'DOMAIN_SHUTDOWN_FLAGS',
  'DOMAIN_UNDEFINE',
  'DOMAIN_UNDEFINE_FLAGS',
  'DOMAIN_SET_AUTOSTART',
]);

/** Flags that change nothing here; any other would, and is refused by its number. */
const harmless: Readonly<Record<string, number>> = {
  // VIR_CONNECT_RO; the second asks for no aliases of the URI.
  CONNECT_OPEN: 3,
  CONNECT_LIST_ALL_DOMAINS: 0xffff,
  // VIR_DOMAIN_XML_SECURE, _INACTIVE.
  DOMAIN_GET_XML_DESC: 3,
  // Managed save, snapshots, checkpoints, NVRAM, TPM: there are none.
  DOMAIN_UNDEFINE_FLAGS: 0x7f,
  // Live, config, maximum: all vCPUs are there from the beginning.
  DOMAIN_GET_VCPUS_FLAGS: 7,
  DOMAIN_LIST_ALL_SNAPSHOTS: 0xffffffff,
  DOMAIN_LIST_ALL_CHECKPOINTS: 0xffffffff,
  DOMAIN_SNAPSHOT_NUM: 0xffffffff,
  DOMAIN_GET_MESSAGES: 3,
};

/** From 5.5.0 (CVE-2019-10167): it runs whatever emulator it is told to. */
const WRITING_LATER = 'CONNECT_GET_DOMAIN_CAPABILITIES';
const SINCE = 410;

const writes = ({ self }: Driver, proc: string): boolean =>
  writing.has(proc) || (proc === WRITING_LATER && self.switches.procedures >= SINCE);

function unmodelledFlags(proc: string, args: unknown): number {
  const { flags = 0 } = args as Readonly<{ flags?: number }>;
  return (flags & ~(harmless[proc] ?? 0)) >>> 0;
}

const unsupported = (driver: Driver, proc: string, detail: string) =>
  report(driver.log, apiName(proc), ownerOf(proc), 'NO_SUPPORT', detail);

/** Younger than the daemon. */
export const isNewer = ({ self }: Driver, proc: string): boolean =>
  procedureNames.indexOf(proc) + 1 > self.switches.procedures;

/** Known to the protocol, and not to this model: refused as a driver without the function would. */
export function* unserved(driver: Driver, proc: string): Sys<Trouble> {
  const number = procedureNames.indexOf(proc) + 1;
  if (number > 0 && !isNewer(driver, proc)) return yield* unsupported(driver, proc, apiName(proc));
  const detail = `unknown procedure: ${number > 0 ? number : proc}`;
  return yield* report(driver.log, 'virNetServerProgramDispatchCall', 'RPC', 'RPC', detail);
}

/** Null where the driver may be asked. */
export function* refuse(
  driver: Driver,
  proc: string,
  args: unknown,
  readonly: boolean,
): Sys<Trouble | null> {
  if (readonly && writes(driver, proc)) {
    const detail = `read only access prevents ${apiName(proc)}`;
    return yield* report(driver.log, apiName(proc), 'DOMAIN', 'OPERATION_DENIED', detail);
  }
  const flags = unmodelledFlags(proc, args);
  if (flags === 0) return null;
  const detail = `kvmlab does not model flag 0x${flags.toString(16)} of ${apiName(proc)}`;
  return yield* unsupported(driver, proc, detail);
}
