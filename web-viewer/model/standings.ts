/**
 * Where every statechart of a host stands: read from the memories of its processes, for the drawings.
 */
import type { World } from '../../sim/host/world.ts';
import type { Driver } from '../../sim/libvirt/driver.ts';
import type { Standing } from './item.ts';

type Valued = Readonly<{ value: unknown }>;

/** The fields of processes' memories that hold a machine; each belongs to the program named beside it. */
type Memories = Readonly<{
  'systemd-udevd': { udevd: Valued };
  'systemd-logind': { seat: Valued };
  systemd: { services: Readonly<Record<string, Valued>> };
  libvirtd: { state: string; driver: Driver | null };
  'qemu-kvm': { vm?: { qemu: Valued }; lines?: readonly { monitor: Valued }[] };
}>;

function memoriesOf<P extends keyof Memories>(world: World, program: P): Memories[P][] {
  return Object.values(world.processes)
    .filter((process) => process.program === program)
    .map((process) => process.memory as Memories[P]);
}

const standing = (chart: string, of: string, value: unknown): Standing => ({
  chart,
  of,
  value: String(value),
});

const services = ['systemd-udevd.service', 'systemd-logind.service', 'libvirtd.service'];

function ofLibvirt(world: World): Standing[] {
  return memoriesOf(world, 'libvirtd').flatMap(({ state, driver }) => [
    standing('libvirtd', 'libvirtd', state),
    ...Object.entries(driver?.cache ?? {}).map(([binary, { value }]) =>
      standing('capsCache', binary, value),
    ),
    ...Object.entries(driver?.domains ?? {}).map(([name, { value }]) =>
      standing('domain', name, value),
    ),
  ]);
}

export function standingsOf(world: World): Standing[] {
  const { modules, virt } = world.kernel;
  const loaded = ['kvm_intel', 'kvm_amd'].filter((name) => name in modules);
  return [
    ...(loaded.length > 0 ? loaded : ['kvm_intel']).map((name) =>
      standing('module', name, modules[name]?.value ?? 'absent'),
    ),
    standing('virtualization', 'CPU', virt.value),
    ...memoriesOf(world, 'systemd-udevd').map((m) =>
      standing('udevd', 'systemd-udevd', m.udevd.value),
    ),
    ...memoriesOf(world, 'systemd-logind').map((m) => standing('seat', 'seat0', m.seat.value)),
    ...memoriesOf(world, 'systemd').flatMap((m) =>
      services
        .filter((name) => name in m.services)
        .map((name) => standing('service', name, m.services[name]?.value)),
    ),
    ...memoriesOf(world, 'qemu-kvm').flatMap(({ vm, lines = [] }) => [
      ...(vm ? [standing('qemu', 'qemu-kvm', vm.qemu.value)] : []),
      ...lines.map(({ monitor }) => standing('monitor', 'QMP', monitor.value)),
    ]),
    ...ofLibvirt(world),
  ];
}
