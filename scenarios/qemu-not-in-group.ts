/** The node is the group's, and QEMU's user is not in the group; adding somebody else does not help. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain, groupOnly } from './domain.ts';

export const qemuNotInGroup: Scenario = {
  title: { en: "QEMU's user is not in group kvm", zh: 'QEMU 的用户不在 kvm 组里' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'Under 0660 root:kvm membership decides, and guests of the system daemon run as user qemu, not as you. Putting yourself into the group is the advice of many threads; it helps a QEMU that you start yourself.',
    zh: '0660 root:kvm 时由组成员身份决定，而系统 libvirtd 的虚拟机以 qemu 用户运行，不是以你。很多帖子建议把自己加进组：那只对你自己启动的 QEMU 有用。',
  },
  source:
    'libvirt 5.0.0 src/util/virutil.c virGetGroupList; https://github.com/foxlet/macOS-Simple-KVM/issues/191',
  setup: { files: [anyDomain, groupOnly], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7'],
  cannot: { debian12: because.primaryGroup, ...recorders('primaryGroup') },
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'gpasswd -d qemu kvm',
          says: { en: 'an identity tool tidies up', zh: '账号管理工具“清理”' },
        },
        {
          type: 'systemctl restart libvirtd',
          says: { en: 'libvirtd restarts', zh: '重启 libvirtd' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh create test.xml', says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' } },
        { type: 'ls -l /dev/kvm', says: { en: 'the group may', zh: '组可以' } },
        { type: 'id qemu', says: { en: 'which it is not in', zh: '它却不在组里' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'usermod -aG kvm operator; systemctl restart libvirtd; virsh create test.xml',
          says: { en: 'the wrong member', zh: '加错了人' },
        },
        {
          type: 'usermod -aG kvm qemu; systemctl restart libvirtd; virsh create test.xml',
          says: { en: 'the right one, and a restart', zh: '加对了，并重启' },
        },
      ],
    },
  ],
  now: {
    en: 'usermod -aG kvm USER-OF-QEMU; touch /dev/kvm; virsh capabilities. Yourself in the group is no help.',
    zh: 'usermod -aG kvm QEMU的用户; touch /dev/kvm; virsh capabilities。把自己加进组没用。',
  },
  facts: {
    node: 'kvm',
    nodeGroup: 'kvm',
    groupMay: 'yes',
    qemuUser: 'packaged',
    member: 'no',
    rights: 'refused',
  },
  fixes: { proved: ['usermod -aG kvm qemu'] },
  ends: {
    shows: ['uid=107(qemu) gid=107(qemu) groups=107(qemu)\n', ' created from test.xml'],
    lacks: ['Permission denied'],
  },
};
