/** The module is loaded again, and libvirt looks at the node before udev has given it its rights. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const moduleReloadRace: Scenario = {
  title: { en: 'libvirt looked between kernel and udev', zh: '在内核与 udev 之间看了一眼' },
  symptom: 'remembered',
  kind: 'kernel',
  story: {
    en: 'A reloaded kvm_intel brings a new node, 0600, and udev opens it some milliseconds later. libvirt asks in between and remembers "no" for this ctime, in whole seconds: the chmod that follows falls into the same second, so the "no" stays until the node is touched.',
    zh: '重新加载 kvm_intel 会产生新节点，权限 0600，几毫秒后 udev 才改。libvirt 恰在其间查询，并按整秒的 ctime 记住了“不可用”；随后的 chmod 落在同一秒，于是“不可用”一直留着，直到有人碰一下节点。',
  },
  source:
    'libvirt 5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsKVMUsable; https://github.com/hashicorp/nomad/issues/650',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7'],
  cannot: { debian12: because.proberOverrides, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'before',
      view: 'layers',
      lines: [
        {
          type: 'udevadm control --stop-exec-queue',
          says: { en: 'udevd is busy', zh: 'udevd 正忙' },
        },
        {
          type: 'modprobe -r kvm_intel; modprobe kvm_intel; virsh capabilities >/dev/null; udevadm control --start-exec-queue',
          says: { en: 'reload, and a look at once', zh: '重新加载，马上查询' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'udevadm settle; ls -l /dev/kvm',
          says: { en: 'udev has done its part', zh: 'udev 已经做完' },
        },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'not even this helps', zh: '这样也不行' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'chmod 666 /dev/kvm; stat -c %z /dev/kvm',
          says: { en: 'a chmod that changes nothing', zh: '什么也没改的 chmod' },
        },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'but moves ctime', zh: '却动了 ctime' },
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
    first: ['udevadm control --stop-exec-queue'],
    among: {
      admin: ['modprobe -r kvm_intel', 'modprobe kvm_intel'],
      udevd: ['udevadm control --start-exec-queue; udevadm settle'],
      client: ['virsh capabilities > /dev/null'],
    },
    last: ['udevadm control --start-exec-queue; udevadm settle'],
    together: true,
    so: '! virsh domcapabilities --virttype kvm',
    count: [1, 12],
  },
  twin: 'same-second-fix-missed',
  ends: {
    shows: ['could not find capabilities', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
