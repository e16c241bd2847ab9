/** Two rules set the mode of the same node; the later file wins, whoever edits the other. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const twoRulesFight: Scenario = {
  title: { en: 'Two rules, and the later one wins', zh: '两条规则，后面的说了算' },
  symptom: 'denied',
  kind: 'udev',
  story: {
    en: 'A hardening role has left 99-hardening.rules with MODE="0600". Rules files are read in the order of their names, whatever their directory, and the last assignment counts: a rule of one’s own called 60-kvm.rules changes nothing.',
    zh: '加固脚本留下了 99-hardening.rules，里面写着 MODE="0600"。规则文件按文件名排序，与目录无关，最后一次赋值生效：自己写的 60-kvm.rules 毫无作用。',
  },
  source:
    'systemd v219 src/udev/udev-rules.c udev_rules_apply_to_event; https://github.com/void-linux/void-packages/issues/14440',
  setup: {
    files: [
      anyDomain,
      {
        path: '/etc/udev/rules.d/99-hardening.rules',
        content: 'KERNEL=="kvm", GROUP="root", MODE="0600"\n',
      },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7'],
  cannot: { debian12: because.proberOverrides, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'ls -l /dev/kvm', says: { en: 'root’s alone', zh: '只有 root 能用' } },
        {
          type: 'grep "GROUP=.*MODE=" /usr/lib/udev/rules.d/80-kvm.rules',
          says: { en: 'the package wants another', zh: '软件包要的不是这样' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: `echo 'KERNEL=="kvm", GROUP="kvm", MODE="0660"' > /etc/udev/rules.d/60-kvm.rules; udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle; ls -l /dev/kvm`,
          says: { en: 'an earlier name loses', zh: '名字靠前的输了' },
        },
        {
          type: 'udevadm test /devices/virtual/misc/kvm 2>&1 | grep MODE',
          says: { en: 'who sets what, in order', zh: '谁依次设了什么' },
        },
        {
          type: 'rm /etc/udev/rules.d/99-hardening.rules; udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle; ls -l /dev/kvm',
          says: { en: 'without the last one', zh: '去掉最后一条' },
        },
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'Remove or mend the last rule, udevadm control --reload, udevadm trigger. An earlier file name loses.',
    zh: '删除或修正最后那条规则，udevadm control --reload，udevadm trigger。文件名靠前的规则不算数。',
  },
  facts: {
    node: 'kvm',
    rule: 'effective',
    lastRule: 'site',
    ruleLets: 'nobody',
    ruleAgrees: 'yes',
    rights: 'refused',
  },
  fixes: {
    proved: [
      'rm /etc/udev/rules.d/99-hardening.rules, chmod 666',
      'rm /etc/udev/rules.d/99-hardening.rules, systemctl restart systemd-udevd',
    ],
  },
  ends: {
    shows: ['/etc/udev/rules.d/99-hardening.rules:1', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
