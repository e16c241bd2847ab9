/**
 * The procedures about a connection itself, and about the memory of the node.
 *
 * Models: libvirt v9.0.0 src/remote/remote_daemon_dispatch.c remoteDispatchConnectSupportsFeature; src/libvirt_internal.h
 *   virDrvFeature; src/qemu/qemu_driver.c qemuConnectSupportsFeature, qemuNodeGetMemoryStats; src/util/virhostmem.c
 *   virHostMemGetStatsLinux, virHostMemGetCellsFree
 * Leaves out: descriptors beside a call (VIR_DRV_FEATURE_FD_PASSING is denied).
 */
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';
import type { Driver } from './driver.ts';
import type * as rpc from './rpc.ts';
import type { Trouble } from './virError.ts';
import { report } from './virLog.ts';

/** Of 9.0: migration in its versions, strings in parameters, keepalive, callbacks for events and for the close. */
const supported: ReadonlySet<number> = new Set([3, 4, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16]);

/** VIR_DRV_FEATURE_NETWORK_UPDATE_HAS_CORRECT_ORDER: 7.2.0. */
const CORRECT_ORDER = 16;

export function supportsFeature(
  { self }: Driver,
  feature: number,
): rpc.Reply<'CONNECT_SUPPORTS_FEATURE'> {
  const known = feature !== CORRECT_ORDER || self.switches.procedures >= 427;
  return { supported: known && supported.has(feature) ? 1 : 0 };
}

const KIB = 1024;

/** /proc/meminfo's lines that the node's statistics are made of, in KiB. */
function* memory(): Sys<readonly rpc.MemoryStat[]> {
  const text = yield* readFile('/proc/meminfo');
  const lines = typeof text === 'string' ? text : '';
  const names = { MemTotal: 'total', MemFree: 'free', Buffers: 'buffers', Cached: 'cached' };
  return Object.entries(names).flatMap(([line, field]) => {
    const [, value] = new RegExp(`^${line}:\\s*(\\d+)`, 'm').exec(lines) ?? [];
    return value === undefined ? [] : [{ field, value: Number(value) }];
  });
}

function* freeBytes(): Sys<number> {
  return ((yield* memory()).find(({ field }) => field === 'free')?.value ?? 0) * KIB;
}

export function* freeMemory(): Sys<rpc.Reply<'NODE_GET_FREE_MEMORY'>> {
  return { freeMem: yield* freeBytes() };
}

/** One cell holds all there is. */
export function* cellsFreeMemory(
  driver: Driver,
  { startCell, maxcells }: rpc.Procedures['NODE_GET_CELLS_FREE_MEMORY']['args'],
): Sys<rpc.Reply<'NODE_GET_CELLS_FREE_MEMORY'> | Trouble> {
  if (startCell > 0) {
    const detail = `start cell ${startCell} out of range (0-0)`;
    return yield* report(driver.log, 'virHostMemGetCellsFree', 'NONE', 'INTERNAL_ERROR', detail);
  }
  return { cells: maxcells > 0 ? [yield* freeBytes()] : [] };
}

const ALL_CELLS = -1;

/** Asked for nothing, it says how much there could be; lines that /proc/meminfo has not are left out. */
export function* memoryStats(
  driver: Driver,
  { nparams, cellNum }: rpc.Procedures['NODE_GET_MEMORY_STATS']['args'],
): Sys<rpc.Reply<'NODE_GET_MEMORY_STATS'> | Trouble> {
  if (cellNum > 0) {
    const detail = 'cellNum in virHostMemGetStats must be less than or equal to 0';
    return yield* report(driver.log, 'virHostMemGetStats', 'NONE', 'INVALID_ARG', detail);
  }
  const most = cellNum === ALL_CELLS ? 4 : 2;
  if (nparams === 0) return { params: [], nparams: most };
  if (nparams !== most) {
    const detail = `nparams in virHostMemGetStatsLinux must be ${most}`;
    return yield* report(driver.log, 'virHostMemGetStatsLinux', 'NONE', 'INVALID_ARG', detail);
  }
  const params = yield* memory();
  return { params, nparams: params.length };
}
