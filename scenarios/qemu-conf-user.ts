/** qemu.conf names another user, who is not in group kvm. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain, groupOnly } from './domain.ts';

export const qemuConfUser: Scenario = {
  title: { en: 'qemu.conf runs QEMU as somebody else', zh: 'qemu.conf 让 QEMU 以别人运行' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'user = "operator" in qemu.conf so that guests can read a home directory: now operator must be able to open /dev/kvm. user = "root" hides the question (root owns the node) and takes away the protection that the user gives.',
    zh: '为了让虚拟机能读家目录，qemu.conf 里写了 user = "operator"：于是必须由 operator 打开 /dev/kvm。写 user = "root" 虽能绕过（节点属于 root），却也丢掉了这层保护。',
  },
  source:
    'libvirt 5.0.0 src/qemu/qemu_conf.c virQEMUDriverConfigLoadFile; docs/drvqemu.html, "POSIX users/groups"',
  setup: { files: [anyDomain, groupOnly], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: `printf 'user = "operator"\\ngroup = "operator"\\n' > /etc/libvirt/qemu.conf; chmod 660 /dev/kvm; systemctl restart libvirtd`,
          says: { en: 'guests as operator', zh: '虚拟机以 operator 运行' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'not as operator', zh: 'operator 不行' } },
        { type: 'id operator', says: { en: 'not in group kvm', zh: '不在 kvm 组' } },
        {
          type: 'grep -v "^#" /etc/libvirt/qemu.conf',
          says: { en: 'why it is operator', zh: '为什么是 operator' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'usermod -aG kvm operator; systemctl restart libvirtd',
          says: { en: 'into the group', zh: '加入组' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
        {
          type: 'ps -ef | grep ^operator | grep -o "qemu[^ ]*" | head -1',
          says: { en: 'a process of operator’s', zh: '是 operator 的进程' },
        },
      ],
    },
  ],
  now: {
    en: 'usermod -aG kvm THAT-USER; touch /dev/kvm; systemctl restart libvirtd. Or take the line out of qemu.conf.',
    zh: 'usermod -aG kvm 该用户; touch /dev/kvm; systemctl restart libvirtd。或从 qemu.conf 删掉那行。',
  },
  facts: {
    node: 'kvm',
    nodeGroup: 'kvm',
    groupMay: 'yes',
    qemuUser: 'configured',
    member: 'no',
    rights: 'refused',
  },
  fixes: { proved: ['usermod -aG kvm operator'] },
  ends: { shows: ['error: ', 'user = "operator"', ' created from test.xml'], lacks: ['error:'] },
};
