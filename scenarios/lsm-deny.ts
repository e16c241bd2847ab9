/** SELinux or AppArmor refuses QEMU what mode and ACL grant: EACCES, and the audit log alone knows why. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const lsmDeny: Scenario = {
  title: { en: 'A security module refuses one program', zh: '安全模块拒绝某个程序' },
  symptom: 'unusable',
  kind: 'rights',
  story: {
    en: 'The same errno as for wrong rights, EACCES, but only for QEMU: a shell of the same user opens the node. libvirt asks access(2) in a child of its own, which the policy lets pass; so it believes that KVM is usable, and probes at every look.',
    zh: '与权限错误同样是 EACCES，但只针对 QEMU：同一用户的 shell 能打开节点。libvirt 用自己的子进程问 access(2)，策略放行，于是它认为 KVM 可用，每次查询都去探测。',
  },
  source:
    'linux 3.10 security/security.c security_inode_permission; https://github.com/canonical/lxd/issues/3393',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        {
          choice: { fault: { refuse: 'lsm', rdev: [10, 232], subject: '/usr/libexec/qemu-kvm' } },
          says: { en: 'a policy about qemu-kvm', zh: '一条关于 qemu-kvm 的策略' },
        },
        {
          choice: { fault: { refuse: 'lsm', rdev: [10, 232], subject: '/usr/bin/qemu-system' } },
          says: { en: 'and about qemu-system-*', zh: '以及 qemu-system-*' },
        },
        {
          type: 'chmod 666 /dev/kvm; rm -f /var/cache/libvirt/qemu/capabilities/*; systemctl restart libvirtd',
          says: { en: 'all rights', zh: '权限全开' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'ls -l /dev/kvm', says: { en: 'everybody may', zh: '人人可读写' } },
        {
          type: 'runuser -u operator -- sh -c "true <> /dev/kvm" && echo opened',
          says: { en: 'a shell can', zh: 'shell 能打开' },
        },
        {
          type: '$(ls /usr/libexec/qemu-kvm /usr/bin/qemu-system-x86_64 2>/dev/null) -machine none,accel=kvm',
          says: { en: 'QEMU cannot, not even root’s', zh: 'QEMU 不能，root 的也不行' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'chmod 777 /dev/kvm; virsh domcapabilities --virttype kvm',
          says: { en: 'no right helps', zh: '给什么权限都没用' },
        },
        { choice: { permit: [10, 232] }, says: { en: 'the policy is changed', zh: '修改策略' } },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'Ask the audit log who refuses (ausearch -m avc; journalctl | grep apparmor), and change that policy.',
    zh: '查审计日志是谁拒绝（ausearch -m avc；journalctl | grep apparmor），改那条策略。',
  },
  facts: {
    node: 'kvm',
    rights: 'enough',
    openAsQemu: 'opens',
    driver: 'registered',
    rival: 'no',
    emulator: 'packaged',
    probedNow: 'yes',
    capabilities: 'no kvm',
  },
  fixes: {
    none: {
      en: 'A policy refuses it, and no policy is among the commands that are tried.',
      zh: '是安全策略拒绝，所试的命令里没有改策略的。',
    },
  },
  ends: {
    shows: ['opened', 'Permission denied', ' created from test.xml'],
    lacks: ['Failed to create'],
  },
};
