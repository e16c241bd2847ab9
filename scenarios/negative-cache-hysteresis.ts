/** What libvirt 5.1 and later say depends on the order of two events, not on the state. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const negativeCacheHysteresis: Scenario = {
  title: { en: 'The same state, another answer', zh: '同样的状态，不同的答案' },
  symptom: 'denied',
  kind: 'libvirt',
  story: {
    en: 'From 5.1 wrong rights alone leave KVM listed. But a "no" that was cached while the module was missing is valid for as long as access(2) says no, too: nobody probes again, and KVM stays missing. The cache has a memory of the order in which things broke.',
    zh: '5.1 起，只是权限不对，KVM 仍会列出。但如果模块不在时缓存了“没有”，那么只要 access(2) 也说不行，这条就一直有效：没人再探测，KVM 一直缺失。缓存记住了事情坏掉的先后顺序。',
  },
  source:
    'libvirt 5.1.0 and 9.0.0, virQEMUCapsIsValid (neither KVM nor usable is valid): measured on both',
  setup: { files: [anyDomain] },
  profiles: ['debian12'],
  cannot: { centos7: because.ambientUnknown, ...recorders('noVmx') },
  chapters: [
    {
      title: 'before',
      view: 'layers',
      lines: [
        { type: 'chmod 600 /dev/kvm', says: { en: 'the rights go', zh: '权限没了' } },
        { type: 'virsh capabilities', says: { en: 'KVM is listed', zh: 'KVM 仍列着' } },
        { type: 'modprobe -r kvm_intel', says: { en: 'the module goes', zh: '模块没了' } },
        { type: 'virsh capabilities', says: { en: 'and KVM with it', zh: 'KVM 也没了' } },
        {
          type: 'modprobe kvm_intel; udevadm settle; chmod 600 /dev/kvm',
          says: { en: 'it comes, the rights as before', zh: '模块回来，权限如前' },
        },
        { type: 'virsh capabilities', says: { en: 'KVM stays missing', zh: 'KVM 仍然没有' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'virsh capabilities | grep "domain type=.kvm" || echo still missing',
          says: { en: 'the state is that of the second line', zh: '状态与第二行相同' },
        },
        {
          type: 'virsh create test.xml',
          says: { en: 'another error than there', zh: '与那时不同的报错' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'systemctl restart libvirtd; virsh create test.xml',
          says: { en: 'the file remembers, too', zh: '文件也记着' },
        },
        {
          type: 'chmod 660 /dev/kvm; virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the rights', zh: '改权限' },
        },
      ],
    },
  ],
  now: {
    en: 'chmod 660 /dev/kvm (or udevadm trigger), then virsh capabilities. A restart of libvirtd is no help.',
    zh: 'chmod 660 /dev/kvm（或 udevadm trigger），再 virsh capabilities。重启 libvirtd 没用。',
  },
  facts: {
    node: 'kvm',
    release: 'from 5.1',
    groupMay: 'no',
    acl: 'minimal',
    member: 'yes',
    rights: 'refused',
    capabilities: 'no kvm',
  },
  fixes: { proved: ['setfacl -m g::rw', 'chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  order: {
    first: ['chmod 600 /dev/kvm; systemctl start libvirtd; virsh capabilities > /dev/null'],
    among: {
      admin: ['modprobe -r kvm_intel', 'modprobe kvm_intel; udevadm settle; chmod 600 /dev/kvm'],
      client: ['virsh capabilities > /dev/null'],
    },
    last: [],
    so: `! virsh capabilities | grep -q "<domain type='kvm'"`,
    count: [1, 3],
  },
  ends: {
    shows: ["<domain type='kvm'/>", 'still missing', ' created from test.xml'],
    lacks: ['Permission denied'],
  },
};
