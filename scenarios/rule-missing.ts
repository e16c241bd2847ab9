/** A QEMU that was built by hand brings no udev rule: the node stays as the kernel made it. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const ruleMissing: Scenario = {
  title: { en: 'Nobody gives the node to group kvm', zh: '没有规则把节点交给 kvm 组' },
  symptom: 'denied',
  kind: 'udev',
  story: {
    en: 'The kernel makes /dev/kvm 0600 root:root; on this system only the rule of the package qemu-kvm makes more of it. chmod helps until the node is made anew, a rule for good.',
    zh: '内核创建的 /dev/kvm 是 0600 root:root；在这个系统上，只有 qemu-kvm 软件包的规则会改它。chmod 只管到节点重新创建为止，写规则才能长久。',
  },
  source:
    'systemd v219 rules/50-udev-default.rules (no kvm); https://github.com/coreos/bugs/issues/1130',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleFromTheStart, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        { look: true, says: { en: 'with the package’s rule', zh: '有软件包的规则时' } },
        {
          type: 'rm /usr/lib/udev/rules.d/80-kvm.rules',
          says: { en: 'without it', zh: '删掉规则' },
        },
        { type: 'reboot', says: { en: 'at the next boot', zh: '下次开机' } },
        { type: 'chmod 666 /dev/kvm', says: { en: 'chmod 666', zh: 'chmod 666' } },
        { type: 'modprobe -r kvm_intel', says: { en: 'the module goes', zh: '卸载模块' } },
        { type: 'modprobe kvm_intel', says: { en: 'and comes: undone', zh: '再加载：白改了' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' },
        },
        { type: 'ls -l /dev/kvm', says: { en: 'root’s alone', zh: '只有 root 能用' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: `echo 'KERNEL=="kvm", GROUP="kvm", MODE="0660"' > /etc/udev/rules.d/80-kvm.rules`,
          says: { en: 'a rule of one’s own', zh: '自己写一条规则' },
        },
        {
          type: 'udevadm control --reload; udevadm trigger --sysname-match=kvm; udevadm settle',
          says: { en: 'and apply it', zh: '并让它生效' },
        },
        { type: 'ls -l /dev/kvm', says: { en: 'the group’s', zh: '归 kvm 组' } },
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'Reinstall qemu-kvm (or write the rule), udevadm control --reload, udevadm trigger. chmod lasts until the next load.',
    zh: '重装 qemu-kvm（或自写规则），udevadm control --reload，udevadm trigger。chmod 只管到下次加载。',
  },
  facts: { node: 'kvm', rule: 'none', acl: 'minimal', nodeGroup: 'root', rights: 'refused' },
  fixes: { proved: ['yum reinstall qemu-kvm-ev', 'chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  ends: {
    shows: ['crw------- 1 root root', 'could not find capabilities', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
