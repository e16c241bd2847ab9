/** /dev is mounted nodev: device nodes are there, and none of them can be opened. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

export const nodevMount: Scenario = {
  title: { en: '/dev is mounted nodev', zh: '/dev 挂载时带了 nodev' },
  symptom: 'unusable',
  kind: 'rights',
  story: {
    en: 'A hardening guide says "nodev on every file system" and was followed to the letter. open(2) of any device answers EACCES, whoever asks; access(2) does not look at the mount, so ls, test -w and libvirt’s own check find nothing wrong.',
    zh: '加固指南说“所有文件系统都加 nodev”，于是真的都加了。任何设备 open(2) 都返回 EACCES，不管是谁；而 access(2) 不看挂载选项，所以 ls、test -w 和 libvirt 自己的检查都没发现问题。',
  },
  source: 'linux 3.10 fs/namei.c may_open (MNT_NODEV), fs/open.c sys_faccessat',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        { type: 'mount -o remount,nodev /dev', says: { en: 'to the letter', zh: '照本宣科' } },
        {
          type: 'rm -f /var/cache/libvirt/qemu/capabilities/*; systemctl restart libvirtd',
          says: { en: 'libvirtd restarts', zh: '重启 libvirtd' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        {
          type: 'test -w /dev/kvm && echo writable',
          says: { en: 'access(2) sees nothing', zh: 'access(2) 看不出来' },
        },
        { type: 'true > /dev/null', says: { en: 'not only KVM', zh: '不只是 KVM' } },
        { type: 'mount | grep " /dev "', says: { en: 'here it is', zh: '原因在此' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: 'mount -o remount,dev /dev', says: { en: 'devices again', zh: '恢复设备' } },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'mount -o remount,dev /dev; virsh capabilities. For good: take nodev out of its mount.',
    zh: 'mount -o remount,dev /dev; virsh capabilities。要长久：去掉挂载选项 nodev。',
  },
  facts: { node: 'kvm', mount: 'nodev', open: 'EACCES' },
  fixes: {
    none: {
      en: 'With /dev nodev nobody can log in any more to try anything; a shell that is open can remount it.',
      zh: '/dev 成了 nodev，没人能再登录去试；已打开的 shell 可以重新挂载。',
    },
  },
  ends: {
    shows: ['writable', '/dev/null: Permission denied', 'nodev'],
    lacks: ['Permission denied'],
  },
};
