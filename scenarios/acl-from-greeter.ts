/** The incident without anybody logging in: the display manager's greeter is a session of its own. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const aclFromGreeter: Scenario = {
  title: { en: 'The greeter is a login, too', zh: '登录界面本身也算一次登录' },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: 'The order of the incident on a workstation: gdm shows its greeter as user gdm, a session on seat0, so the node has an ACL before anybody has typed a name. Root logs in there, the greeter goes, the mask stays, and the package does the rest.',
    zh: '工作站上的同一种次序：gdm 以 gdm 用户显示登录界面，这是 seat0 上的一个会话，所以没人输入用户名之前节点已有 ACL。root 在那里登录，登录界面退出，mask 留下，剩下的由软件包完成。',
  },
  source: 'systemd v219 src/login/logind-seat.c seat_set_active; logind-acl.c devnode_acl',
  setup: { files: [anyDomain], enable: ['gdm'], disable: ['getty@tty1'] },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleFromTheStart, ...recorders('noConsole') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        { look: true, says: { en: 'the greeter waits', zh: '登录界面等待中' } },
        {
          choice: { login: 'root', on: 'tty1' },
          says: { en: 'root logs in on tty1', zh: 'root 登录 tty1' },
        },
        { type: 'yum -y install libvirt', says: { en: 'yum install', zh: 'yum install' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'the guest is refused', zh: '虚拟机被拒绝' },
        },
        {
          type: 'getfacl -cp /dev/kvm',
          says: { en: 'the ACL of the incident', zh: '那次事故的 ACL' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'setfacl -x m /dev/kvm; ls -l /dev/kvm',
          says: { en: 'without the mask one sees it at last', zh: '去掉 mask，才看得出来' },
        },
        {
          type: 'chmod g+rw /dev/kvm',
          says: { en: 'and chmod reaches the group', zh: 'chmod 这才改到组' },
        },
        {
          type: 'virsh capabilities >/dev/null; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
      ],
    },
  ],
  now: {
    en: 'setfacl -m g::rw /dev/kvm; virsh capabilities. Not setfacl -b alone, not chmod.',
    zh: 'setfacl -m g::rw /dev/kvm; virsh capabilities。不要只用 setfacl -b，也不要用 chmod。',
  },
  facts: {
    node: 'kvm',
    acl: 'frozen',
    namedUser: 'no',
    defaultAcl: 'no',
    nodeGroup: 'kvm',
    rights: 'refused',
  },
  fixes: { proved: ['setfacl -m g::rw', 'setfacl --set u::rw,g::rw,o::rw', 'reboot'] },
  ends: {
    shows: [
      'group::---\nmask::rw-\nother::rw-\n',
      'crw----rw- 1 root kvm',
      ' created from test.xml',
    ],
    lacks: ['error:'],
  },
};
