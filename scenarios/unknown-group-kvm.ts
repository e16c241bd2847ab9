/** A rule names a group that does not exist yet; udevd has read it, and does not ask again. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const unknownGroupKvm: Scenario = {
  title: { en: 'The rule is older than its group', zh: '规则比它的组更早' },
  symptom: 'denied',
  kind: 'udev',
  story: {
    en: 'The rule came by configuration management before any package made group kvm. udevd 219 looks names up when it reads the rules: an unknown group becomes root, and stays root after groupadd, at every trigger, until the rules are read again.',
    zh: '配置管理先放好了规则，而当时还没有软件包创建 kvm 组。udevd 219 在读规则时就解析组名：未知的组变成 root，之后即使 groupadd，再触发多少次也还是 root，直到重新读规则。',
  },
  source:
    'systemd v219 src/udev/udev-rules.c add_gid, util_lookup_group; https://github.com/systemd/systemd/issues/6360',
  setup: {
    files: [
      anyDomain,
      {
        path: '/etc/udev/rules.d/80-kvm.rules',
        content: 'KERNEL=="kvm", GROUP="kvm", MODE="0660"\n',
      },
    ],
  },
  profiles: ['centos7'],
  cannot: { debian12: because.groupWithUdev, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        { look: true, says: { en: 'boots with the rule alone', zh: '开机时只有规则' } },
        { type: 'groupadd -r -g 36 kvm', says: { en: 'groupadd kvm', zh: 'groupadd kvm' } },
        {
          type: 'udevadm trigger --sysname-match=kvm; udevadm settle',
          says: { en: 'udevadm trigger', zh: 'udevadm trigger' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'ls -l /dev/kvm', says: { en: 'root:root, against the rule', zh: '与规则不符' } },
        {
          type: 'journalctl | grep -m1 "specified group"',
          says: { en: 'said once, at boot', zh: '开机时说过一次' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle; ls -l /dev/kvm',
          says: { en: 'read again', zh: '重新读规则' },
        },
        {
          type: 'yum -y install qemu-kvm-ev libvirt > /dev/null; systemctl start libvirtd',
          says: { en: 'QEMU and libvirt come', zh: '再装 QEMU 和 libvirt' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: 'udevadm control --reload; udevadm trigger --sysname-match=kvm: the group is looked up anew.',
    zh: 'udevadm control --reload; udevadm trigger --sysname-match=kvm：重新查组名。',
  },
  facts: {
    node: 'kvm',
    rule: 'effective',
    nodeGroup: 'root',
    ruleAgrees: 'not the group',
    udevSaid: 'unknown group',
  },
  fixes: {
    none: {
      en: 'When it is seen there is no QEMU and no libvirt on this host yet, so no guest can start.',
      zh: '看到现象时主机上还没有 QEMU 和 libvirt，虚拟机无从启动。',
    },
  },
  ends: {
    shows: ["specified group 'kvm' unknown", 'crw-rw---- 1 root root', ' created from test.xml'],
    lacks: ['error:'],
  },
};
