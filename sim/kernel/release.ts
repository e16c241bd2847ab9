/**
 * Giving up descriptors: what happens when the last one of an open file goes.
 *
 * Models: Linux 3.10 fs/file_table.c fput, __fput; virt/kvm/kvm_main.c kvm_vm_release
 */
import { destroyVm, reference } from './calls/devices.ts';
import { releaseStream } from './calls/sockets.ts';
import { get, remove, things } from './pages.ts';
import type { Kernel } from './state.ts';

/** fput: one reference less; at zero the file is gone. */
export function release(kernel: Kernel, id: number): void {
  const file = get(kernel.files, id);
  if (file === undefined) return;
  file.refs--;
  if (file.refs > 0) return;
  remove(kernel.files, id);
  if (file.kind === 'device') reference(kernel, file.driver, 'reference.put');
  if (file.kind === 'vm') destroyVm(kernel, file.pid);
  if (file.kind === 'stream') releaseStream(kernel, file);
  if (file.kind === 'listener') for (const waiting of file.queue) release(kernel, waiting);
  if (!('ino' in file)) return;
  const inode = get(kernel.inodes, file.ino);
  if (inode === undefined || inode.nlink > 0) return;
  const { ino } = file;
  const held = things(kernel.files).some((f) => 'ino' in f && f.ino === ino);
  if (!held) remove(kernel.inodes, ino);
}
