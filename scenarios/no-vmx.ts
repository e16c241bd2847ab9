/** The processor cannot virtualize: nothing to repair, and the honest answer is emulation. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const noVmx: Scenario = {
  title: { en: 'The processor cannot', zh: '处理器不支持' },
  symptom: 'no node',
  kind: 'kernel',
  story: {
    en: 'Neither vmx nor svm in /proc/cpuinfo, and no hypervisor below: then KVM cannot be had on this machine. libvirt still runs guests of type qemu, by emulation.',
    zh: '/proc/cpuinfo 里既没有 vmx 也没有 svm，下面也没有虚拟机监控器：这台机器不可能有 KVM。libvirt 仍能运行 qemu 类型的虚拟机，只是靠模拟。',
  },
  source:
    'linux 3.10 arch/x86/kvm/vmx.c cpu_has_kvm_support; https://github.com/dmacvicar/terraform-provider-libvirt/issues/11',
  setup: {
    hardware: { fewerFlags: ['vmx'] },
    files: [anyDomain],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noVmx'),
  chapters: [
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        {
          type: 'grep -cE "vmx|svm" /proc/cpuinfo',
          says: { en: 'no CPU can', zh: '没有一个 CPU 支持' },
        },
        {
          type: 'grep -c hypervisor /proc/cpuinfo',
          says: { en: 'nothing below', zh: '不在虚拟机里' },
        },
        { type: 'virt-host-validate qemu', says: { en: 'says so, too', zh: '也这么说' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: 'modprobe kvm_intel', says: { en: 'cannot be forced', zh: '强求不来' } },
        { type: 'dmesg | grep hardware', says: { en: 'the kernel’s word', zh: '内核的说法' } },
        {
          type: "sed -i \"s/type='kvm'/type='qemu'/\" test.xml; virsh create test.xml",
          says: { en: 'without KVM it runs, slowly', zh: '不用 KVM 能跑，只是慢' },
        },
      ],
    },
  ],
  now: {
    en: "KVM cannot be had on this processor. Guests of type='qemu' run, slowly.",
    zh: "这个处理器用不了 KVM。type='qemu' 的虚拟机能运行，但很慢。",
  },
  facts: { processor: 'neither', below: 'nothing', node: 'absent' },
  fixes: {
    none: {
      en: 'This processor has no VT-x; no command adds it.',
      zh: '这颗处理器没有 VT-x，命令加不出来。',
    },
  },
  ends: {
    shows: ['no hardware support', ' created from test.xml'],
    lacks: ['could not find capabilities', 'does not support'],
  },
};
