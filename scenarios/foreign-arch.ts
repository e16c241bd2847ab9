/** KVM runs guests of the host's own architecture only. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const foreignArch: Scenario = {
  title: { en: 'KVM asked for another architecture', zh: '要求另一种架构用 KVM' },
  symptom: 'other wish',
  kind: 'libvirt',
  story: {
    en: 'The same sentence with another arch in it: read the error to its end. KVM lets the processor run the guest’s instructions, so an x86_64 host has it for x86_64 and i686 alone, whatever is installed.',
    zh: '同一句报错，只是 arch 不同：请把它读完。KVM 让处理器直接执行客户机指令，所以 x86_64 主机只对 x86_64 和 i686 有 KVM，装什么都一样。',
  },
  source:
    'libvirt 5.0.0 src/conf/capabilities.c virCapabilitiesDomainDataLookupInternal; https://github.com/kubevirt/kubevirt/issues/2470',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: "systemctl start libvirtd; sed \"s/arch='x86_64' machine='pc'/arch='aarch64' machine='virt'/\" test.xml > arm.xml; virsh create arm.xml",
          says: { en: 'an ARM guest with KVM', zh: '用 KVM 跑 ARM 虚拟机' },
        },
        {
          type: "virsh capabilities | grep '<arch name='",
          says: { en: 'what this host serves', zh: '本机支持的架构' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: "sed -i \"s/arch='aarch64' machine='virt'/arch='i686' machine='pc'/\" arm.xml; virsh create arm.xml",
          says: { en: 'i686 is native enough', zh: 'i686 可以' },
        },
      ],
    },
  ],
  now: {
    en: "Ask for x86_64 or i686, or for type='qemu': KVM runs no foreign instructions. The host is fine.",
    zh: "改用 x86_64 或 i686，或 type='qemu'：KVM 不能运行别的指令集。主机没问题。",
  },
  facts: { refusal: 'foreign arch', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'The host is fine: KVM runs no guest of another architecture.',
      zh: '主机没问题：KVM 不能运行其他架构的虚拟机。',
    },
  },
  ends: { shows: ['aarch64', ' created from arm.xml'], lacks: ['error:'] },
};
