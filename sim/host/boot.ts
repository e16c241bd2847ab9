/**
 * Switching the host on: an empty kernel, its mounts and static nodes, and PID 1.
 *
 * Models: Linux 3.10 init/main.c, drivers/base/devtmpfs.c; dracut and systemd's early mounts
 * Leaves out: the initramfs, the boot loader, fsck.
 *
 * Nothing below /dev, /run, /proc and /sys outlives a reboot. That is why a reboot cures the incident.
 */
import { blankInode } from '../kernel/call.ts';
import { root as rootCredentials } from '../kernel/credentials.ts';
import type { Inode } from '../kernel/inode.ts';
import { inPages } from '../kernel/pages.ts';
import { commandLine } from '../kernel/procfs.ts';
import type { KernelState, Mount, Task } from '../kernel/state.ts';
import type { KernelSwitches } from '../kernel/switches.ts';
import { newTask } from '../kernel/task.ts';
import { virtOff } from '../kernel/virt.machine.ts';
import { kernelOf } from './components.ts';
import { type Inodes, makeDisk, ROOT_INO, survivors, textOnDisk } from './disk.ts';
import { begin } from './process.ts';
import type { Profile } from './profile.ts';
import type { Machinery } from './route.ts';
import { settle } from './schedule.ts';
import type { World } from './world.ts';

type Node = readonly [name: string, major: number, minor: number, mode: number, gid?: number];

/** Nodes that drivers built into the kernel make: drivers/char/mem.c memory_devnode, tty_devnode. */
const builtin: readonly Node[] = [
  ['null', 1, 3, 0o666],
  ['zero', 1, 5, 0o666],
  ['full', 1, 7, 0o666],
  ['random', 1, 8, 0o666],
  ['urandom', 1, 9, 0o666],
  ['tty', 5, 0, 0o666, 5],
  ['console', 5, 1, 0o600],
  ['ptmx', 5, 2, 0o666, 5],
  ...[0, 1, 2, 3, 4, 5, 6].map((n): Node => [`tty${n}`, 4, n, 0o620, 5]),
  ['ttyS0', 4, 64, 0o660, 18],
  ['network', 127, 0, 0o600],
];

/** pts nodes exist only while somebody is on them; here the first ten are always there. */
const PTS = 10;

type Files = Record<number, Inode>;

/** Keys that are numbers stand in ascending order. */
const afterLast = (files: Files) => Number(Object.keys(files).at(-1) ?? 0) + 1;

/** Add an inode, and its name in a directory. Answers its number. */
function put(
  files: Files,
  parent: number | null,
  name: string,
  inode: Partial<Inode>,
  now: number,
): number {
  const ino = afterLast(files);
  files[ino] = { ...blankInode(ino, now), ...inode };
  const directory = parent === null ? undefined : files[parent];
  if (directory)
    files[directory.ino] = { ...directory, entries: { ...directory.entries, [name]: ino } };
  return ino;
}

const emptyDirectory = { type: 'dir', mode: 0o755, nlink: 2 } as const;

function deviceNodes(files: Files, dev: number, now: number): void {
  for (const [name, major, minor, mode, gid = 0] of builtin) {
    put(
      files,
      dev,
      name,
      { type: 'char', mode, gid, rdev: [major, minor], kernelOwned: true },
      now,
    );
  }
  const pts = put(files, dev, 'pts', emptyDirectory, now);
  for (let n = 0; n < PTS; n++) {
    put(files, pts, String(n), { type: 'char', mode: 0o620, gid: 5, rdev: [136, n] }, now);
  }
}

/** The directory that a file system is mounted on; made if the disk lacks it. */
function mountPoint(files: Files, name: string, now: number): number {
  return files[ROOT_INO]?.entries[name] ?? put(files, ROOT_INO, name, emptyDirectory, now);
}

