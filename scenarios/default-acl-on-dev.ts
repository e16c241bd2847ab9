/** A default ACL on /dev is inherited by every node that the kernel makes: the incident without any login. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const defaultAclOnDev: Scenario = {
  title: { en: 'A default ACL on /dev is inherited', zh: '/dev 上的默认 ACL 被继承' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'A backup script once ran setfacl -d on /dev. Every node made since inherits group::--- with a mask; udev’s chmod writes the mask, as in acl-group-empty, and nobody ever logged in. The node is repaired in vain as long as the directory is not.',
    zh: '备份脚本曾对 /dev 运行 setfacl -d。此后创建的节点都继承 group::--- 和 mask；udev 的 chmod 只改 mask，与 acl-group-empty 相同，而根本没人登录过。只修节点不修目录是没用的。',
  },
  source: 'linux 3.10 drivers/base/devtmpfs.c handle_create, fs/generic_acl.c generic_acl_init',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noUdevd'),
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        {
          type: 'setfacl -d -m g::---,m::rw,o::--- /dev',
          says: { en: 'setfacl -d on /dev', zh: 'setfacl -d 作用于 /dev' },
        },
        { type: 'modprobe -r kvm_intel', says: { en: 'the module goes', zh: '卸载模块' } },
        { type: 'modprobe kvm_intel; udevadm settle', says: { en: 'and comes', zh: '再加载' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'no guest', zh: '虚拟机起不来' },
        },
        {
          type: 'getfacl -p /dev/kvm',
          says: { en: 'the incident’s ACL', zh: '与那次事故一样的 ACL' },
        },
        { type: 'getfacl -pd /dev', says: { en: 'and where it is from', zh: '它的来处' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'setfacl -m g::rw /dev/kvm; modprobe -r kvm_intel; modprobe kvm_intel; udevadm settle; getfacl -cp /dev/kvm | grep group',
          says: { en: 'the node alone: until it is made anew', zh: '只修节点：重新创建后又坏了' },
        },
        {
          type: 'setfacl -k /dev; modprobe -r kvm_intel; modprobe kvm_intel; udevadm settle',
          says: { en: 'the directory', zh: '修目录' },
        },
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'setfacl -k /dev, then setfacl -m g::rw /dev/kvm; virsh capabilities. The node alone comes back broken.',
    zh: 'setfacl -k /dev，再 setfacl -m g::rw /dev/kvm; virsh capabilities。只修节点会复发。',
  },
  facts: { node: 'kvm', defaultAcl: 'yes', acl: 'frozen', rights: 'refused' },
  fixes: { proved: ['setfacl -m g::rw', 'setfacl --set u::rw,g::rw,o::rw', 'reboot'] },
  ends: {
    shows: ['group::---\nmask::rw-\nother::---', ' created from test.xml'],
    lacks: ['error:'],
  },
};
