/**
 * How a second passes in a search whose steps all happen at one moment: what is remembered grows older instead.
 *
 * Models: what libvirtd compares of time, the node's st_ctime with priv->kvmCtime (libvirt v5.0.0
 *   src/qemu/qemu_capabilities.c virQEMUCapsKVMUsable)
 * Only the order of these seconds and their equality are ever asked for. So they are named by their rank below the
 * present one, and however many seconds pass, there are no more states. A second does not pass while libvirtd is at
 * work: what it has in its hands cannot be renamed.
 */
import type { Process } from '../../host/process.ts';
import type { ActorPart, FilePart, Table } from './parts.ts';

type KvmMemo = Readonly<{ ctime: number; usable: boolean | null }>;
type Memory = Readonly<{ driver: Readonly<{ kvm: KvmMemo }> | null }>;

const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** Both as they are a second later; null where that would change nothing, or libvirtd is at work. */
export function aged(
  node: FilePart,
  libvirtd: ActorPart,
  now: number,
): Readonly<{ node: FilePart; libvirtd: ActorPart }> | null {
  const daemons = Object.values(libvirtd.processes).filter(({ program }) => program === 'libvirtd');
  if (daemons.some(({ answers }) => answers.length > 0)) return null;
  const seconds = [
    ...Object.values(node).map(({ ctime }) => secondOf(ctime)),
    ...daemons.flatMap((daemon) => kvmOf(daemon)?.ctime ?? []),
  ];
  const present = secondOf(now);
  if (!seconds.includes(present)) return null;
  const ranks = [...new Set(seconds)].sort((a, b) => b - a);
  const renamed = (second: number) => present - 1 - ranks.indexOf(second);
  return {
    node: mapped(node, (inode) => ({ ...inode, ctime: 1000 * renamed(secondOf(inode.ctime)) })),
    libvirtd: {
      ...libvirtd,
      processes: mapped(libvirtd.processes, (process) => remembering(process, renamed)),
    },
  };
}

/** What libvirtd remembers of the node; null for other programs, and while it has never looked. */
function kvmOf({ program, memory }: Process): KvmMemo | null {
  if (program !== 'libvirtd') return null;
  const kvm = (memory as Memory).driver?.kvm;
  return kvm === undefined || kvm.usable === null ? null : kvm;
}

function remembering(process: Process, renamed: (second: number) => number): Process {
  const kvm = kvmOf(process);
  if (kvm === null) return process;
  const { driver, ...memory } = process.memory as Memory;
  const older = { ...kvm, ctime: renamed(kvm.ctime) };
  return { ...process, memory: { ...memory, driver: { ...driver, kvm: older } } };
}

const mapped = <T>(table: Table<T>, change: (one: T) => T): Table<T> =>
  Object.fromEntries(Object.entries(table).map(([id, one]) => [id, change(one)]));
