/** A static node that outlives its driver: the name is there, and nobody behind it. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const nodeWithoutDriver: Scenario = {
  title: { en: 'A node with no driver behind it', zh: '有节点，背后没有驱动' },
  symptom: 'unusable',
  kind: 'kernel',
  story: {
    en: 'tmpfiles.d or a chroot’s mknod has made /dev/kvm; the module is not loaded. ls shows a perfect node, access(2) agrees, and open(2) answers ENODEV. libvirt believes access(2) and asks QEMU at every look, for ever.',
    zh: '/dev/kvm 由 tmpfiles.d 或 chroot 里的 mknod 创建，而模块没有加载。ls 看节点完美无缺，access(2) 也同意，open(2) 却返回 ENODEV。libvirt 相信 access(2)，于是每次查询都去问 QEMU，永无止境。',
  },
  source: 'linux 3.10 drivers/char/misc.c misc_open; https://github.com/rancher/os/issues/397',
  setup: {
    files: [
      anyDomain,
      { path: '/etc/tmpfiles.d/kvm.conf', content: 'c /dev/kvm 0666 root root - 10:232\n' },
      { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\nblacklist kvm_amd\n' },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' },
        },
        { type: 'ls -l /dev/kvm', says: { en: 'a perfect node', zh: '完美的节点' } },
        { type: 'true <> /dev/kvm', says: { en: 'that cannot be opened', zh: '却打不开' } },
        {
          type: 'cat /proc/misc | grep kvm; lsmod | grep kvm',
          says: { en: 'no driver has registered', zh: '没有驱动注册' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'rm /dev/kvm; mknod -m 666 /dev/kvm c 10 232; true <> /dev/kvm',
          says: { en: 'a new node is no better', zh: '新建节点也一样' },
        },
        {
          type: 'modprobe kvm_intel || modprobe kvm_amd',
          says: { en: 'the driver', zh: '加载驱动' },
        },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'modprobe kvm_intel (or kvm_amd); virsh capabilities. Another mknod is no better.',
    zh: 'modprobe kvm_intel（或 kvm_amd）; virsh capabilities。再 mknod 一次也没用。',
  },
  facts: { node: 'kvm', driver: 'absent', open: 'ENODEV' },
  fixes: { proved: ['modprobe kvm_intel'] },
  ends: {
    shows: ['/dev/kvm: No such device', ' created from test.xml'],
    lacks: ['Failed to create'],
  },
};
