/** New microcode under a running libvirtd, and when libvirt hears of it. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain, debugLog } from './domain.ts';

const log = '/var/log/libvirt/libvirtd.log';
const seen = `grep -c 'microcode version changed' ${log}`;

export const microcodeUpdate: Scenario = {
  title: { en: 'New microcode, old CPU features', zh: '微码更新了，CPU 特性还是旧的' },
  symptom: 'slow',
  kind: 'libvirt',
  story: {
    en: 'Microcode of 2018 brought new CPU features for guests (spec-ctrl), so libvirt asks QEMU anew when its revision changes. Up to 5.2 it read the revision only at its own start: loaded late, new microcode went unseen until a restart.',
    zh: '2018 年的微码给虚拟机带来新的 CPU 特性（spec-ctrl），所以微码版本变化时 libvirt 会重新问 QEMU。但 5.2 之前它只在自己启动时读一次版本：运行中加载的新微码要重启才会发现。',
  },
  source:
    'libvirt commits b527589d1f (4.0.0), 673c62a3b7 (5.3.0); linux Documentation/x86/microcode.txt, late loading',
  setup: {
    files: [
      anyDomain,
      debugLog,
      { path: '/usr/lib/firmware/intel-ucode/06-4f-01', content: 'revision 0xb000040\n' },
      {
        path: '/usr/lib/firmware/amd-ucode/microcode_amd_fam19h.bin',
        content: 'revision 0x1000070\n',
      },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'recorded500'],
  cannot: { debian12: because.readsMicrocode, recorded900: because.readsMicrocode },
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh capabilities | grep microcode',
          says: { en: 'as it is', zh: '现在的版本' },
        },
        {
          type: 'echo 1 > /sys/devices/system/cpu/microcode/reload; dmesg | tail -1',
          says: { en: 'loaded late', zh: '运行中加载' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: `virsh capabilities | grep microcode; ${seen}`,
          says: { en: 'shown; but noticed?', zh: '显示了；但察觉了吗？' },
        },
        {
          type: `systemctl restart libvirtd; virsh capabilities >/dev/null; ${seen}`,
          says: { en: 'after a restart', zh: '重启之后' },
        },
        {
          type: 'virsh create test.xml',
          says: { en: 'KVM was never in doubt', zh: 'KVM 一直没问题' },
        },
      ],
    },
  ],
  now: {
    en: 'Nothing for KVM: one probe. Guests see the new features when they are started anew.',
    zh: 'KVM 无需处理：多探测一次。虚拟机重新启动后才有新特性。',
  },
  facts: { outdated: 'microcode changed', rights: 'enough', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'libvirt has probed again by itself: nothing is left to mend.',
      zh: 'libvirt 已自行重新探测，没有要修的。',
    },
  },
  ends: {
    shows: ['microcode: updated to revision', "'/>\n0\n", ' created from test.xml'],
    lacks: ['error:'],
  },
};
