/**
 * A simulated host in the state that a report tells of, as choices: what the report says of it is brought about, in the order
 * in which it would come about, and what is not said is as on a healthy host.
 *
 * Whether it has come out like the reported one nobody has to believe: collect.sh is run on it and its facts are compared.
 */
import type { Acl } from '../../acl/entry.ts';
import { shortText } from '../../acl/text.ts';
import type { Choice } from '../../host/choice.ts';
import type { DiskFile } from '../../host/disk.ts';
import type { Setup } from '../../host/machine.ts';
import { profileNamed } from '../../host/profiles.ts';
import { type History, historyOf } from '../history.ts';
import { rootLogin, typed } from '../models/events.ts';
import { qemuUserIn } from './accounts.ts';
import type { Report } from './blocks.ts';
import { nearestHost } from './host.ts';
import { emulatorIn } from './libvirt.ts';
import { aclIn, presentNode } from './node.ts';
import { answerOf, type Readings } from './reading.ts';
import { maskedIn, siteRulesIn } from './rules.ts';

const is = (readings: Readings, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(
    ([name, value]) => readings[name as keyof Readings]?.value === value,
  );

/** Rules of this site, links that mask one, and what is written about the modules. */
function filesOf(report: Report): DiskFile[] {
  const lines = answerOf(report, 'grep -rhE "kvm" /etc/modprobe.d')?.lines ?? [];
  const about = lines.filter((line) => /^\s*(blacklist|options|install)\s+kvm/.test(line));
  const load = lines.filter((line) => /^\s*kvm_(intel|amd)\s*$/.test(line));
  const text = (of: readonly string[]) => of.map((line) => `${line.trim()}\n`).join('');
  return [
    ...siteRulesIn(report).map(([path, rules]) => ({ path, content: text(rules) })),
    ...maskedIn(report).map((path) => ({ path, target: '/dev/null' })),
    ...(about.length > 0 ? [{ path: '/etc/modprobe.d/reported.conf', content: text(about) }] : []),
    ...(load.length > 0
      ? [{ path: '/etc/modules-load.d/reported.conf', content: text(load) }]
      : []),
    ...confOf(report),
  ];
}

/** Whoever else runs QEMU is played by operator, the only person that the simulated host has. */
function confOf(report: Report): DiskFile[] {
  const qemu = qemuUserIn(report);
  if (!qemu?.configured || qemu.name === 'qemu' || qemu.name === 'libvirt-qemu') return [];
  const name = qemu.user?.uid === 0 ? 'root' : 'operator';
  return [{ path: '/etc/libvirt/qemu.conf', content: `user = "${name}"\ngroup = "${name}"\n` }];
}

function setupOf(report: Report, readings: Readings, profile: string): Setup {
  const { includes = [] } = profileNamed(profile);
  const packages = includes.includes('qemu-kvm-ev') ? [] : ['qemu-kvm-ev', 'libvirt'];
  const neither = is(readings, { processor: 'neither', driver: 'absent' });
  const hardware = {
    ...(neither ? { fewerFlags: ['vmx', 'svm'] } : {}),
    ...(neither && is(readings, { below: 'hypervisor' }) ? { moreFlags: ['hypervisor'] } : {}),
    ...(is(readings, { kernelSaid: 'disabled by firmware' }) ? { virtEnabledInBios: false } : {}),
  };
  return { hardware, files: filesOf(report), packages };
}

/** The user who runs QEMU there, and the module of the processor. */
type Names = Readonly<{ user: string; module: string }>;

function accountsOf(readings: Readings, { user }: Names): Choice[] {
  if (readings.nodeGroup?.value !== 'kvm') return [];
  if (is(readings, { qemuUser: 'configured', member: 'yes' }))
    return typed('usermod -aG kvm operator');
  return is(readings, { qemuUser: 'packaged', member: 'no' })
    ? typed(`gpasswd -d ${user} kvm`)
    : [];
}

function modulesOf(readings: Readings, { module }: Names): Choice[] {
  const firmware = is(readings, { kernelSaid: 'disabled by firmware' });
  const absent = is(readings, { driver: 'absent' });
  return [
    ...(is(readings, { rival: 'yes' }) ? typed('modprobe vboxdrv') : []),
    ...(absent && !firmware && readings.processor?.value !== 'neither'
      ? typed(`modprobe -r ${module}`)
      : []),
    ...(is(readings, { driver: 'registered', blacklisted: 'yes' })
      ? typed(`modprobe ${module}`)
      : []),
  ];
}

function rulesOf(readings: Readings): Choice[] {
  return is(readings, { rule: 'none' })
    ? typed('rm -f /usr/lib/udev/rules.d/80-kvm.rules', 'udevadm control --reload')
    : [];
}

/** Somebody whom the ACL names sits at the console, or udevd would take his entry away; he is operator here. */
const SEATED = 1000;

const seated = (acl: Acl): Acl =>
  acl.map((entry) =>
    entry.tag === 'user' && (entry.id ?? 0) > SEATED ? { ...entry, id: SEATED } : entry,
  );

const seatOf = (acl: Acl | undefined): Choice[] =>
  acl?.some(({ tag, id }) => tag === 'user' && (id ?? 0) >= SEATED)
    ? [{ login: 'operator', on: 'tty1' }]
    : [];

/** The node's owner, group, mode and ACL, each written outright. */
function rightsOf(report: Report, readings: Readings): Choice[] {
  const node = presentNode(report);
  const found = aclIn(report);
  if (node === null || readings.node?.value !== 'kvm') return [];
  const group = readings.nodeGroup?.value === 'kvm' ? 'kvm' : String(node.gid);
  const acl = found?.extended
    ? typed(`setfacl --set ${shortText(seated(found.acl))} /dev/kvm`)
    : typed('setfacl -b /dev/kvm', `chmod ${node.mode.toString(8)} /dev/kvm`);
  return [...typed(`chown ${node.uid} /dev/kvm`, `chgrp ${group} /dev/kvm`), ...acl];
}

function nodeOf(readings: Readings): Choice[] {
  if (is(readings, { node: 'absent', driver: 'registered' })) return typed('rm -f /dev/kvm');
  return is(readings, { node: 'kvm', driver: 'absent' }) ? typed('mknod /dev/kvm c 10 232') : [];
}

function directoryOf(report: Report, readings: Readings): Choice[] {
  const block = report.blocks.find(({ command }) => command === 'getfacl -nc /dev');
  const entries = block?.lines.flatMap((line) => /^default:(\S+)/.exec(line)?.[1] ?? []) ?? [];
  const inherited = is(readings, { defaultAcl: 'yes' }) && entries.length > 0;
  return [
    ...(inherited ? typed(`setfacl -d --set ${entries.join(',')} /dev`) : []),
    ...(is(readings, { mount: 'nodev' }) ? typed('mount -o remount,nodev /dev') : []),
  ];
}

/** Who refuses what rights grant. */
function refusalsOf(report: Report, readings: Readings): Choice[] {
  const refuse = (by: 'device-cgroup' | 'lsm', subject: string): Choice => ({
    fault: { refuse: by, rdev: [10, 232], subject },
  });
  if (is(readings, { open: 'EPERM' })) return [refuse('device-cgroup', '/')];
  const only = { rights: 'enough', openAsQemu: 'opens', probedNow: 'yes', capabilities: 'no kvm' };
  const lsm = is(readings, { ...only, rival: 'no', emulator: 'packaged' });
  return lsm ? [refuse('lsm', emulatorIn(report) ?? '/')] : [];
}

/** Before 6.0 the driver knows what it was told when it started, whatever the file has learnt since. */
const oldDriver = {
  rights: 'enough',
  release: 'before 5.1',
  daemonSince: 'before the node',
  refusal: 'this arch',
};

const atOnce = (choices: readonly Choice[]): Choice[] =>
  choices.map((choice) => ('run' in choice ? { ...choice, pace: 0 as const } : choice));

/** libvirtd, started before the node came right where its memory is older than the node, afterwards otherwise. */
function remembered(readings: Readings, rights: readonly Choice[]): Choice[] {
  const restart = typed('systemctl restart libvirtd');
  const stale =
    is(readings, { rights: 'enough', entry: 'no kvm' }) ||
    is(readings, { ...oldDriver, entry: 'kvm' });
  if (!stale) return [...rights, ...restart, ...typed('virsh capabilities')];
  const before = [...typed('chmod 600 /dev/kvm'), ...restart];
  const missed = is(readings, { probedNow: 'no', capabilities: 'no kvm' });
  const renewed =
    readings.entry?.value === 'kvm' ? typed('virsh domcapabilities --virttype kvm') : [];
  if (!missed) return [...before, ...rights, ...renewed];
  const [touched, ...soon] = atOnce([
    ...typed('touch /dev/kvm', 'virsh domcapabilities --virttype kvm'),
    ...rights,
  ]);
  const first = touched && 'run' in touched ? [{ run: touched.run, as: touched.as }] : [];
  return [...before, ...first, ...soon];
}

export function reconstruct(report: Report, readings: Readings): History {
  const { profile } = nearestHost(report);
  const setup = setupOf(report, readings, profile);
  const { hardware, build } = profileNamed(profile);
  const names = {
    user: build?.libvirt?.qemuUser ?? 'qemu',
    module: hardware.vendor === 'GenuineIntel' ? 'kvm_intel' : 'kvm_amd',
  };
  const choices = [
    rootLogin,
    ...seatOf(aclIn(report)?.acl),
    ...accountsOf(readings, names),
    ...rulesOf(readings),
    ...modulesOf(readings, names),
    ...nodeOf(readings),
    ...directoryOf(report, readings),
    ...refusalsOf(report, readings),
    ...remembered(readings, rightsOf(report, readings)),
  ];
  return historyOf({ profile, setup, choices });
}
