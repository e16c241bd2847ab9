/** The healthy host, to compare the others with: the rule is there from boot, so no login can do harm. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const kvmWorks: Scenario = {
  title: { en: 'A host where KVM works', zh: 'KVM 正常的主机' },
  symptom: 'healthy',
  kind: 'none',
  story: {
    en: 'The udev rule is on the disk when the host boots (80-kvm.rules; on Debian 12 it is udev’s own): the node belongs to group kvm before anybody can log in, and group::rw- stays whatever happens later.',
    zh: '开机时 udev 规则已在磁盘上（80-kvm.rules；Debian 12 则是 udev 自带的规则）：任何人登录之前节点就属于 kvm 组，此后 group::rw- 一直不变。',
  },
  source:
    'qemu-kvm-ev 2.12.0 80-kvm.rules; systemd v219 src/udev/udev-node.c node_permissions_apply',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noUdevd'),
  chapters: [
    {
      title: { en: 'People come and go', zh: '同样的登录与注销' },
      view: 'node',
      lines: [
        { look: true, says: { en: 'boots with the rule', zh: '开机时规则已就位' } },
        {
          choice: { login: 'operator', on: 'tty1' },
          says: { en: 'operator logs in on tty1', zh: 'operator 登录 tty1' },
        },
        { choice: { logout: 'tty1' }, says: { en: 'operator logs out', zh: 'operator 注销' } },
        {
          choice: { login: 'root', on: 'pts/0' },
          says: { en: 'root comes in over ssh', zh: 'root 通过 ssh 登录' },
        },
        {
          type: 'udevadm trigger --subsystem-match=misc --sysname-match=kvm',
          says: { en: 'udevadm trigger', zh: 'udevadm trigger' },
        },
      ],
    },
    {
      title: { en: 'And KVM works', zh: 'KVM 可用' },
      lines: [
        { type: 'getfacl /dev/kvm', says: { en: 'a harmless + remains', zh: '留下一个无害的 +' } },
        {
          type: "virsh capabilities | grep '<domain type'",
          says: { en: 'qemu and kvm, for i686 and x86_64', zh: '两种架构都有 qemu 与 kvm' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
        { type: 'virsh list', says: { en: 'here it is', zh: '列表' } },
        { type: 'virsh destroy t1', says: { en: 'and ends', zh: '结束' } },
      ],
    },
  ],
  now: { en: 'Nothing: KVM works.', zh: '无需处理：KVM 正常。' },
  facts: {
    node: 'kvm',
    rights: 'enough',
    open: 'opens',
    capabilities: 'kvm',
    entry: 'kvm',
    refusal: 'nothing',
    outdated: ['nothing', 'usable now'],
    guest: ['kvm', 'none'],
  },
  fixes: {
    none: {
      en: 'Nothing is broken.',
      zh: '什么都没坏。',
    },
  },
  ends: {
    shows: ["<domain type='kvm'/>", 'group::rw-', ' created from test.xml', ' destroyed'],
    lacks: ['error:', 'could not find capabilities'],
  },
};
