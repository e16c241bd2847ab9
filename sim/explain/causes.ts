/**
 * The known causes: ways in which a host comes to have no KVM for its guests, each as a story that can be played.
 *
 * They are what evidence is held against when it is no ACL, what a set of probes has to tell apart, and whose worlds
 * show which checks mislead. A cause that does not break the host of a profile is no cause there: it is played to see.
 */
import type { Choice } from '../host/choice.ts';
import { newHost, type Setup } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { memo } from '../kernel/memo.ts';
import { type Diagnosis, diagnose } from './chain/ladder.ts';
import { type History, historyOf } from './history.ts';
import { exists, login, machine, packages, people, rootLogin, typed } from './models/events.ts';
import { emulatorOf } from './node.ts';
import type { Words } from './words.ts';

type Step = 'install' | 'libvirt' | readonly Choice[];

type Story = Readonly<{ name: Words; setup?: Setup; steps: readonly Step[] }>;

const into = login('operator').choices;
const out = people['logout']?.choices ?? [];
const reload = machine['module reload']?.choices ?? [];
const blacklist: Setup = {
  files: [
    { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\nblacklist kvm_amd\n' },
  ],
};
const refuse = (by: 'device-cgroup' | 'lsm', subject: string): Choice => ({
  fault: { refuse: by, rdev: [10, 232], subject },
});
const renew = typed('virsh capabilities');

const stories: readonly Story[] = [
  {
    name: { en: "an ACL frozen before the package's rule", zh: 'ACL 在软件包规则之前固化' },
    steps: [into, out, 'install', 'libvirt'],
  },
  {
    name: { en: 'a console user still on the node', zh: '控制台用户仍在节点的 ACL 中' },
    steps: [into, 'install', 'libvirt'],
  },
  {
    name: { en: 'a mask emptied by a logout', zh: '注销使 mask 变空' },
    steps: [into, 'install', out, 'libvirt'],
  },
  {
    name: { en: 'a default ACL on /dev', zh: '/dev 上的默认 ACL' },
    steps: ['install', typed('setfacl -d -m g::---,m::rw /dev'), reload, 'libvirt'],
  },
  {
    name: { en: 'kvm_intel not loaded', zh: '没有加载 kvm_intel' },
    setup: blacklist,
    steps: ['install', 'libvirt'],
  },
  {
    name: { en: 'VT switched off in the BIOS', zh: 'BIOS 中关闭了 VT' },
    setup: { hardware: { virtEnabledInBios: false } },
    steps: ['install', 'libvirt'],
  },
  {
    name: { en: 'a processor without VT', zh: '处理器没有 VT' },
    setup: { hardware: { flags: ['fpu', 'sse2', 'lm'] } },
    steps: ['install', 'libvirt'],
  },
  {
    name: { en: 'chmod 600 by hand', zh: '手工 chmod 600' },
    steps: ['install', typed('chmod 600 /dev/kvm'), 'libvirt'],
  },
  {
    name: { en: "QEMU not in the node's group, mode 0660", zh: 'QEMU 不在节点属组，权限 0660' },
    steps: ['install', typed('gpasswd -d qemu kvm', 'chmod 660 /dev/kvm'), 'libvirt'],
  },
  {
    name: { en: 'a device control group refuses', zh: '设备控制组拒绝' },
    steps: ['install', 'libvirt', [refuse('device-cgroup', '/')], typed('touch /dev/kvm'), renew],
  },
  {
    name: { en: 'a security module refuses', zh: '安全模块拒绝' },
    steps: ['install', [refuse('lsm', '/usr/libexec/')], 'libvirt'],
  },
  {
    name: { en: 'another hypervisor holds VMX', zh: '另一个虚拟机管理程序占用 VMX' },
    steps: [typed('modprobe vboxdrv'), 'install', 'libvirt'],
  },
  {
    name: { en: 'a node made by hand, no driver', zh: '手工创建的节点，没有驱动' },
    setup: blacklist,
    steps: ['install', typed('mknod -m 666 /dev/kvm c 10 232'), 'libvirt'],
  },
  {
    name: { en: "repaired, but libvirt's memory is old", zh: '已修复，但 libvirt 的记忆是旧的' },
    steps: [into, out, 'install', 'libvirt', typed('setfacl -m g::rw /dev/kvm')],
  },
  {
    name: { en: 'the emulator may not be executed', zh: '模拟器不可执行' },
    steps: ['install', typed('chmod 644 /usr/libexec/qemu-kvm'), 'libvirt'],
  },
];

export type Cause = Readonly<{ name: Words; history: History; diagnosis: Diagnosis }>;

/** A cause as choices on this host: what a distribution has from the start is not installed again. */
function choicesFor(profile: string, { setup = {}, steps }: Story): Choice[] | null {
  const { world } = newHost(profileNamed(profile), setup);
  const hasYum = exists('/usr/bin/yum')(world);
  const fixed: Readonly<Record<'install' | 'libvirt', readonly Choice[]>> = {
    install: hasYum ? (packages['install']?.choices ?? []) : [],
    libvirt: [
      ...(hasYum ? typed('yum -y install libvirt') : []),
      ...typed('systemctl restart libvirtd'),
    ],
  };
  const choices = steps.flatMap((step) => (typeof step === 'string' ? fixed[step] : step));
  const named = JSON.stringify(choices);
  if (
    !hasYum &&
    named.includes('/usr/libexec/qemu-kvm') &&
    emulatorOf(world) !== '/usr/libexec/qemu-kvm'
  )
    return null;
  return [rootLogin, ...choices];
}

export type Played = Readonly<{ name: Words; history: History }>;

const playedOn = memo(
  (profile): readonly Played[] =>
    stories.flatMap((story) => {
      const choices = choicesFor(profile, story);
      if (choices === null) return [];
      const setup = story.setup ?? {};
      return [{ name: story.name, history: historyOf({ profile, setup, choices }) }];
    }),
  8,
);

/** All that break a host of this profile. */
export const causesOn = memo(
  (profile): readonly Cause[] =>
    playedOn(profile).flatMap(({ name, history }) => {
      const diagnosis = diagnose(history);
      return diagnosis.state === 'broken' ? [{ name, history, diagnosis }] : [];
    }),
  8,
);

/** Every story, whether it breaks this host or not: for evidence about the node alone. */
export const storiesOn = playedOn;
