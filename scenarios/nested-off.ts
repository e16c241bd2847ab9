/** The host is itself a virtual machine whose hypervisor keeps vmx to itself. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const nestedOff: Scenario = {
  title: { en: 'A guest whose host keeps vmx to itself', zh: '在虚拟机里，而外层没开嵌套' },
  symptom: 'no node',
  kind: 'kernel',
  story: {
    en: 'hypervisor in /proc/cpuinfo, vmx not: this host is a virtual machine. The switch is one floor below: nested=1 for its kvm_intel, and a CPU model with vmx for this guest (host-passthrough). Then this host can have guests of its own.',
    zh: '/proc/cpuinfo 里有 hypervisor 而没有 vmx：这台主机本身是虚拟机。开关在下面一层：外层的 kvm_intel 要 nested=1，并给本机带 vmx 的 CPU 型号（host-passthrough），之后才能再套一层。',
  },
  source: 'linux 3.10 arch/x86/kvm/vmx.c nested; https://github.com/virtkick/virtkick/issues/163',
  setup: {
    hardware: { fewerFlags: ['vmx'], moreFlags: ['hypervisor'], productName: 'KVM' },
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
        { type: 'grep -c vmx /proc/cpuinfo', says: { en: 'no vmx', zh: '没有 vmx' } },
        {
          type: 'grep -c hypervisor /proc/cpuinfo',
          says: { en: 'six virtual CPUs', zh: '六个虚拟 CPU' },
        },
        {
          type: 'cat /sys/class/dmi/id/product_name',
          says: { en: 'the machine below', zh: '下面的机器' },
        },
        { type: 'modprobe kvm_intel', says: { en: 'no help from here', zh: '在这里没办法' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          choice: { firmware: { moreFlags: ['vmx'] } },
          says: { en: 'below: nested=1, host-passthrough', zh: '外层：nested=1，host-passthrough' },
        },
        { type: 'grep -c vmx /proc/cpuinfo', says: { en: 'now they have it', zh: '现在有了' } },
        {
          type: 'virsh create test.xml',
          says: { en: 'a guest in a guest', zh: '虚拟机里的虚拟机' },
        },
      ],
    },
  ],
  now: {
    en: 'On the host below: nested=1 and a CPU model with vmx or svm for this guest. In here nothing helps.',
    zh: '在下层主机上：nested=1，并给本机带 vmx 或 svm 的 CPU 型号。在本机里做什么都没用。',
  },
  facts: { processor: 'neither', below: 'hypervisor', node: 'absent' },
  fixes: {
    none: {
      en: 'The hypervisor below has to offer VT-x; no command in the guest does.',
      zh: '要由下层虚拟机监控器提供 VT-x，虚拟机里的命令做不到。',
    },
  },
  ends: { shows: ['KVM\n', ' created from test.xml'], lacks: ['error:'] },
};
