/**
 * The commands that a search for fixes may type, generated for a host: families of lines with slots.
 *
 * Nothing in here knows which of them help. What a slot may hold is read from the host: its modules, its rules, its
 * cache files, the user of its QEMU.
 */
import { askAll } from '../../host/ask.ts';
import type { World } from '../../host/world.ts';
import { root } from '../../kernel/credentials.ts';
import { type Failure, failed } from '../../kernel/errno.ts';
import type { Dirent } from '../../kernel/request.ts';
import { exists } from '../models/events.ts';
import { NODE, qemuOf } from '../node.ts';

export type Command = Readonly<{
  argv: readonly string[];
  /** As people call it: without what is the same in every line. */
  name: string;
  /** It takes rights or things away: nobody would expect it to let QEMU in. */
  restricts: boolean;
  /** Nothing but the disk outlives it. */
  forgets: boolean;
}>;

/** `setfacl -m {tag}{perm} /dev/kvm`, and what may stand in the braces. */
export type Family = Readonly<{
  line: string;
  slots?: Readonly<Record<string, readonly string[]>>;
  /** What of it only takes away. */
  restricts?: RegExp;
  forgets?: true;
  possible?: (world: World) => boolean;
}>;

const CACHES = '/var/cache/libvirt/qemu/capabilities';
const OVERRIDES = '/etc/udev/rules.d';
const MODPROBE = '/etc/modprobe.d';

const filesIn = (world: World, directory: string): string[] => {
  const entries = askAll(world, root, [
    { call: 'open', path: directory, flags: ['read', 'directory'], mode: 0 },
    { call: 'getdents', fd: 0 },
  ]) as readonly Dirent[] | Failure;
  return failed(entries) ? [] : entries.map(({ name }) => `${directory}/${name}`);
};

/** Modules that have something to do with virtualization, loaded or not. */
const vendors = ['kvm_intel', 'kvm_amd'];

const loaded = ({ kernel }: World) =>
  Object.entries(kernel.modules).flatMap(([name, { value }]) => (value === 'live' ? [name] : []));

const hasYum = exists('/usr/bin/yum');
const hasLibvirt = exists('/usr/sbin/libvirtd');
const TRIGGER = 'udevadm trigger --subsystem-match=misc --sysname-match=kvm';

/** Every family, with its slots filled from a host. */
export function familiesOf(world: World): Family[] {
  const qemu = qemuOf(world)?.name ?? 'qemu';
  const named = [`u:${qemu}`, 'g:kvm'];
  const families: Family[] = [
    {
      line: `setfacl -m {tag}:{perm} ${NODE}`,
      slots: { tag: ['u:', 'g:', 'm:', 'o:', ...named], perm: ['rw', '-'] },
      restricts: /:- /,
    },
    { line: `setfacl -x {entry} ${NODE}`, slots: { entry: [...named, 'm'] } },
    {
      line: `setfacl --set u::rw,g::{group},o::{other} ${NODE}`,
      slots: { group: ['rw'], other: ['rw', '-'] },
    },
    { line: 'setfacl {all} {path}', slots: { all: ['-b', '-k'], path: [NODE, '/dev'] } },
    { line: `setfacl -d -m g::rw ${NODE}` },
    {
      line: `chmod {mode} ${NODE}`,
      slots: { mode: ['600', '606', '660', '666', 'g+rw', 'o+rw'] },
      restricts: / 600 /,
    },
    { line: `chgrp {group} ${NODE}`, slots: { group: ['kvm', 'root'] } },
    { line: `chown {owner} ${NODE}`, slots: { owner: ['root', qemu, 'root:kvm'] } },
    { line: `${TRIGGER} --action={action}`, slots: { action: ['change', 'add'] } },
    {
      line: 'udevadm {verb}',
      slots: { verb: ['settle', 'control --reload', 'test /sys/devices/virtual/misc/kvm'] },
    },
    { line: 'modprobe {module}', slots: { module: vendors } },
    { line: 'modprobe -r {module}', slots: { module: loaded(world) }, restricts: /./ },
    {
      line: 'systemctl restart {service}',
      slots: {
        service: [...(hasLibvirt(world) ? ['libvirtd'] : []), 'systemd-udevd', 'systemd-logind'],
      },
    },
    { line: 'virsh capabilities', possible: hasLibvirt },
    { line: `usermod -aG {group} ${qemu}`, slots: { group: ['kvm'] } },
    { line: 'rm -f {file}', slots: { file: [NODE] }, restricts: /./ },
    {
      line: 'rm -f {file}',
      slots: { file: [CACHES, OVERRIDES, MODPROBE].flatMap((path) => filesIn(world, path)) },
    },
    { line: `mknod -m {mode} ${NODE} c 10 232`, slots: { mode: ['660', '666'] } },
    { line: 'yum -y reinstall qemu-kvm-ev', possible: hasYum },
    // A policy that refuses outlives a reboot, and here it would not: it was laid on the host from outside.
    { line: 'reboot', forgets: true, possible: ({ kernel }) => kernel.refusals.length === 0 },
  ];
  return families.filter(
    ({ possible, slots = {} }) =>
      (possible?.(world) ?? true) && Object.values(slots).every((words) => words.length > 0),
  );
}

/** Every way to fill the slots. */
function linesOf({ line, slots = {} }: Family): string[] {
  return Object.entries(slots).reduce(
    (lines, [slot, words]) =>
      lines.flatMap((text) => words.map((word) => text.replace(`{${slot}}`, () => word))),
    [line],
  );
}

const shortened = (line: string): string =>
  line
    .replace(TRIGGER, 'udevadm trigger')
    .replace(' --action=change', '')
    .replace('/sys/devices/virtual/misc/kvm', '...')
    .replace(/^yum -y/, 'yum')
    .replace(/^rm -f/, 'rm')
    .replace(/([0-9a-f]{6})[0-9a-f]{58}/, '$1...')
    .replace(/(?<=^(setfacl|chmod|chgrp|chown).*) \/dev\/kvm$/, '')
    .replace(/(?<=^mknod.*) \/dev\/kvm c 10 232$/, '');

export const commandsOf = (families: readonly Family[]): Command[] =>
  families.flatMap((family) =>
    linesOf(family).map((line) => ({
      argv: line.split(' '),
      name: shortened(line),
      restricts: family.restricts?.test(line) ?? false,
      forgets: family.forgets ?? false,
    })),
  );

/** A family as it is printed: `setfacl -m {u:|g:}{rw|r|-} /dev/kvm`. */
export const familyText = ({ line, slots = {} }: Family): string =>
  Object.entries(slots).reduce(
    (text, [slot, words]) =>
      text.replace(`{${slot}}`, () =>
        words.length === 1 ? (words[0] ?? '') : `{${words.join('|')}}`,
      ),
    line,
  );
