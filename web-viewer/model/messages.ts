/**
 * The system calls of one step that cross from one part of the stack to another.
 *
 * Thousands of calls are private business (opening a library, reading a directory); these are the ones that others see.
 */
import { shortText } from '../../sim/acl/text.ts';
import { fromXattr } from '../../sim/acl/xattr.ts';
import type { Observed } from '../../sim/host/route.ts';
import type { World } from '../../sim/host/world.ts';
import { failed } from '../../sim/kernel/errno.ts';
import type { Inode } from '../../sim/kernel/inode.ts';
import { get } from '../../sim/kernel/pages.ts';
import type { Request } from '../../sim/kernel/request.ts';
import type { LaneId, LayerId, Message } from './item.ts';
import { NODE } from './nodeView.ts';

const lanes: Readonly<Record<string, LaneId>> = {
  systemd: 'kernel',
  'systemd-udevd': 'udev',
  'systemd-udevd-worker': 'udev',
  udevadm: 'udev',
  'systemd-logind': 'logind',
  login: 'logind',
  yum: 'rpm',
  rpm: 'rpm',
  libvirtd: 'libvirt',
  'libvirt-access-check': 'libvirt',
  'qemu-kvm': 'qemu',
  virsh: 'virsh',
  modprobe: 'kernel',
  rmmod: 'kernel',
};

const laneOf = (program: string): LaneId => lanes[program] ?? 'people';

const octal = (mode: number) => `0${mode.toString(8)}`;

/** Where a call arrives, if it leaves its own layer. */
function target(request: Request): LayerId | null {
  if (request.call === 'init_module' || request.call === 'delete_module') return 'kernel';
  if (request.call === 'ioctl' && request.request.name.startsWith('KVM_')) return 'kernel';
  if (request.call === 'spawn' && /qemu/.test(request.path)) return 'qemu';
  if (request.call === 'connect' && /libvirt-sock/.test(request.path)) return 'libvirt';
  if (request.call === 'connect' && /logind|login1/.test(request.path)) return 'logind';
  if (request.call === 'connect' && /udev/.test(request.path)) return 'udev';
  if (!('path' in request) || request.path !== NODE) return null;
  return request.call === 'stat' || request.call === 'lstat' ? null : 'node';
}

function callText(request: Request): string {
  switch (request.call) {
    case 'open':
      return `open("${request.path}", ${request.flags.includes('write') ? 'O_RDWR' : 'O_RDONLY'})`;
    case 'access':
      return `access("${request.path}", R_OK|W_OK)`;
    case 'chmod':
      return `chmod("${request.path}", ${octal(request.mode)})`;
    case 'chown':
    case 'lchown':
      return `${request.call}("${request.path}", ${request.uid}, ${request.gid})`;
    case 'setxattr': {
      const acl = fromXattr(request.value);
      return `setxattr("${request.path}", ${acl ? shortText(acl) : request.name})`;
    }
    case 'ioctl':
      return `ioctl(${request.request.name})`;
    case 'init_module':
    case 'delete_module':
      return `${request.call}("${request.name}")`;
    case 'spawn':
      return `exec("${request.path}")`;
    default:
      return 'path' in request ? `${request.call}("${request.path}")` : request.call;
  }
}

const nodeInode = (world: World): Inode | null => {
  const dev = world.kernel.mounts.find(({ path }) => path === '/dev');
  const folder = dev ? get(world.kernel.inodes, dev.root) : undefined;
  const ino = folder && folder.type === 'dir' ? folder.entries['kvm'] : undefined;
  return ino === undefined ? null : (get(world.kernel.inodes, ino) ?? null);
};

const rights = (inode: Inode | null) =>
  inode === null ? '' : JSON.stringify([inode.ino, inode.mode, inode.uid, inode.gid, inode.acl]);

const wroteNode = ({ before, after }: Observed): boolean => {
  if (before.kernel.inodes === after.kernel.inodes) return false;
  const [old, now] = [nodeInode(before), nodeInode(after)];
  return old !== now && rights(old) !== rights(now);
};

function messageOf(seen: Observed): Message[] {
  const { pid, request, answer, before, after } = seen;
  const program = before.processes[pid]?.program ?? '?';
  const wrote = wroteNode(seen);
  const to = target(request) ?? (wrote ? 'node' : null);
  const from = laneOf(program);
  const uevents = after.kernel.seqnum - before.kernel.seqnum;
  const sent: Message[] =
    uevents > 0
      ? [
          {
            from: 'kernel',
            to: 'udev',
            program: 'kernel',
            call: `uevent #${after.kernel.seqnum}`,
            answer: '',
            wrote: false,
          },
        ]
      : [];
  if (to === null || (to === from && !wrote)) return sent;
  const text = failed(answer) ? answer.errno : '0';
  return [{ from, to, program, call: callText(request), answer: text, wrote }, ...sent];
}

/** The same call again and again is told once. */
function withoutRepeats(messages: readonly Message[]): Message[] {
  const key = (m: Message) => JSON.stringify([m.program, m.call, m.answer, m.wrote]);
  return messages.filter((m, i) => i === 0 || key(m) !== key(messages[i - 1] as Message));
}

export function messagesOf(calls: readonly Observed[]): Message[] {
  return withoutRepeats(calls.flatMap(messageOf));
}

export function callsByLane(calls: readonly Observed[]): Partial<Record<LaneId, number>> {
  const counts: Partial<Record<LaneId, number>> = {};
  for (const { pid, before } of calls) {
    const lane = laneOf(before.processes[pid]?.program ?? '');
    counts[lane] = (counts[lane] ?? 0) + 1;
  }
  return counts;
}
