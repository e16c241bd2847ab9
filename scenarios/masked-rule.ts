/** A symlink to /dev/null in /etc masks the package's rule of the same name. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const maskedRule: Scenario = {
  title: { en: 'The rule is on the disk, and masked', zh: '规则在磁盘上，却被屏蔽了' },
  symptom: 'denied',
  kind: 'udev',
  story: {
    en: 'Somebody once linked the rule’s name in /etc/udev/rules.d to /dev/null. rpm -V and grep find the package’s file in order; udev reads only the first file of each name, and /etc comes first.',
    zh: '有人曾在 /etc/udev/rules.d 里把同名规则链接到 /dev/null。rpm -V 和 grep 看软件包的文件都没问题；但同名文件 udev 只读第一个，而 /etc 优先。',
  },
  source: 'systemd v219 src/shared/conf-files.c conf_files_list; man udev(7), "Rules files"',
  setup: {
    files: [anyDomain, { path: '/etc/udev/rules.d/80-kvm.rules', target: '/dev/null' }],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleAmongOthers, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'ls -l /dev/kvm', says: { en: 'as the kernel made it', zh: '内核创建时的样子' } },
        {
          type: 'cat /usr/lib/udev/rules.d/80-kvm.rules',
          says: { en: 'but the rule is there', zh: '规则明明在' },
        },
      ],
    },
    {
      title: 'cause',
      lines: [{ type: 'ls -l /etc/udev/rules.d/', says: { en: 'masked', zh: '被屏蔽' } }],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle; ls -l /dev/kvm',
          says: { en: 'triggers in vain', zh: '触发也没用' },
        },
        { type: 'rm /etc/udev/rules.d/80-kvm.rules', says: { en: 'unmask', zh: '取消屏蔽' } },
        {
          type: 'udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle; ls -l /dev/kvm',
          says: { en: 'now it counts', zh: '这次有用' },
        },
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'Remove the link to /dev/null, udevadm control --reload, udevadm trigger; virsh capabilities.',
    zh: '删掉指向 /dev/null 的链接，udevadm control --reload，udevadm trigger; virsh capabilities。',
  },
  facts: { node: 'kvm', rule: 'masked', namedUser: 'no', rights: 'refused' },
  fixes: { proved: ['chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  ends: {
    shows: ['80-kvm.rules -> /dev/null', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
