/** The same people and the same packages in orders that do no harm. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const aclNearMisses: Scenario = {
  title: { en: 'The incident’s steps, and no incident', zh: '同样的步骤，却没有事故' },
  symptom: 'healthy',
  kind: 'none',
  story: {
    en: 'Three near misses on one host: over ssh nobody is at a seat; on the second console, which is not in front, neither; and a module reloaded between logout and installation makes a new node without an ACL. It takes a login at the seat, on a node that is still 0600 when the rule comes.',
    zh: '同一台主机上的三次“差一点”：ssh 登录不算在席位上；不在前台的第二个控制台也不算；注销之后、安装之前重新加载模块会产生没有 ACL 的新节点。必须有人在席位上登录，而且规则到来时节点仍是那个 0600 的节点。',
  },
  source: 'systemd v219 src/login/logind-seat.c; linux 3.10 drivers/base/devtmpfs.c handle_remove',
  setup: { files: [anyDomain] },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleFromTheStart, ...recorders('noConsole') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        {
          choice: { login: 'operator', on: 'pts/1' },
          says: { en: 'operator over ssh', zh: 'operator 通过 ssh 登录' },
        },
        { choice: { logout: 'pts/1' }, says: { en: 'and out', zh: '退出' } },
        {
          choice: { login: 'operator', on: 'tty2' },
          says: { en: 'operator on tty2', zh: 'operator 登录 tty2' },
        },
        { choice: { logout: 'tty2' }, says: { en: 'and out', zh: '退出' } },
        {
          choice: { login: 'operator', on: 'tty1' },
          says: { en: 'operator on tty1', zh: 'operator 登录 tty1' },
        },
        {
          choice: { logout: 'tty1' },
          says: { en: 'and out: the mask stays', zh: '退出：mask 留下' },
        },
        {
          type: 'modprobe -r kvm_intel; modprobe kvm_intel',
          says: { en: 'module reloaded', zh: '重新加载模块' },
        },
        {
          type: 'yum -y install qemu-kvm-ev libvirt',
          says: { en: 'yum install', zh: 'yum install' },
        },
      ],
    },
    {
      title: { en: 'And KVM works', zh: 'KVM 可用' },
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'the guest runs', zh: '虚拟机运行' },
        },
        {
          type: 'getfacl -cp /dev/kvm | wc -l',
          says: { en: 'no ACL beyond the mode', zh: '除权限位外没有 ACL' },
        },
      ],
    },
  ],
  now: { en: 'Nothing: KVM works.', zh: '无需处理：KVM 正常。' },
  facts: {
    node: 'kvm',
    rights: 'enough',
    open: 'opens',
    capabilities: 'kvm',
    entry: 'kvm',
    refusal: 'nothing',
    outdated: ['nothing', 'usable now'],
    guest: ['kvm', 'none'],
  },
  fixes: {
    none: {
      en: 'Nothing is broken: in each of these orders group kvm keeps its rights.',
      zh: '没有坏：这些顺序里 kvm 组都保有权限。',
    },
  },
  order: {
    first: [],
    among: {
      operator: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }],
      root: ['yum -y install qemu-kvm-ev'],
    },
    last: [],
    so: 'getfacl -c /dev/kvm | grep -q group::rw-',
    count: [1, 3],
  },
  ends: { shows: ['4\n', ' created from test.xml'], lacks: ['error:'] },
};
