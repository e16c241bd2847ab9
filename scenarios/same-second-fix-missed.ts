/** libvirt compares ctime in whole seconds: a repair in the second of its last look is not seen. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain } from './domain.ts';

export const sameSecondFixMissed: Scenario = {
  title: { en: 'Repaired within the same second', zh: '在同一秒内修好' },
  symptom: 'remembered',
  kind: 'libvirt',
  story: {
    en: 'libvirt 5.0 and later ask access(2) once for each ctime of /dev/kvm, a time_t. A script that lets libvirt look and then repairs the node, all in one second, leaves a "no" that stays: for days, through every virsh capabilities, until something moves ctime.',
    zh: 'libvirt 5.0 起，对 /dev/kvm 的每个 ctime（time_t，整秒）只问一次 access(2)。脚本让 libvirt 看了一眼，又在同一秒内修好节点，就留下一个“不可用”：几天后、多少次 virsh capabilities 之后仍在，直到 ctime 变化。',
  },
  source: 'libvirt 5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsKVMUsable (commit 91684829be)',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'recorded500'],
  cannot: { debian12: because.proberOverrides, recorded900: because.proberOverrides },
  chapters: [
    {
      title: 'before',
      view: 'layers',
      lines: [
        {
          type: 'chmod 600 /dev/kvm; systemctl restart libvirtd',
          says: { en: 'broken, and known', zh: '坏了，libvirt 也知道' },
        },
        {
          type: 'touch /dev/kvm; virsh domcapabilities --virttype kvm; chmod 666 /dev/kvm',
          says: { en: 'a look and the repair, in one second', zh: '同一秒内：看一眼，修好' },
        },
        { type: 'virsh capabilities', says: { en: 'a look later', zh: '之后再看' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'ls -l /dev/kvm', says: { en: 'all is well', zh: '一切正常' } },
        { choice: { tick: 259_200_000 }, says: { en: 'three days pass', zh: '三天过去' } },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'still no', zh: '还是不行' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: 'touch /dev/kvm', says: { en: 'nothing but the time', zh: '只改时间' } },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'touch /dev/kvm; virsh capabilities. Only a new ctime makes libvirt look again.',
    zh: 'touch /dev/kvm; virsh capabilities。只有新的 ctime 才让 libvirt 再看一次。',
  },
  facts: {
    rights: 'enough',
    openAsQemu: 'opens',
    entry: 'no kvm',
    probedNow: 'no',
    groupsChanged: 'before the node',
    capabilities: 'no kvm',
  },
  fixes: { proved: ['systemctl restart libvirtd', 'reboot'] },
  order: {
    first: ['chmod 600 /dev/kvm; systemctl restart libvirtd'],
    among: {
      admin: ['touch /dev/kvm', 'chmod 666 /dev/kvm'],
      client: ['virsh domcapabilities > /dev/null'],
    },
    last: [],
    together: true,
    so: '! virsh domcapabilities --virttype kvm',
    count: [1, 3],
  },
  twin: 'module-reload-race',
  ends: {
    shows: ['KVM is not supported by', 'could not find capabilities', ' created from test.xml'],
    lacks: ['error:'],
  },
};
