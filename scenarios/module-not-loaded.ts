/** kvm_intel is blacklisted: no module, no node, and one modprobe away from working. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const moduleNotLoaded: Scenario = {
  title: { en: 'The module was never loaded', zh: '模块没有加载' },
  symptom: 'no node',
  kind: 'kernel',
  story: {
    en: 'The processor can virtualize, but a blacklist keeps udev from loading kvm_intel. Without the module nobody registers /dev/kvm. libvirt notices the repair by itself, except for what its driver remembers (before 6.0).',
    zh: '处理器支持虚拟化，但黑名单使 udev 不加载 kvm_intel。没有模块就没有人注册 /dev/kvm。修好后 libvirt 会自己发现，但 6.0 之前驱动自己记住的那份除外。',
  },
  source:
    'linux 3.10 drivers/char/misc.c misc_register; https://github.com/vagrant-libvirt/vagrant-libvirt/issues/598',
  setup: {
    files: [anyDomain, { path: '/etc/modprobe.d/no-kvm.conf', content: 'blacklist kvm_intel\n' }],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noVmx'),
  chapters: [
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'ls -l /dev/kvm', says: { en: 'there is no node', zh: '没有节点' } },
        { type: 'lsmod | grep kvm', says: { en: 'nor the module', zh: '也没有模块' } },
        { type: 'grep -c vmx /proc/cpuinfo', says: { en: 'the CPU can', zh: 'CPU 支持' } },
        { type: 'grep kvm /etc/modprobe.d/*', says: { en: 'here is why', zh: '原因在此' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'mknod /dev/kvm c 10 232; virsh domcapabilities --virttype kvm; rm /dev/kvm',
          says: { en: 'a node by hand has no driver behind it', zh: '手工建的节点背后没有驱动' },
        },
        {
          type: 'modprobe kvm_intel',
          says: { en: 'by name: blacklists do not count', zh: '按名加载' },
        },
        { type: 'udevadm settle; ls -l /dev/kvm', says: { en: 'the node', zh: '节点有了' } },
        {
          type: 'virsh capabilities | grep -c "<domain type=\'kvm\'/>"',
          says: { en: 'refreshes the driver, too', zh: '同时刷新驱动的记忆' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: 'modprobe kvm_intel (or kvm_amd); virsh capabilities. For good: undo the blacklist. Not mknod.',
    zh: 'modprobe kvm_intel（或 kvm_amd）; virsh capabilities。要长久：去掉黑名单。不要 mknod。',
  },
  facts: { node: 'absent', processor: ['vmx', 'svm'], module: 'none', kernelSaid: 'nothing' },
  fixes: { proved: ['modprobe kvm_intel'] },
  ends: {
    shows: ['blacklist kvm_intel', 'No such file or directory', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
