/**
 * Everything the kernel remembers, as plain data.
 *
 * Models: Linux 3.10 struct task_struct, struct file, struct mount, the module list, misc_list
 * Leaves out: threads, memory, block devices, network stacks other than unix and netlink sockets.
 */
import type { Draft } from 'immer';
import type { Credentials } from './credentials.ts';
import type { CallFault } from './faults.ts';
import type { Hardware } from './hardware.ts';
import type { Inode } from './inode.ts';
import type { ModuleSnapshot } from './module.machine.ts';
import type { Pages } from './pages.ts';
import type { ExitStatus, OpenFlag, Request, Signal, Uevent } from './request.ts';
import type { KernelSwitches } from './switches.ts';
import type { VirtSnapshot } from './virt.machine.ts';

export type FsType = 'xfs' | 'tmpfs' | 'devtmpfs' | 'proc' | 'sysfs';

export type Mount = Readonly<{
  path: string;
  type: FsType;
  /** The directory it covers; 0 for the root mount. */
  covers: number;
  root: number;
  nodev: boolean;
  readonly: boolean;
}>;

/** An open file description; descriptors of several tasks may share it. */
export type OpenFile = Readonly<{ refs: number; flags: readonly OpenFlag[] }> &
  (
    | Readonly<{ kind: 'inode'; ino: number; mount: number; offset: number }>
    | Readonly<{ kind: 'pseudo'; path: string; offset: number; seen: number }>
    | Readonly<{ kind: 'device'; ino: number; driver: string }>
    | Readonly<{ kind: 'vm' | 'vcpu'; pid: number }>
    | Readonly<{ kind: 'listener'; ino: number; backlog: number; queue: readonly number[] }>
    | Readonly<{ kind: 'stream'; from: number | null; to: number | null; peer: number }>
    | Readonly<{ kind: 'netlink'; group: 'kernel' | 'udev'; queue: readonly Uevent[] }>
    | Readonly<{ kind: 'terminal'; tty: string; stream: 1 | 2 }>
  );

/** One direction of a pipe or a connection. */
export type Buffer = Readonly<{ data: string; readers: number; writers: number }>;

export type Task = Readonly<{
  pid: number;
  ppid: number;
  comm: string;
  exe: string;
  argv: readonly string[];
  cred: Credentials;
  cwd: string;
  umask: number;
  tty: string | null;
  /** Control group; device-cgroup verdicts go by it. */
  cgroup: string;
  fds: Readonly<Record<number, number>>;
  /** What stdio has not written yet. Absent where there is nothing. */
  held?: string;
  caught: readonly Signal[];
  pending: readonly Signal[];
  state: 'running' | 'blocked' | 'zombie';
  /** The call that blocks, to be tried again. */
  parked: Request | null;
  /** When a blocked call with a time limit gives up, ms; null for never. */
  deadline: number | null;
  status: ExitStatus | null;
  started: number;
}>;

/** Rules of a device control group or a security module that refuse a device to some tasks. */
export type Refusal = Readonly<{
  /** Device cgroup answers EPERM (at open and access), a security module EACCES. */
  by: 'device-cgroup' | 'lsm';
  rdev: readonly [number, number];
  /** Refused are tasks whose cgroup (or executable, for the lsm) begins with this. */
  subject: string;
}>;

/** A line discipline's two ends: lines typed and not yet read, and what was written, by stream. */
export type Terminal = Readonly<{
  input: readonly string[];
  output: readonly Readonly<{ stream: 1 | 2; text: string }>[];
}>;

export type KernelState = Readonly<{
  switches: KernelSwitches;
  hardware: Hardware;
  nodename: string;
  inodes: Pages<Inode>;
  nextIno: number;
  mounts: readonly Mount[];
  tasks: Readonly<Record<number, Task>>;
  nextPid: number;
  files: Pages<OpenFile>;
  nextFile: number;
  buffers: Readonly<Record<number, Buffer>>;
  nextBuffer: number;
  /** Where the world outside types and reads: 'tty1', 'pts/0', and 'network' for those who connect. */
  terminals: Readonly<Record<string, Terminal>>;
  modules: Readonly<Record<string, ModuleSnapshot>>;
  /** misc_list: minor -> name and owning module. */
  misc: Readonly<Record<number, Readonly<{ name: string; module: string }>>>;
  virt: VirtSnapshot;
  seqnum: number;
  dmesg: readonly Readonly<{ at: number; text: string }>[];
  bootedAt: number;
  /** The virtual terminal in front, and how often that has changed. */
  vt: Readonly<{ active: number; changes: number }>;
  refusals: readonly Refusal[];
  /** Faults that a scenario injects; `createVm`: errnos that the next KVM_CREATE_VM calls answer. */
  faults: Readonly<{
    createVm: readonly ('EINTR' | 'ENOMEM' | 'EBUSY')[];
    noSpace: boolean;
    calls: readonly CallFault[];
  }>;
}>;

/** The state while a system call works on it. */
export type Kernel = Draft<KernelState>;
