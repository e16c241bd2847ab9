/** Joining a group does not touch the node, so a libvirt that goes by the node's ctime never asks again. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain, groupOnly } from './domain.ts';

export const groupAddedCacheStale: Scenario = {
  title: { en: 'Joined the group, and libvirt sleeps on', zh: '加进了组，libvirt 不知道' },
  symptom: 'remembered',
  kind: 'libvirt',
  story: {
    en: 'The classic advice, usermod -aG kvm, is right; libvirt 4.8 would have seen it at the next look. 5.0 remembers its verdict for as long as the node’s ctime stands still, and a line in /etc/group does not move it.',
    zh: '经典建议 usermod -aG kvm 是对的；libvirt 4.8 下次查询就会发现。而 5.0 只要节点的 ctime 不变就沿用旧结论，/etc/group 里加一行并不会动它。',
  },
  source:
    'libvirt 5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsKVMUsable (commit 91684829be, 5.0.0)',
  setup: {
    files: [
      anyDomain,
      groupOnly,
      {
        path: '/etc/libvirt/qemu.conf',
        mode: 0o600,
        content: 'user = "operator"\ngroup = "operator"\n',
      },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'recorded500'],
  cannot: { debian12: because.proberOverrides, recorded900: because.proberOverrides },
  chapters: [
    {
      title: 'before',
      view: 'layers',
      lines: [
        {
          type: 'chmod 660 /dev/kvm; systemctl restart libvirtd',
          says: { en: 'operator may not', zh: 'operator 无权' },
        },
        { type: 'usermod -aG kvm operator', says: { en: 'the right repair', zh: '正确的修复' } },
        { type: 'virsh capabilities', says: { en: 'is not noticed', zh: '没有被发现' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'id operator', says: { en: 'operator may by now', zh: 'operator 现在有权了' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'virsh domcapabilities --virttype kvm',
          says: { en: 'other questions do not help', zh: '换个问法没用' },
        },
        { type: 'touch /dev/kvm', says: { en: 'a new ctime', zh: '新的 ctime' } },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'touch /dev/kvm; virsh capabilities. The group is right; libvirt has not looked again.',
    zh: 'touch /dev/kvm; virsh capabilities。组已经对了，只是 libvirt 没有再看。',
  },
  facts: {
    rights: 'enough',
    openAsQemu: 'opens',
    entry: 'no kvm',
    probedNow: 'no',
    groupsChanged: 'since the node',
    capabilities: 'no kvm',
  },
  fixes: { proved: ['systemctl restart libvirtd', 'reboot'] },
  order: {
    first: [],
    among: {
      admin: ['usermod -aG kvm operator'],
      libvirtd: ['systemctl restart libvirtd', 'virsh capabilities > /dev/null'],
    },
    last: [],
    so: '! virsh create test.xml',
    count: [2, 3],
  },
  ends: {
    shows: ['KVM is not supported by', '(kvm)\n', ' created from test.xml'],
    lacks: ['Failed to create'],
  },
};
