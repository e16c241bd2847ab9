/**
 * The files of /proc.
 *
 * Models: Linux 3.10 fs/proc, drivers/char/misc.c misc_seq_show ("%3i %s\n"), kernel/module.c m_show
 * Leaves out: what no modelled program reads; the order of /proc/devices is that of the major numbers.
 */
import { cpuCount, type Hardware, shownFlags } from './hardware.ts';
import { memoOf } from './memo.ts';
import { moduleInfo } from './moduleTable.ts';
import type { PseudoFiles } from './pseudoFiles.ts';
import type { KernelState, Task } from './state.ts';

/** Character majors of a server of that time, and the block majors that /proc/devices lists after them. */
const characterMajors: readonly (readonly [number, string])[] = [
  [1, 'mem'],
  [4, '/dev/vc/0'],
  [4, 'tty'],
  [4, 'ttyS'],
  [5, '/dev/tty'],
  [5, '/dev/console'],
  [5, '/dev/ptmx'],
  [7, 'vcs'],
  [10, 'misc'],
  [13, 'input'],
  [21, 'sg'],
  [29, 'fb'],
  [128, 'ptm'],
  [136, 'pts'],
  [162, 'raw'],
  [180, 'usb'],
  [188, 'ttyUSB'],
  [189, 'usb_device'],
  [202, 'cpu/msr'],
  [203, 'cpu/cpuid'],
  [226, 'drm'],
];

const blockMajors: readonly (readonly [number, string])[] = [
  [259, 'blkext'],
  [8, 'sd'],
  [9, 'md'],
  [65, 'sd'],
  [253, 'device-mapper'],
];

/** 127 is this model's door for people who come over the network; /proc/devices does not show it. */
export const hasMajor = (major: number): boolean =>
  major === 127 || characterMajors.some(([m]) => m === major);

/** What the boot loader has passed to the kernel. */
export const commandLine = (release: string): string =>
  `BOOT_IMAGE=/vmlinuz-${release} root=/dev/mapper/centos-root ro quiet`;

/** The control-group controllers of a stock el7 kernel. */
const controllers =
  'cpuset cpu cpuacct memory devices freezer net_cls blkio perf_event hugetlb pids net_prio'.split(
    ' ',
  );

const majorLines = (majors: readonly (readonly [number, string])[]) =>
  majors.map(([major, name]) => `${String(major).padStart(3)} ${name}\n`).join('');

function modules(kernel: KernelState): string {
  const live = Object.entries(kernel.modules).filter(([, m]) => m.value === 'live');
  const lines = live.map(([name, module]) => {
    const users = live.map(([n]) => n).filter((n) => moduleInfo(n)?.needs.includes(name));
    const refs = module.context.refs + users.length;
    const by = users.length > 0 ? users.map((u) => `${u},`).join('') : '-';
    return `${name} ${moduleInfo(name)?.size ?? 16384} ${refs} ${by} Live 0x0000000000000000\n`;
  });
  return lines.reverse().join('');
}

const cpuinfo = memoOf((hw: Hardware): string => {
  const cpus = Array.from({ length: cpuCount(hw) }, (_, cpu) => {
    const thread = Math.floor(cpu / (hw.sockets * hw.coresPerSocket));
    const core = Math.floor(cpu / hw.sockets) % hw.coresPerSocket;
    const siblings = hw.coresPerSocket * hw.threadsPerCore;
    const socket = cpu % hw.sockets;
    return [
      `processor\t: ${cpu}`,
      `vendor_id\t: ${hw.vendor}`,
      `cpu family\t: ${hw.family}`,
      `model\t\t: ${hw.model}`,
      `model name\t: ${hw.modelName}`,
      `stepping\t: ${hw.stepping}`,
      `microcode\t: 0x${hw.microcode.toString(16)}`,
      `cpu MHz\t\t: ${hw.mhz}.000`,
      `cache size\t: ${hw.l3KiB} KB`,
      `physical id\t: ${socket}`,
      `siblings\t: ${siblings}`,
      `core id\t\t: ${core}`,
      `cpu cores\t: ${hw.coresPerSocket}`,
      `apicid\t\t: ${(socket * hw.coresPerSocket + core) * 2 + thread}`,
      `flags\t\t: ${shownFlags(hw).join(' ')}`,
      `address sizes\t: ${hw.physicalBits} bits physical, 48 bits virtual`,
      '',
      '',
    ].join('\n');
  });
  return cpus.join('');
});

export const procFiles = (kernel: KernelState): PseudoFiles => ({
  '/proc/devices': () =>
    `Character devices:\n${majorLines(characterMajors)}\nBlock devices:\n${majorLines(blockMajors)}`,
  '/proc/misc': () =>
    Object.entries(kernel.misc)
      .map(([minor, { name }]) => `${minor.padStart(3)} ${name}\n`)
      .join(''),
  '/proc/modules': () => modules(kernel),
  '/proc/cpuinfo': () => cpuinfo(kernel.hardware),
  '/proc/meminfo': () =>
    `MemTotal:       ${kernel.hardware.memoryKiB} kB\nMemFree:        ${Math.floor(kernel.hardware.memoryKiB * 0.9)} kB\n`,
  '/proc/cmdline': () => `${commandLine(kernel.switches.release)}\n`,
  '/proc/version': () => `Linux version ${kernel.switches.release} ${kernel.switches.version}\n`,
  '/proc/mounts': () =>
    kernel.mounts
      .map(
        (m) =>
          `${m.type} ${m.path} ${m.type} ${m.readonly ? 'ro' : 'rw'}${m.nodev ? ',nodev' : ''} 0 0\n`,
      )
      .join(''),
  '/proc/cgroups': () =>
    `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${controllers.map((name, i) => `${name}\t${i + 2}\t1\t1\n`).join('')}`,
  '/proc/stat': () => `btime ${Math.floor(kernel.bootedAt / 1000)}\n`,
  '/proc/sys/kernel/ostype': () => 'Linux\n',
  '/proc/sys/kernel/osrelease': () => `${kernel.switches.release}\n`,
  '/proc/sys/kernel/hostname': () => `${kernel.nodename}\n`,
});

const letter = { running: 'R (running)', blocked: 'S (sleeping)', zombie: 'Z (zombie)' };

function status(task: Task): string {
  const ids = (id: number) => `${id}\t${id}\t${id}\t${id}`;
  return [
    `Name:\t${task.comm}`,
    `State:\t${letter[task.state]}`,
    `Pid:\t${task.pid}`,
    `PPid:\t${task.ppid}`,
    `Uid:\t${ids(task.cred.uid)}`,
    `Gid:\t${ids(task.cred.gid)}`,
    `Groups:\t${task.cred.groups.join(' ')} `,
    '',
  ].join('\n');
}

/** The files of one task's directory below /proc, by name. */
export const taskFiles = (task: Task): Readonly<Record<string, () => string>> => ({
  status: () => status(task),
  comm: () => `${task.comm}\n`,
  cmdline: () => task.argv.map((word) => `${word}\0`).join(''),
  exe: () => `-> ${task.exe}`,
  cgroup: () => `1:name=systemd:${task.cgroup}\n`,
  stat: () =>
    `${task.pid} (${task.comm}) ${letter[task.state][0]} ${task.ppid} ${task.tty ?? '-'} ${task.started}\n`,
});
