/** VirtualBox holds the processor's virtualization: /dev/kvm opens, and no VM can be made. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const vtBusy: Scenario = {
  title: { en: 'VirtualBox has the processor', zh: '处理器被 VirtualBox 占用' },
  symptom: 'unusable',
  kind: 'kernel',
  story: {
    en: 'Only one hypervisor can hold VMX. The rights are in order and open(2) succeeds; KVM_CREATE_VM answers EBUSY. access(2) cannot know that, so libvirt thinks that KVM should be usable, asks QEMU at every look, and never gets it.',
    zh: 'VMX 同时只能由一个虚拟机监控器持有。权限没问题，open(2) 也成功，但 KVM_CREATE_VM 返回 EBUSY。access(2) 看不出来，于是 libvirt 认为 KVM 可用，每次查询都去问 QEMU，又每次都失败。',
  },
  source:
    'linux 3.10 arch/x86/kvm/vmx.c hardware_enable; https://github.com/includeos/IncludeOS/issues/339',
  setup: {
    files: [anyDomain, { path: '/etc/modules-load.d/virtualbox.conf', content: 'vboxdrv\n' }],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noVmx'),
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'modprobe vboxdrv',
          says: { en: 'VirtualBox starts first', zh: 'VirtualBox 先启动' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'ls -l /dev/kvm', says: { en: 'the rights are fine', zh: '权限没问题' } },
        {
          type: '$(ls /usr/libexec/qemu-kvm /usr/bin/qemu-system-x86_64 2>/dev/null) -machine none,accel=kvm',
          says: { en: 'QEMU by hand says what it is', zh: '手工运行 QEMU 才知道' },
        },
        { type: 'dmesg | tail -1', says: { en: 'and the kernel', zh: '内核也说了' } },
        { type: 'lsmod | grep vbox', says: { en: 'by whom', zh: '被谁占用' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'chmod 666 /dev/kvm; virsh domcapabilities --virttype kvm',
          says: { en: 'rights do not matter', zh: '与权限无关' },
        },
        { type: 'modprobe -r vboxdrv', says: { en: 'VirtualBox goes', zh: '卸掉 VirtualBox' } },
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'Stop the other hypervisor and unload its module; virsh capabilities. Rights do not matter.',
    zh: '停掉另一个虚拟机管理程序并卸载其模块; virsh capabilities。与权限无关。',
  },
  facts: { rival: 'yes', kernelSaid: 'enabling failed' },
  fixes: { proved: ['modprobe -r vboxdrv'] },
  ends: {
    shows: [
      'ioctl(KVM_CREATE_VM) failed: 16 Device or resource busy',
      'enabling virtualization on CPU0 failed',
      ' created from test.xml',
    ],
    lacks: ['could not find capabilities'],
  },
};
