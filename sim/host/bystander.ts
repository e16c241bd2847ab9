/**
 * A guest that runs while somebody repairs the host: how it is started, and what a command does to it.
 *
 * Started by hand as root, who may open the node on nearly every host; it holds /dev/kvm and a virtual machine open.
 */
import type { World } from './world.ts';

export const BYSTANDER_PIDFILE = '/run/bystander.pid';

export const bystanderLine = (emulator: string): readonly string[] => [
  emulator,
  ...'-name bystander -S -nodefaults -nographic -machine pc,accel=kvm -pidfile'.split(' '),
  BYSTANDER_PIDFILE,
  '-daemonize',
];

/** One command, typed twice: with the guest, and on a copy of the host without it. */
export type BesideGuest = Readonly<{ status: number; alone: number; after: World; pid: number }>;

/** What a guest forbids fails only beside it; who is no longer there has been ended, or went down with the host. */
export function guestVerdict({
  status,
  alone,
  after,
  pid,
}: BesideGuest): 'unharmed' | 'refused' | 'ended' {
  if (status !== 0 && alone === 0) return 'refused';
  const task = after.kernel.tasks[pid];
  return task?.comm.startsWith('qemu') && task.state !== 'zombie' ? 'unharmed' : 'ended';
}
