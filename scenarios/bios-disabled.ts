/** The firmware has locked virtualization off: the module refuses to load, and dmesg says why. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const biosDisabled: Scenario = {
  title: { en: 'Locked off by the BIOS', zh: '被 BIOS 关闭' },
  symptom: 'no node',
  kind: 'kernel',
  story: {
    en: '/proc/cpuinfo lists vmx, for the processor has it; the firmware locked it off in an MSR before Linux began. kvm_intel asks that MSR and refuses. No command helps: only the setup of the firmware, and a power cycle.',
    zh: '/proc/cpuinfo 里有 vmx，因为处理器确实支持；但固件在 Linux 启动之前就用 MSR 把它锁上了。kvm_intel 读到后拒绝加载。任何命令都没用，只能改固件设置并断电重启。',
  },
  source:
    'linux 3.10 arch/x86/kvm/vmx.c vmx_disabled_by_bios; https://github.com/platform9/express/issues/206',
  setup: {
    hardware: { virtEnabledInBios: false },
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
        { type: 'ls -l /dev/kvm', says: { en: 'there is no node', zh: '没有节点' } },
        {
          type: 'grep -c vmx /proc/cpuinfo',
          says: { en: 'and yet the CPU can', zh: 'CPU 却支持' },
        },
      ],
    },
    {
      title: 'cause',
      lines: [
        { type: 'modprobe kvm_intel', says: { en: 'refused', zh: '被拒绝' } },
        { type: 'dmesg | grep -m1 bios', says: { en: 'by whom', zh: '被谁拒绝' } },
        { type: 'virt-host-validate qemu', says: { en: 'the hint', zh: '提示' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: 'reboot', says: { en: 'a reboot alone', zh: '只重启' } },
        { type: 'lsmod | grep kvm', says: { en: 'changes nothing', zh: '毫无变化' } },
        {
          choice: { firmware: { virtEnabledInBios: true } },
          says: { en: 'setup of the firmware: VT-x on', zh: '固件设置：打开 VT-x' },
        },
        { type: 'lsmod | grep kvm', says: { en: 'loaded by itself', zh: '自动加载了' } },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: "Switch VT-x / SVM on in the firmware's setup and power-cycle. No command helps.",
    zh: '在固件设置里打开 VT-x / SVM 并断电重启。任何命令都没用。',
  },
  facts: { node: 'absent', processor: ['vmx', 'svm'], kernelSaid: 'disabled by firmware' },
  fixes: {
    none: {
      en: 'Only the firmware can turn VT-x on; no command does.',
      zh: '只有固件能打开 VT-x，命令做不到。',
    },
  },
  ends: {
    shows: ['disabled by bios', 'Operation not supported', ' created from test.xml'],
    lacks: ['error:'],
  },
};
