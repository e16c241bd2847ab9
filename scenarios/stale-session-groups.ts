/** usermod changes a file; the session keeps the groups that it was born with. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';

const qemu = 'qemu-system-x86_64 -machine none,accel=kvm -S -nographic -nodefaults -monitor none';

export const staleSessionGroups: Scenario = {
  title: { en: 'In the group for a minute, not in effect', zh: '刚加进组，却还不算数' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'QEMU by hand, as oneself. id NAME reads /etc/group and says kvm; id alone asks the kernel about this process and does not. Groups are given at login: a new session has them, the old one and all that it starts never will.',
    zh: '以自己的身份手工运行 QEMU。id 用户名 读的是 /etc/group，显示有 kvm；单独的 id 问的是内核里的当前进程，没有。组在登录时授予：新会话才有，旧会话及其子进程永远没有。',
  },
  source: 'setgroups(2), initgroups(3); https://github.com/foxlet/macOS-Simple-KVM/issues/125',
  profiles: ['debian12'],
  cannot: { centos7: because.openToAll, ...recorders('openToAll') },
  seat: 'operator@pts/1',
  chapters: [
    {
      title: 'before',
      lines: [
        { type: `${qemu}`, says: { en: 'operator tries', zh: 'operator 试一下' } },
        {
          type: 'usermod -aG kvm operator',
          as: 'root@pts/0',
          says: { en: 'root adds operator', zh: 'root 把 operator 加进组' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'id operator', says: { en: 'in the group, says the file', zh: '文件说在组里' } },
        { type: 'id', says: { en: 'this process is not', zh: '这个进程不在' } },
        { type: qemu, says: { en: 'and so not its QEMU', zh: '它的 QEMU 也不在' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        { choice: { logout: 'pts/1' }, says: { en: 'log out', zh: '注销' } },
        { type: 'id', says: { en: 'and in again', zh: '再登录' } },
        {
          type: `${qemu} -daemonize && echo runs`,
          says: { en: 'QEMU runs with KVM', zh: 'QEMU 用上 KVM' },
        },
      ],
    },
  ],
  now: {
    en: 'Log out and in again: a session keeps the groups it was given at login.',
    zh: '注销再登录：会话的组在登录时就定了。',
  },
  facts: { maker: 'person', ownGroups: 'stale', open: 'EACCES' },
  fixes: {
    none: {
      en: "libvirt's QEMU is not locked out, only a session with old groups: log in again.",
      zh: '被挡住的不是 libvirt 的 QEMU，只是旧会话：重新登录。',
    },
  },
  ends: {
    shows: [
      'failed to initialize kvm: Permission denied',
      'groups=1000(operator),27(sudo),107(kvm)',
      'runs\n',
    ],
    lacks: ['Permission denied'],
  },
};