function mountAll(files: Files, now: number): Mount[] {
  const plain = { nodev: false, readonly: false };
  const mounts: Mount[] = [{ path: '/', type: 'xfs', covers: 0, root: ROOT_INO, ...plain }];
  for (const [name, type, nodev] of [
    ['dev', 'devtmpfs', false],
    ['run', 'tmpfs', true],
    ['proc', 'proc', true],
    ['sys', 'sysfs', true],
  ] as const) {
    const covers = mountPoint(files, name, now);
    const root =
      type === 'proc' || type === 'sysfs' ? 0 : put(files, null, name, emptyDirectory, now);
    mounts.push({ path: `/${name}`, type, covers, root, nodev, readonly: false });
    if (type === 'devtmpfs') deviceNodes(files, root, now);
  }
  return mounts;
}

const SYSTEMD = '/usr/lib/systemd/systemd';

const init = (now: number): Task => ({
  ...newTask(1, SYSTEMD, rootCredentials, now),
  argv: [SYSTEMD, '--switched-root', '--system', '--deserialize', '22'],
});

/**
 * The kernel that the boot loader's default entry names, or the profile's own. Another release of it behaves as that one does.
 *
 * Models: GRUB 2 grubenv saved_entry; the version in the header of the image (arch/x86/boot/header.S kernel_version)
 */
function bootedKernel(profile: Profile, disk: Inodes): KernelSwitches {
  const own = kernelOf(profile.components);
  const entry = textOnDisk(disk, '/boot/grub2/grubenv') ?? '';
  const [, wanted = own.release] = /^saved_entry=[^(]*\(([^)]+)\)/m.exec(entry) ?? [];
  const image = textOnDisk(disk, `/boot/vmlinuz-${wanted}`);
  const [, release, version] = /^(\S+) (.*)$/m.exec(image ?? '') ?? [];
  return release === undefined || version === undefined ? own : { ...own, release, version };
}

function freshKernel(profile: Profile, disk: Inodes, now: number): KernelState {
  const files: Files = { ...disk };
  const mounts = mountAll(files, now);
  const switches = bootedKernel(profile, disk);
  return {
    switches,
    hardware: profile.hardware,
    nodename: profile.hostname,
    inodes: inPages(files),
    nextIno: afterLast(files),
    mounts,
    tasks: { 1: init(now) },
    nextPid: 2,
    files: [],
    nextFile: 1,
    buffers: {},
    nextBuffer: 1,
    terminals: { network: { input: [], output: [] } },
    modules: {},
    misc: {},
    virt: virtOff,
    seqnum: 1000,
    dmesg: [
      { at: now, text: `Linux version ${switches.release} ${switches.version}` },
      { at: now, text: `Command line: ${commandLine(switches.release)}` },
    ],
    bootedAt: now,
    vt: { active: 1, changes: 0 },
    refusals: [],
    faults: { createVm: [], noSpace: false, calls: [] },
  };
}

function start(machinery: Machinery, profile: Profile, disk: Inodes, now: number): World {
  const kernel = freshKernel(profile, disk, now);
  const argv = [SYSTEMD];
  const pid1 = begin(machinery.programs, 'systemd', { argv, env: {} });
  return { profile: profile.name, now, kernel, processes: { 1: pid1 } };
}

/** The first boot of a new host. */
export const powerOn = (machinery: Machinery, profile: Profile): World =>
  settle(
    machinery,
    start(machinery, profile, makeDisk(profile.disk, profile.epoch), profile.epoch),
  );

/** POST and firmware of a server: two minutes without a kernel. */
const FIRMWARE_MS = 120_000;

/** The same host after reboot(2): disk and hardware stay, everything in memory is new. */
export const rebooted = (machinery: Machinery, profile: Profile, world: World): World =>
  start(
    machinery,
    { ...profile, hardware: world.kernel.hardware },
    survivors(world.kernel.inodes),
    world.now + FIRMWARE_MS,
  );
