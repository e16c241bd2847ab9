/** A client that insists on kvm where the host has none; a careful one asks first. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

const careful =
  "type=qemu; virsh domcapabilities --virttype kvm >/dev/null 2>&1 && type=kvm; sed \"s/type='kvm'/type='$type'/\" test.xml > asked.xml; virsh create asked.xml";

export const hardcodedKvmClient: Scenario = {
  title: { en: 'A client that insists on KVM', zh: '客户端写死了 KVM' },
  symptom: 'other wish',
  kind: 'libvirt',
  story: {
    en: "A provisioning tool writes type='kvm' without asking; on a CI machine without KVM it dies of the incident’s error. libvirt can be asked: domcapabilities --virttype kvm succeeds exactly where such a domain would be accepted by QEMU.",
    zh: "部署工具不问就写 type='kvm'；在没有 KVM 的 CI 机器上就以那次事故的报错告终。其实可以先问 libvirt：domcapabilities --virttype kvm 成功，才说明 QEMU 接受这种虚拟机。",
  },
  source:
    'libvirt docs/formatdomaincaps.html; https://github.com/dmacvicar/terraform-provider-libvirt/issues/11',
  setup: {
    hardware: { fewerFlags: ['vmx', 'svm'] },
    files: [anyDomain, { path: '/etc/tmpfiles.d/kvm.conf', content: '' }],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'the client insists', zh: '客户端坚持要 KVM' },
        },
        {
          type: 'virsh domcapabilities --virttype kvm',
          says: { en: 'and could have asked', zh: '其实可以先问' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: careful, says: { en: 'a client that asks', zh: '先问再做的客户端' } },
        {
          type: 'virsh dumpxml t1 | head -1',
          says: { en: 'takes what there is', zh: '有什么用什么' },
        },
      ],
    },
  ],
  now: {
    en: "Let the client ask first (virsh domcapabilities --virttype kvm), and write type='qemu' where that fails.",
    zh: "让客户端先问（virsh domcapabilities --virttype kvm），失败时写 type='qemu'。",
  },
  facts: { node: 'absent', processor: 'neither', refusal: 'this arch', capabilities: 'no kvm' },
  fixes: {
    none: {
      en: 'This machine has no KVM; what has to change is the client.',
      zh: '这台机器没有 KVM，该改的是客户端。',
    },
  },
  ends: { shows: ['is not supported by', ' created from asked.xml'], lacks: ['error:'] },
};
