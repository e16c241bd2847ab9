/**
 * A QEMU to talk QMP to: started on the served host, as QEMU's own user, when the first client asks for it.
 *
 * It asks for KVM and settles for TCG, as libvirt's probing QEMU does: `query-kvm` tells which it got.
 */
import { emulatorOf, qemuOf } from '../../explain/node.ts';
import { quoted } from '../../gateway/shim.ts';
import type { World } from '../../host/world.ts';
import type { Peer, Service } from './service.ts';

const SOCKET = '/tmp/qmp.sock';

/** The command line for the host's shell; null on a host without QEMU, or without a user for it. */
export function qmpLine(world: World): string | null {
  const emulator = emulatorOf(world);
  const user = qemuOf(world)?.name;
  if (emulator === null || user === undefined) return null;
  const options = '-S -nodefaults -nographic -machine pc,accel=kvm:tcg -daemonize -qmp';
  const words = ['runuser', '-u', user, '--', emulator, ...options.split(' ')];
  return [...words, `unix:${SOCKET},server,nowait`].map(quoted).join(' ');
}

/** Null where no QEMU listens and none can be started. */
export function connectQmp(service: Service, peer: Peer): number | null {
  const running = service.connect(SOCKET, peer);
  if (running !== null) return running;
  const source = qmpLine(service.world());
  if (source === null) return null;
  service.type({ source, stdin: '', terminal: false });
  return service.connect(SOCKET, peer);
}
