/**
 * The short question of many trials: could QEMU use KVM here?
 *
 * QEMU itself is started by hand, as the user that libvirt would choose, with KVM or not at all: rights, driver and
 * processor are all asked, libvirt's memories are not.
 */
import type { World } from '../host/world.ts';
import { asked, typed } from './asking.ts';
import type { History } from './history.ts';
import { emulatorOf, qemuOf } from './node.ts';

export const byHand = (world: World): readonly string[] => [
  'runuser',
  '-u',
  qemuOf(world)?.name ?? 'qemu',
  '--',
  emulatorOf(world) ?? '',
  '-S',
  '-nodefaults',
  '-nographic',
  '-machine',
  'none,accel=kvm',
  '-pidfile',
  '/tmp/kvmlab-why.pid',
  '-daemonize',
];

/** `works`, the reason that QEMU gives, or null while there is no QEMU to ask. */
export function usable(history: History): string | null {
  const world = history.worlds.at(-1) as World;
  if (emulatorOf(world) === null || qemuOf(world) === null) return null;
  const { status, stderr } = asked(history, [typed(byHand(world))]);
  if (status === 0) return 'works';
  return stderr.split('\n')[0]?.replace(/^.*: /, '') ?? 'fails';
}
