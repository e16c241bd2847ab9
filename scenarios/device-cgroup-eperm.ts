/** The container's device cgroup does not list 10:232: rights in order, and EPERM for root, too. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const deviceCgroupEperm: Scenario = {
  title: { en: 'The device cgroup says no, even to root', zh: '设备 cgroup 拒绝，连 root 也不行' },
  symptom: 'unusable',
  kind: 'rights',
  story: {
    en: 'A container without --device=/dev/kvm: mknod made a node with all rights, and its device cgroup refuses 10:232. The errno tells: EPERM (Operation not permitted), where mode and ACL say EACCES. test -w cannot see it, an open can.',
    zh: '容器没加 --device=/dev/kvm：mknod 出来的节点权限全开，但设备 cgroup 不允许 10:232。看 errno 就知道：EPERM（Operation not permitted），而权限位和 ACL 给的是 EACCES。打开一次才看得出。',
  },
  source:
    'linux 3.10 security/device_cgroup.c __devcgroup_inode_permission; https://github.com/concourse/concourse/issues/2784',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        {
          choice: { fault: { refuse: 'device-cgroup', rdev: [10, 232], subject: '/' } },
          says: { en: 'the runtime’s device list', zh: '容器运行时的设备名单' },
        },
        {
          type: 'chmod 666 /dev/kvm; systemctl restart libvirtd',
          says: { en: 'all rights', zh: '权限全开' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        {
          type: 'true <> /dev/kvm',
          says: { en: 'nobody can, not even root', zh: '谁也不行，包括 root' },
        },
        {
          type: '$(ls /usr/libexec/qemu-kvm /usr/bin/qemu-system-x86_64 2>/dev/null) -machine none,accel=kvm',
          says: { en: 'QEMU’s words', zh: 'QEMU 的说法' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'setfacl -m g::rw /dev/kvm; true <> /dev/kvm',
          says: { en: 'no right helps', zh: '给什么权限都没用' },
        },
        {
          choice: { permit: [10, 232] },
          says: { en: '--device=/dev/kvm', zh: '加上 --device=/dev/kvm' },
        },
        {
          type: 'touch /dev/kvm; virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'Let the container have the device: --device=/dev/kvm, DeviceAllow=, cgroup_device_acl. No right helps.',
    zh: '让容器得到设备：--device=/dev/kvm、DeviceAllow=、cgroup_device_acl。改权限没用。',
  },
  facts: { node: 'kvm', open: 'EPERM' },
  fixes: {
    none: {
      en: 'The list of devices is written by whoever manages the cgroup, from outside.',
      zh: '设备列表由管理 cgroup 的一方从外面写。',
    },
  },
  ends: {
    shows: [
      'Could not access KVM kernel module: Operation not permitted',
      ' created from test.xml',
    ],
    lacks: ['error:'],
  },
};
