/** A configuration that was copied from an AMD machine loads kvm_amd on an Intel one. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const otherVendor: Scenario = {
  title: { en: "The other vendor's module", zh: '加载的是另一家的模块' },
  symptom: 'no node',
  kind: 'kernel',
  story: {
    en: 'The disk came from an AMD machine: modules-load.d asks for kvm_amd, and kvm_intel is blacklisted. kvm_amd refuses an Intel processor with the same errno as a locked BIOS; dmesg and /proc/cpuinfo tell them apart.',
    zh: '磁盘来自一台 AMD 机器：modules-load.d 要加载 kvm_amd，而 kvm_intel 在黑名单里。kvm_amd 拒绝 Intel 处理器，errno 与 BIOS 关闭时相同；用 dmesg 和 /proc/cpuinfo 区分。',
  },
  source: 'linux 3.10 arch/x86/kvm/svm.c has_svm; https://github.com/canonical/multipass/issues/12',
  setup: {
    files: [
      anyDomain,
      { path: '/etc/modules-load.d/kvm.conf', content: 'kvm_amd\n' },
      { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\n' },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noVmx'),
  chapters: [
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'lsmod | grep kvm', says: { en: 'kvm alone is not enough', zh: '只有 kvm 不够' } },
        {
          type: 'cat /etc/modules-load.d/kvm.conf',
          says: { en: 'what boot loads', zh: '开机加载什么' },
        },
      ],
    },
    {
      title: 'cause',
      lines: [
        { type: 'modprobe kvm_amd', says: { en: 'refused', zh: '被拒绝' } },
        { type: 'dmesg | grep -m1 kvm:', says: { en: 'because', zh: '因为' } },
        { type: 'grep -m1 vendor_id /proc/cpuinfo', says: { en: 'whose CPU', zh: '哪家的 CPU' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'echo kvm_intel > /etc/modules-load.d/kvm.conf',
          says: { en: 'the right one', zh: '换成对的' },
        },
        {
          type: 'rm /etc/modprobe.d/kvm.conf',
          says: { en: 'and no blacklist, which counts for it', zh: '并去掉黑名单' },
        },
        { type: 'reboot', says: { en: 'as at every boot', zh: '像每次开机那样' } },
        { type: 'lsmod | grep -c kvm_intel', says: { en: 'loaded', zh: '已加载' } },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: "modprobe the module of this processor's vendor; mend /etc/modules-load.d and /etc/modprobe.d.",
    zh: '加载本处理器厂商的模块；修正 /etc/modules-load.d 与 /etc/modprobe.d。',
  },
  facts: { node: 'absent', asksFor: 'other vendor', kernelSaid: 'no hardware support' },
  fixes: { proved: ['modprobe kvm_intel'] },
  ends: {
    shows: ["could not insert 'kvm_amd'", 'GenuineIntel', ' created from test.xml'],
    lacks: ['error:'],
  },
};
