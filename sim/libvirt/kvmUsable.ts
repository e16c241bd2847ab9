/**
 * Can QEMU's own user open /dev/kvm? libvirtd looks once, and remembers.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsKVMUsable
 *
 * Its memory is keyed on st_ctime, a time_t: whole seconds. A permission that changes within the second
 * of the last look, or without touching the node (a new group membership), is therefore invisible. The
 * comment in the C source says that the window between stat and access can be neglected; what it does not
 * mention is the window after both. A missing node answers no and leaves the memory alone.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { stat } from '../libc/sys.ts';
import { accessibleAs } from './accessibleAs.ts';
import type { RunAs } from './identity.ts';
import { type Log, reportSystem, source } from './virLog.ts';

const log = source('qemu.qemu_capabilities');

/** priv->kvmCtime and priv->kvmUsable: one memory for all binaries, lost when the daemon ends. */
export type KvmMemo = Readonly<{ ctime: number; usable: boolean | null }>;

export const neverLooked: KvmMemo = { ctime: 0, usable: null };

/** The remembered verdict, or null when access(2) must be asked again. */
export const recall = (memo: KvmMemo, ctime: number): boolean | null =>
  memo.ctime === ctime ? memo.usable : null;

export type Look = Readonly<{ usable: boolean; memo: KvmMemo }>;

const DEVICE = '/dev/kvm';
const READ_WRITE = 6;

export function* kvmUsable(to: Log, memo: KvmMemo, runAs: RunAs, gated: boolean): Sys<Look> {
  if (!gated) return { usable: yield* accessibleAs(DEVICE, READ_WRITE, runAs), memo };
  const node = yield* stat(DEVICE);
  if (failed(node)) {
    if (node.errno !== 'ENOENT') {
      yield* reportSystem(to, 'virQEMUCapsKVMUsable:3927', node.errno, `Failed to stat ${DEVICE}`);
    }
    return { usable: false, memo };
  }
  const ctime = Math.floor(node.ctime / 1000);
  if (ctime !== memo.ctime) {
    const changed = `${DEVICE} has changed (${ctime} vs ${memo.ctime})`;
    yield* log.debug(to, 'virQEMUCapsKVMUsable:3933', changed);
  }
  const remembered = recall(memo, ctime);
  if (remembered !== null) return { usable: remembered, memo };
  const usable = yield* accessibleAs(DEVICE, READ_WRITE, runAs);
  return { usable, memo: { ctime, usable } };
}
