/**
 * Where one actor can be interrupted by another: the system calls that touch what they share.
 *
 * Everything between two such calls is private to its process and may run at once: nobody could tell the
 * difference. A grain names what counts as shared; races over anything else are not found by it.
 */

import type { World } from '../../host/world.ts';
import { get } from '../../kernel/pages.ts';
import type { OpenFile } from '../../kernel/state.ts';

const NODE = '/dev/kvm';
const SEAT = '/run/systemd/seats/seat0';

/** What a grain may count as shared. */
export const shareable = [
  'node',
  'node times',
  'seat file',
  'rules',
  'udev database',
  'udev queue',
  'caches',
  'groups',
  'modules',
] as const;

export type Shared = (typeof shareable)[number];

/** The node and the seat file alone: where logind and udevd meet. */
export const nodeAndSeat: readonly Shared[] = ['node', 'node times', 'seat file'];

/** The name of a shared step, in the field's words. */
export type Label = string;

type Step = Readonly<{ shared: Shared; label: Label }>;

const onNode: Readonly<Record<string, Label>> = {
  lstat: 'lstat',
  chmod: 'chmod',
  chown: 'chown',
  getxattr: 'get',
  setxattr: 'set',
  removexattr: 'remove',
  open: 'open',
  access: 'access',
  unlink: 'unlink',
};

const step = (shared: Shared, label: Label): Step => ({ shared, label });

/** Files that are read by whoever opens them, and changed by what takes their name. */
function onFile(call: string, path: string): Step | null {
  if (path === SEAT) {
    if (call === 'rename') return step('seat file', 'save seat');
    return call === 'open' ? step('seat file', 'read seat') : null;
  }
  if (path === '/etc/group') {
    if (call === 'rename') return step('groups', 'write groups');
    return call === 'open' ? step('groups', 'read groups') : null;
  }
  if (/^\/(etc|run|usr\/lib)\/udev\/rules\.d/.test(path)) {
    if (call === 'rename') return step('rules', 'unpack rule');
    return call === 'open' && path.endsWith('rules.d') ? step('rules', 'read rules') : null;
  }
  if (path.startsWith('/run/udev/tags/uaccess') || path === '/run/udev/data/c10:232') {
    if (call === 'rename' || call === 'unlink') return step('udev database', `${call} record`);
    return call === 'open' && path.endsWith('uaccess')
      ? step('udev database', 'find tagged')
      : null;
  }
  if (path.startsWith('/var/cache/libvirt/qemu/capabilities')) {
    if (call === 'rename') return step('caches', 'save cache');
    return call === 'open' && path.endsWith('.xml') ? step('caches', 'read cache') : null;
  }
  return null;
}

function stepOf(world: World, pid: number): Step | null {
  const process = world.processes[pid];
  const request = process?.request;
  if (request === undefined) return null;
  if (request.call === 'init_module' || request.call === 'delete_module') {
    return step('modules', request.call === 'init_module' ? 'load module' : 'unload module');
  }
  if (request.call === 'ioctl') {
    return request.request.name === 'KVM_CREATE_VM' ? step('modules', 'create VM') : null;
  }
  if (request.call === 'recvmsg') return step('udev queue', 'take event');
  if (request.call === 'write' && writesUevent(world, pid, request.fd)) {
    return step('udev queue', 'ask for an event');
  }
  if (!('path' in request)) return null;
  if (request.call === 'utimensat' && request.path === NODE) return step('node times', 'utimensat');
  const label = request.path === NODE ? onNode[request.call] : undefined;
  return label === undefined ? onFile(request.call, request.path) : step('node', label);
}

function writesUevent(world: World, pid: number, fd: number): boolean {
  const id = world.kernel.tasks[pid]?.fds[fd];
  const file = id === undefined ? undefined : get<OpenFile>(world.kernel.files, id);
  return file?.kind === 'pseudo' && file.path.endsWith('/uevent');
}

/** What the process is about to do that others could see or spoil; null while it is about its own business. */
export function labelOf(
  world: World,
  pid: number,
  grain: readonly Shared[] = nodeAndSeat,
): Label | null {
  const found = stepOf(world, pid);
  return found !== null && grain.includes(found.shared) ? found.label : null;
}
