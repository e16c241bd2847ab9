/** From 5.1.0 the probing QEMU may override permissions, which guests may not. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain } from './domain.ts';

export const libvirt51Capability: Scenario = {
  title: { en: 'KVM is listed, the guest may not', zh: '列出了 KVM，虚拟机却无权用' },
  symptom: 'guests fail',
  kind: 'libvirt',
  story: {
    en: '5.1.0 gave the probing QEMU CAP_DAC_OVERRIDE so that it can read firmware files. Since then wrong rights on /dev/kvm no longer hide KVM: the probe opens it as nobody else can, capabilities list it, and every guest fails with the kernel’s own words.',
    zh: '5.1.0 给探测用的 QEMU 加了 CAP_DAC_OVERRIDE，好让它读固件文件。从此 /dev/kvm 权限不对也不会再藏起 KVM：只有探测进程打得开，capabilities 照列，而每个虚拟机都以内核的原话失败。',
  },
  source: 'libvirt commit a2d3dea9d4 (5.1.0); https://github.com/networkop/docker-topo/pull/25',
  setup: { files: [anyDomain] },
  profiles: ['debian12', 'recorded500,libvirt=5.1.0', 'recorded900'],
  cannot: { centos7: because.ambientUnknown },
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'chmod 600 /dev/kvm; systemctl restart libvirtd',
          says: { en: 'the incident, in short', zh: '简化的事故' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'virsh capabilities | grep -c "<domain type=\'kvm\'/>"',
          says: { en: 'KVM is listed', zh: '列出了 KVM' },
        },
        {
          type: 'virsh domcapabilities --virttype kvm | grep "<domain>"',
          says: { en: 'and promised', zh: '还打了包票' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest fails', zh: '虚拟机失败' } },
        {
          type: 'virt-host-validate qemu | grep accessible',
          says: { en: 'root is the wrong one to ask', zh: '问 root 是问错了人' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'virsh capabilities > /dev/null; virsh create test.xml',
          says: { en: 'libvirt has nothing to forget', zh: 'libvirt 没什么可忘的' },
        },
        {
          type: 'chmod 660 /dev/kvm; virsh create test.xml',
          says: { en: 'the rights', zh: '改权限' },
        },
      ],
    },
  ],
  now: {
    en: 'chmod 660 /dev/kvm (or udevadm trigger): the rights are wrong, though libvirt lists KVM.',
    zh: 'chmod 660 /dev/kvm（或 udevadm trigger）：libvirt 虽列出 KVM，权限却不对。',
  },
  facts: {
    node: 'kvm',
    release: 'from 5.1',
    groupMay: 'no',
    acl: 'minimal',
    member: 'yes',
    rights: 'refused',
    capabilities: 'kvm',
    probedNow: 'yes',
  },
  fixes: { proved: ['setfacl -m g::rw', 'chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  ends: {
    shows: [
      '<domain>kvm</domain>',
      'Could not access KVM kernel module: Permission denied',
      ' created from test.xml',
    ],
    lacks: ['could not find capabilities'],
  },
  twin: 'same-second-break-missed',
};
