/** The mirror image: broken in the second of libvirt's last look, so libvirt goes on saying yes. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const sameSecondBreakMissed: Scenario = {
  title: { en: 'Broken within the same second', zh: '在同一秒内弄坏' },
  symptom: 'guests fail',
  kind: 'libvirt',
  story: {
    en: 'The mirror of same-second-fix-missed: libvirt looked, and in the same second the rights went. Its "yes" is as sticky as its "no": KVM stays listed, every guest dies in QEMU, and no check of libvirt’s notices.',
    zh: 'same-second-fix-missed 的镜像：libvirt 刚看过，同一秒内权限没了。它的“可用”和“不可用”一样黏：KVM 一直列着，每个虚拟机都死在 QEMU 里，而 libvirt 的任何检查都没发现。',
  },
  source: 'libvirt 5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsKVMUsable, virQEMUCapsIsValid',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh capabilities | grep -c kvm.*/',
          says: { en: 'KVM is known to work', zh: 'libvirt 知道 KVM 可用' },
        },
        { type: 'sleep 1', says: { en: 'a second later', zh: '一秒之后' } },
        {
          type: 'touch /dev/kvm; virsh domcapabilities --virttype kvm >/dev/null; chmod 600 /dev/kvm',
          says: { en: 'a look and the break, in one second', zh: '同一秒内：看一眼，弄坏' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'virsh capabilities | grep -c "<domain type=\'kvm\'/>"',
          says: { en: 'KVM is listed', zh: 'KVM 仍列着' },
        },
        {
          type: 'virsh create test.xml',
          says: { en: 'and every guest dies', zh: '虚拟机却都死掉' },
        },
        {
          type: 'ls -l /dev/kvm; stat -c %z /dev/kvm',
          says: { en: 'the rights, and since when', zh: '权限，以及何时变的' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'virsh domcapabilities --virttype kvm | grep "<domain>"',
          says: { en: 'asking libvirt is no help', zh: '问 libvirt 没用' },
        },
        {
          type: 'chmod 660 /dev/kvm; virsh create test.xml',
          says: { en: 'the rights are', zh: '改权限才行' },
        },
      ],
    },
  ],
  now: {
    en: 'chmod 660 /dev/kvm (or udevadm trigger): the rights are wrong, whatever libvirt lists.',
    zh: 'chmod 660 /dev/kvm（或 udevadm trigger）：无论 libvirt 列出什么，权限确实不对。',
  },
  facts: {
    node: 'kvm',
    groupMay: 'no',
    acl: 'minimal',
    member: 'yes',
    rights: 'refused',
    capabilities: 'kvm',
    probedNow: 'no',
  },
  fixes: { proved: ['yum reinstall qemu-kvm-ev', 'udevadm trigger', 'setfacl -m g::rw'] },
  order: {
    first: ['systemctl restart libvirtd; virsh capabilities > /dev/null'],
    among: {
      admin: ['touch /dev/kvm', 'chmod 600 /dev/kvm'],
      client: ['virsh domcapabilities > /dev/null'],
    },
    last: [],
    together: true,
    so: 'virsh domcapabilities --virttype kvm',
    count: [1, 3],
  },
  ends: {
    shows: [
      'process exited while connecting to monitor',
      '<domain>kvm</domain>',
      ' created from test.xml',
    ],
    lacks: ['error:'],
  },
};
