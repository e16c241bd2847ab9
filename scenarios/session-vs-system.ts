/** Works for the person at the console, fails for the daemon: two users, two verdicts. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const sessionVsSystem: Scenario = {
  title: { en: 'Works for me, not for the daemon', zh: '我自己行，守护进程不行' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'At the console logind adds user:operator:rw- to the node, so operator’s own QEMU (and with it qemu:///session) has KVM. The guests of qemu:///system run as user qemu, for whom nothing was added. The session daemon is not simulated: QEMU by hand stands for it.',
    zh: '在控制台登录后，logind 给节点加上 user:operator:rw-，于是 operator 自己的 QEMU（qemu:///session 也一样）能用 KVM。而 qemu:///system 的虚拟机以 qemu 用户运行，没人给它加。会话守护进程没有模拟，这里用手工运行的 QEMU 代替。',
  },
  source:
    'systemd v219 src/login/70-uaccess.rules; https://github.com/voidlinux/void-packages/issues/1095',
  setup: {
    files: [anyDomain, { path: '/etc/udev/rules.d/80-kvm.rules', target: '/dev/null' }],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleFromTheStart, ...recorders('noConsole') },
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: '/usr/libexec/qemu-kvm -machine none,accel=kvm -S -nographic -nodefaults -daemonize && echo runs',
          as: 'operator@tty1',
          says: { en: 'operator’s own QEMU', zh: 'operator 自己的 QEMU' },
        },
        {
          type: 'virsh create test.xml',
          says: { en: 'the system daemon’s', zh: '系统守护进程的' },
        },
        {
          type: 'getfacl -p /dev/kvm',
          says: { en: 'one name is on the list', zh: '名单上只有一个名字' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'setfacl -m u:qemu:rw /dev/kvm; virsh capabilities >/dev/null; getfacl -cp /dev/kvm | grep user',
          says: {
            en: 'a second name: uaccess wipes it at once',
            zh: '再加一个名字：uaccess 马上抹掉',
          },
        },
        {
          type: 'rm /etc/udev/rules.d/80-kvm.rules; setfacl -b /dev/kvm; udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle',
          says: { en: 'the rule, and no old ACL in its way', zh: '恢复规则，并清掉碍事的旧 ACL' },
        },
        { type: 'getfacl -cp /dev/kvm', says: { en: 'both may', zh: '两者都可以' } },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: "Give the node's group the right by a rule, not QEMU's user by setfacl: uaccess wipes that at once.",
    zh: '用规则给节点的属组授权，不要 setfacl 给 QEMU 用户：uaccess 会立刻抹掉。',
  },
  facts: { node: 'kvm', namedUser: 'yes', rights: 'refused' },
  fixes: { proved: ['chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  ends: {
    shows: ['runs\n', 'user:operator:rw-\ngroup::rw-', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
