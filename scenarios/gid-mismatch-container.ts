/** The node comes from the host below with that host's group number, which names nobody in here. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain } from './domain.ts';

export const gidMismatchContainer: Scenario = {
  title: { en: 'The group is a number from outside', zh: '组号是外面主机的' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'The simulated host stands for a container: no udevd, and a node that the runtime made with the number of the outer host’s group kvm, 36. In here kvm is 107, so 36 is nobody’s. The kernel compares numbers, never names.',
    zh: '这里的主机代表一个容器：没有 udevd，节点由容器运行时创建，组号是外层主机 kvm 组的 36。而容器里的 kvm 是 107，36 不属于任何人。内核只比数字，从不比名字。',
  },
  source:
    'https://github.com/kubevirt/libvirt/pull/44; https://github.com/Linutronix/elbe/issues/164',
  setup: {
    files: [
      anyDomain,
      { path: '/etc/tmpfiles.d/kvm.conf', content: 'c /dev/kvm 0660 root 36 - 10:232\n' },
    ],
  },
  profiles: ['recorded500'],
  cannot: {
    centos7: because.udevdSetsGroup,
    debian12: because.udevdSetsGroup,
    recorded900: because.proberOverrides,
  },
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' },
        },
        { type: 'ls -l /dev/kvm', says: { en: 'a group without a name', zh: '没有名字的组' } },
        {
          type: 'getent group kvm; id libvirt-qemu',
          says: { en: 'in here kvm is another', zh: '这里的 kvm 是另一个' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'usermod -aG kvm libvirt-qemu; virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the name does not help', zh: '加名字没用' },
        },
        {
          type: 'chown root:kvm /dev/kvm; ls -l /dev/kvm',
          says: { en: 'the number does', zh: '改数字才行' },
        },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: "Give the node the number of this system's group kvm: chgrp kvm /dev/kvm. Names are not compared.",
    zh: '把节点改成本系统 kvm 组的编号：chgrp kvm /dev/kvm。内核不比较名字。',
  },
  facts: { node: 'kvm', nodeGroup: 'nameless', groupMay: 'yes', rights: 'refused' },
  fixes: { proved: ['chgrp kvm', 'chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  ends: {
    shows: ['1 root 36 10, 232', 'kvm:x:107:', ' created from test.xml'],
    lacks: ['Permission denied'],
  },
};
