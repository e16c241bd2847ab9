/** A new kernel makes libvirt ask again, but only where the old answer had KVM in it. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain, debugLog } from './domain.ts';

const log = '/var/log/libvirt/libvirtd.log';

export const kernelUpdate: Scenario = {
  title: { en: 'A new kernel, and one more probe', zh: '换了内核，多一次探测' },
  symptom: 'slow',
  kind: 'libvirt',
  story: {
    en: 'From 4.1 the entry names the kernel that it was probed under, and another one refuses it: one probe after the reboot, and all is well. An entry without KVM names no kernel; the hope that an update will make libvirt look again is vain.',
    zh: '4.1 起，缓存条目记着探测时的内核，内核变了就否定它：重启后探测一次，一切正常。而没有 KVM 的条目不记内核；指望升级内核能让 libvirt 重新看一眼是没用的。',
  },
  source: 'libvirt commit 52b7d910b6 (4.1.0); virQEMUCapsFormatCache, virQEMUCapsIsValid',
  setup: { files: [anyDomain, debugLog], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7'],
  cannot: { debian12: because.noYum, ...recorders('noYum') },
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'virsh capabilities >/dev/null; grep -ho "<kernelVersion>[^ ]*" /var/cache/libvirt/qemu/capabilities/*',
          says: { en: 'kernel and cache agree', zh: '内核与缓存一致' },
        },
        {
          type: 'yum -y install kernel > /dev/null; reboot',
          says: { en: 'yum install kernel; reboot', zh: '装新内核并重启' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: `virsh capabilities >/dev/null; uname -r; grep -o "kernel version changed ('[^ ]*" ${log}`,
          says: { en: 'why QEMU was asked', zh: '为什么又问了 QEMU' },
        },
        { type: 'virsh create test.xml', says: { en: 'it works', zh: '能用' } },
      ],
    },
    {
      title: { en: 'The same with an entry that lacks KVM', zh: '换成没有 KVM 的条目' },
      lines: [
        {
          type: 'virsh destroy t1; echo blacklist kvm_intel > /etc/modprobe.d/kvm.conf; reboot',
          says: { en: 'a boot without the module', zh: '不加载模块开机' },
        },
        {
          type: 'virsh capabilities >/dev/null; grep -c kernelVersion /var/cache/libvirt/qemu/capabilities/*',
          says: { en: 'the entry names none', zh: '条目里不记内核' },
        },
        {
          type: `rm /boot/grub2/grubenv ${log}; reboot`,
          says: { en: 'the old kernel again', zh: '换回旧内核' },
        },
        {
          type: `virsh capabilities >/dev/null; uname -r; grep "kernel version" ${log} || echo not compared`,
          says: { en: 'and none is compared', zh: '也就不比较' },
        },
      ],
    },
  ],
  now: {
    en: 'Nothing: one probe after the new kernel, and all is well.',
    zh: '无需处理：换内核后多探测一次而已。',
  },
  facts: { outdated: 'kernel changed', rights: 'enough', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'libvirt has probed again by itself: nothing is left to mend.',
      zh: 'libvirt 已自行重新探测，没有要修的。',
    },
  },
  ends: {
    shows: ["kernel version changed ('3.10.0-1160.el7.x86_64", 'not compared'],
    lacks: ['error:'],
  },
};
