/** The domain names an emulator of another distribution. */
import type { Scenario } from '../sim/play/scenario.ts';
import { testDomain } from './domain.ts';

export const wrongBinary: Scenario = {
  title: { en: 'An <emulator> of another distribution', zh: '<emulator> 是别的发行版的路径' },
  symptom: 'other wish',
  kind: 'qemu',
  story: {
    en: 'A domain moved from Ubuntu names /usr/bin/kvm-spice. The error speaks of the file and not of KVM, before 6.0 only once the driver’s capabilities have let the domain pass. Leave <emulator> out, and libvirt takes its own.',
    zh: '从 Ubuntu 搬来的虚拟机写着 /usr/bin/kvm-spice。报错说的是文件而不是 KVM；6.0 之前，先要通过驱动 capabilities 那一关才会看到。去掉 <emulator>，libvirt 会用自己的。',
  },
  source:
    'libvirt 5.0.0 virQEMUCapsNewForBinaryInternal; https://github.com/purpleidea/mgmt/issues/85',
  setup: {
    files: [
      {
        ...testDomain,
        content: (testDomain.content ?? '').replace('/usr/libexec/qemu-kvm', '/usr/bin/kvm-spice'),
      },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'not about KVM', zh: '与 KVM 无关' },
        },
        {
          type: 'virsh capabilities | grep -c "<domain type=\'kvm\'/>"',
          says: { en: 'KVM is there', zh: 'KVM 是有的' },
        },
        {
          type: 'virsh domcapabilities | head -2',
          says: { en: 'what libvirt would take', zh: 'libvirt 自己会用的' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'grep -v emulator test.xml > any.xml; virsh create any.xml',
          says: { en: 'without <emulator>', zh: '去掉 <emulator>' },
        },
        { type: 'virsh dumpxml t1 | grep emulator', says: { en: 'filled in', zh: '自动填上' } },
      ],
    },
  ],
  now: {
    en: 'virsh edit the guest and take its <emulator> out: libvirt takes its own. KVM is fine.',
    zh: 'virsh edit 虚拟机，去掉 <emulator>：libvirt 会用自己的。KVM 没问题。',
  },
  facts: { refusal: 'missing emulator', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'The host is fine, and so is any guest that names no such emulator.',
      zh: '主机没问题，不指定那个 emulator 的虚拟机也没问题。',
    },
  },
  ends: {
    shows: ['/usr/bin/kvm-spice', 'No such file or directory', ' created from any.xml'],
    lacks: ['error:'],
  },
};
