/**
 * Giving up descriptors: what happens when the last one of an open file goes.
 *
 * Models: Linux 3.10 fs/file_table.c fput, __fput; net/unix/af_unix.c unix_release; virt/kvm/kvm_main.c kvm_vm_release
 */
import { produce } from 'immer';
import { withFile } from './call.ts';
import { destroyVm, referenced } from './calls/devices.ts';
import { get, things, without } from './pages.ts';
import type { KernelState, OpenFile } from './state.ts';

/** The last descriptor of an end is gone: the other side sees the end of data, or EPIPE. */
function hungUp(kernel: KernelState, end: OpenFile & { kind: 'stream' }): KernelState {
  const buffers = { ...kernel.buffers };
  const from = end.from === null ? undefined : buffers[end.from];
  if (end.from !== null && from) buffers[end.from] = { ...from, readers: from.readers - 1 };
  const to = end.to === null ? undefined : buffers[end.to];
  if (end.to !== null && to) buffers[end.to] = { ...to, writers: to.writers - 1 };
  for (const id of [end.from, end.to]) {
    const buffer = id === null ? undefined : buffers[id];
    if (id !== null && buffer?.readers === 0 && buffer.writers === 0) delete buffers[id];
  }
  return { ...kernel, buffers };
}

/** A file without a name lives as long as somebody has it open. */
function forgotten(kernel: KernelState, ino: number): KernelState {
  const inode = get(kernel.inodes, ino);
  if (inode === undefined || inode.nlink > 0) return kernel;
  const held = things(kernel.files).some((f) => 'ino' in f && f.ino === ino);
  return held ? kernel : { ...kernel, inodes: without(kernel.inodes, ino) };
}

function closed(kernel: KernelState, file: OpenFile): KernelState {
  switch (file.kind) {
    case 'inode':
      return forgotten(kernel, file.ino);
    case 'device':
      return forgotten(referenced(kernel, file.driver, 'reference.put'), file.ino);
    case 'vm':
      return produce(kernel, (draft) => destroyVm(draft, file.pid));
    case 'stream':
      return hungUp(kernel, file);
    case 'listener':
      return forgotten(file.queue.reduce(released, kernel), file.ino);
    default:
      return kernel;
  }
}

/** fput: one reference less; at zero the file is gone. */
export function released(kernel: KernelState, id: number): KernelState {
  const file = get(kernel.files, id);
  if (file === undefined) return kernel;
  if (file.refs > 1) return withFile(kernel, id, { ...file, refs: file.refs - 1 });
  return closed({ ...kernel, files: without(kernel.files, id) }, file);
}
