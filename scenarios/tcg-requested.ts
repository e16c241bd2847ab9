/** type='qemu' means emulation: it works everywhere, and is slow everywhere. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const tcgRequested: Scenario = {
  title: { en: "type='qemu': it crawls as told", zh: "type='qemu'：慢是自己要的" },
  symptom: 'guests fail',
  kind: 'qemu',
  story: {
    en: "Nothing is broken: the domain was written with type='qemu', often by a tool that once found no KVM. The command line of QEMU and the guest’s XML say tcg; no repair of the host makes it faster.",
    zh: "什么都没坏：虚拟机写的就是 type='qemu'，往往是某个工具当初没找到 KVM 时写下的。QEMU 命令行和虚拟机 XML 里都是 tcg；主机怎么修都不会变快。",
  },
  source: 'libvirt docs/formatdomain.html, "type"; https://github.com/karmab/kcli/issues/171',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: "systemctl start libvirtd; sed \"s/type='kvm'/type='qemu'/\" test.xml > slow.xml; virsh create slow.xml",
          says: { en: 'a guest, and slow', zh: '能启动，但慢' },
        },
        {
          type: 'virsh dumpxml t1 | head -1',
          says: { en: 'as it was asked for', zh: '要求的就是这样' },
        },
        {
          type: 'grep -o "accel[= ][a-z]*" /var/log/libvirt/qemu/t1.log',
          says: { en: 'and how it was started', zh: '启动时的参数' },
        },
        {
          type: 'virsh capabilities | grep -c "<domain type=\'kvm\'/>"',
          says: { en: 'KVM is there', zh: 'KVM 是有的' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'virsh destroy t1; virsh create test.xml',
          says: { en: "with type='kvm'", zh: "改用 type='kvm'" },
        },
        {
          type: 'grep -o "accel[= ][a-z]*" /var/log/libvirt/qemu/t1.log | tail -1',
          says: { en: 'the processor itself', zh: '由处理器直接执行' },
        },
      ],
    },
  ],
  now: {
    en: "virsh edit the guest: <domain type='kvm'>. No repair of the host makes it faster.",
    zh: "virsh edit 虚拟机：<domain type='kvm'>。修主机不会让它变快。",
  },
  facts: { guest: 'tcg', rights: 'enough', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'The host is fine: the guest asked for TCG.',
      zh: '主机没问题：虚拟机要的就是 TCG。',
    },
  },
  ends: { shows: ["<domain type='qemu' id=", 'kvm\n', ' created from test.xml'], lacks: ['tcg'] },
};
