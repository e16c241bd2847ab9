/**
 * What of a host decides how things go on: two hosts with the same state answer every later command alike.
 *
 * Everything counts but what only tells of the past: times, ids that were handed out, logs. Of the times those stay
 * that somebody compares: whether libvirtd has seen the node since its ctime moved, the emulators' own ctimes, when the
 * rules were changed, and whether udevd would look at them again. A test searches without it and finds the same fixes.
 */

import { statOf } from '../../host/ask.ts';
import { driverOf, libvirtState } from '../../host/libvirtState.ts';
import type { World } from '../../host/world.ts';
import { failed } from '../../kernel/errno.ts';
import type { Inode } from '../../kernel/inode.ts';
import { memoOf } from '../../kernel/memo.ts';
import { get } from '../../kernel/pages.ts';
import { stamper } from '../calls/stamp.ts';
import { inodeOf } from '../node.ts';

const RULE_DIRECTORIES = ['/usr/lib/udev/rules.d', '/run/udev/rules.d', '/etc/udev/rules.d'];

const stamp = stamper();

/** Files that tell of the past, or hold numbers that were handed out. */
const told =
  /^\/(var\/log|run\/log|proc|sys|tmp)\/|\.pid$|^\/run\/udev\/data\/|^\/run\/systemd\/(sessions|users)\//;

const inodeText = memoOf(
  ({ type, mode, uid, gid, acl, defaultAcl, rdev, content, kernelOwned }: Inode) =>
    stamp([type, mode, uid, gid, acl, defaultAcl, rdev, content, kernelOwned]),
);

/** libvirt knows an emulator by its ctime, udevd its rules by their mtime. */
function timeText(path: string, { ctime, mtime }: Inode): string {
  if (/\/(libexec|bin)\/qemu-/.test(path)) return String(ctime);
  return path.includes('/rules.d') ? String(mtime) : '';
}

function filesUnder(world: World, path: string, root: number): string[] {
  const found: string[] = [];
  const visit = (at: string, ino: number) => {
    if (told.test(at)) return;
    const inode = get(world.kernel.inodes, ino);
    if (inode === undefined) return;
    found.push(`${at} ${inodeText(inode)} ${timeText(at, inode)}`);
    for (const [name, child] of Object.entries(inode.entries)) visit(`${at}/${name}`, child);
  };
  visit(path === '/' ? '' : path, root);
  return found.sort();
}

const mounted = (world: World, stays: boolean): string[] =>
  world.kernel.mounts
    .filter(({ type }) => (type === 'xfs') === stays && type !== 'proc' && type !== 'sysfs')
    .flatMap(({ path, root, nodev, readonly }) => [
      `${path} ${nodev} ${readonly}`,
      ...filesUnder(world, path, root),
    ]);

/** What outlives a reboot. */
export const diskState = (world: World): string =>
  stamp([mounted(world, true), world.kernel.hardware]);

const running = (world: World): string[] =>
  Object.values(world.kernel.tasks)
    .map(({ exe, cred, tty, cgroup }) => stamp([exe, cred, tty, cgroup]))
    .sort();

const SECOND = 1000;

/** v219 looks at its rules again after three seconds. */
const LOOK_SECONDS = 3;

type Udevd = Readonly<{
  rules: Readonly<{ files: unknown; timestamp: number; stats: unknown }>;
  udevd: Readonly<{ context: Readonly<{ stale: boolean; held: boolean }> }>;
  bootedAt: number;
  lastLook: number;
  globals: unknown;
}>;

const changedAt = (world: World, path: string): number => {
  const st = statOf(world, path);
  return failed(st) ? 0 : st.mtime;
};

/** Would udevd, if it read its rules again, find what it has? Not if they or the groups were changed since. */
function upToDate(world: World, { timestamp }: Udevd['rules']): boolean {
  const changed = [...RULE_DIRECTORIES, '/etc/group'].map((path) => changedAt(world, path));
  return Math.max(...changed) <= timestamp;
}

function udevdState(world: World): unknown {
  const process = Object.values(world.processes).find(({ program }) => program === 'systemd-udevd');
  const memory = process?.memory as Udevd | undefined;
  if (memory?.udevd === undefined) return null;
  const { rules, globals, bootedAt, lastLook } = memory;
  const { stale, held } = memory.udevd.context;
  if (upToDate(world, rules)) return [rules.files, held, globals];
  const idle = (world.now - bootedAt) / SECOND - lastLook / SECOND / SECOND;
  return [rules, held, globals, stale, idle > LOOK_SECONDS];
}

function libvirtdState(world: World): unknown {
  const state = libvirtState(world);
  const driver = driverOf(world);
  if (state === null || driver === null) return null;
  const { memo } = state;
  const node = inodeOf(world);
  const current = node !== null && memo?.ctime === Math.floor(node.ctime / SECOND);
  return [
    driver.caps?.guests,
    Object.entries(driver.cache).map(([binary, { value, context }]) => [
      binary,
      value,
      context.entry?.caps,
    ]),
    memo?.usable ?? null,
    current,
    state.runAs,
    Object.keys(driver.domains),
  ];
}

const partsOf = (world: World): unknown[] => {
  const { kernel } = world;
  return [
    mounted(world, true),
    mounted(world, false),
    Object.entries(kernel.modules).map(([name, { value }]) => [name, value]),
    kernel.misc,
    kernel.virt,
    kernel.refusals,
    kernel.faults,
    kernel.vt.active,
    running(world),
    udevdState(world),
    libvirtdState(world),
  ];
};

export const hostState = (world: World): string => stamp(partsOf(world));
