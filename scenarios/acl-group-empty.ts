/** The incident itself: how a login, a logout and an installation lock group kvm out of /dev/kvm. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { testDomain } from './domain.ts';

const probe =
  'runuser -u qemu -- /usr/libexec/qemu-kvm -S -no-user-config -nodefaults -nographic -machine none,accel=kvm:tcg -qmp unix:/tmp/q,server,nowait -pidfile /tmp/q.pid -daemonize';

export const aclGroupEmpty: Scenario = {
  title: {
    en: 'rw-rw-rw-, and yet group kvm is locked out',
    zh: '权限是 rw-rw-rw-，kvm 组却打不开',
  },
  symptom: 'denied',
  kind: 'rights',
  story: {
    en: "A non-root login puts an ACL on a node that is still 0600; logout leaves the ACL's mask behind; the package's chmod 0666 then writes the mask and never reaches group::---.",
    zh: '节点还是 0600 时，普通用户登录给它加上 ACL；注销后 mask 仍留着；安装包触发的 chmod 0666 只改 mask，改不到 group::---。',
  },
  source:
    'systemd v219 src/login/logind-acl.c devnode_acl; linux 3.10 fs/posix_acl.c posix_acl_chmod_masq; libvirt 5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsIsValid',
  setup: { files: [testDomain] },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleFromTheStart, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        { look: true, says: { en: 'boots without qemu', zh: '开机，尚未安装 qemu' } },
        {
          choice: { login: 'operator', on: 'tty1' },
          says: { en: 'operator logs in on tty1', zh: 'operator 登录 tty1' },
        },
        { choice: { logout: 'tty1' }, says: { en: 'operator logs out', zh: 'operator 注销' } },
        {
          choice: { login: 'root', on: 'pts/0' },
          says: { en: 'root comes in over ssh', zh: 'root 通过 ssh 登录' },
        },
        {
          type: 'yum -y install qemu-kvm-ev',
          says: { en: 'yum install qemu-kvm-ev', zh: 'yum install qemu-kvm-ev' },
        },
        {
          type: 'yum -y install libvirt',
          says: { en: 'yum install libvirt', zh: 'yum install libvirt' },
        },
        {
          type: 'systemctl start libvirtd',
          says: { en: 'systemctl start libvirtd', zh: 'systemctl start libvirtd' },
        },
      ],
    },
    {
      title: { en: 'Days later: what the administrator sees', zh: '数日之后：管理员看到的' },
      lines: [
        { choice: { tick: 345_600_000 }, says: { en: 'four days pass', zh: '四天过去' } },
        {
          type: 'virsh create test.xml',
          says: { en: 'the guest is refused', zh: '创建虚拟机失败' },
        },
        {
          type: 'virsh capabilities',
          brief: true,
          says: { en: 'the whole capabilities', zh: '完整的 capabilities' },
        },
        {
          type: "virsh capabilities | grep '<domain type'",
          says: { en: 'only qemu, for i686 and x86_64', zh: 'i686 与 x86_64 都只有 qemu' },
        },
        { type: 'lsmod | grep kvm', says: { en: 'KVM is loaded', zh: 'KVM 已加载' } },
        {
          type: `printf 'log_level = 1\\nlog_outputs="1:file:/var/log/libvirt/libvirtd.log"\\n' >> /etc/libvirt/libvirtd.conf`,
          brief: true,
          says: { en: 'turn on the debug log', zh: '打开调试日志' },
        },
        {
          type: 'systemctl restart libvirtd',
          brief: true,
          says: { en: 'restart libvirtd', zh: '重启 libvirtd' },
        },
        {
          type: "grep -c 'KVM kernel module' /var/log/libvirt/libvirtd.log",
          says: { en: 'no probe: the cached file is valid', zh: '没有探测：缓存文件有效' },
        },
        {
          type: 'rm /var/cache/libvirt/qemu/capabilities/*.xml; systemctl restart libvirtd',
          brief: true,
          says: { en: 'remove the cached file, restart', zh: '删除缓存文件并重启' },
        },
        {
          type: "grep -A2 'KVM kernel module' /var/log/libvirt/libvirtd.log",
          says: { en: 'now QEMU was asked', zh: '这次真的启动了 QEMU' },
        },
        {
          type: probe,
          brief: true,
          says: { en: 'the same QEMU by hand, as user qemu', zh: '以 qemu 用户手工启动' },
        },
        {
          type: `echo '{"execute":"qmp_capabilities"}{"execute":"query-kvm"}' | nc -U /tmp/q`,
          says: { en: 'QMP: KVM is there and not enabled', zh: 'QMP：有 KVM，但未启用' },
        },
        {
          type: 'kill $(cat /tmp/q.pid)',
          brief: true,
          says: { en: 'end it', zh: '结束它' },
        },
        { type: 'ls -l /dev/kvm', says: { en: 'everybody may, says ls', zh: 'ls 说人人可读写' } },
        { type: 'getfacl /dev/kvm', says: { en: 'the owning group may not', zh: '属组却不行' } },
        {
          type: 'cat /proc/devices',
          brief: true,
          says: { en: 'major 10 is misc', zh: '主设备号 10 是 misc' },
        },
      ],
    },
    {
      title: { en: "Repaired: libvirt's memories follow", zh: '修复之后：libvirt 的三层缓存' },
      view: 'layers',
      lines: [
        { type: 'setfacl -m g::rw /dev/kvm', says: { en: 'the repair', zh: '修复' } },
        {
          type: 'virsh create test.xml',
          says: { en: "the driver's capabilities are old", zh: '驱动的 capabilities 仍是旧的' },
        },
        {
          type: 'virsh domcapabilities --virttype kvm',
          says: { en: 'table and file are probed anew', zh: '哈希表与磁盘缓存重新探测' },
        },
        {
          type: 'virsh create test.xml',
          says: { en: "still the driver's old ones", zh: '驱动的仍是旧的' },
        },
        {
          type: 'virsh capabilities',
          says: { en: 'only this call refreshes them', zh: '只有它会刷新' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
    {
      title: { en: 'No restart was needed', zh: '无需重启' },
      lines: [
        {
          type: "grep -m1 'usable now' /var/log/libvirt/libvirtd.log",
          says: { en: 'the check that refused the cached entry', zh: '使缓存失效的那一项检查' },
        },
      ],
    },
  ],
  remedies: {
    title: {
      en: 'What helps, each tried on the broken host',
      zh: '哪些办法有用（各自从故障主机开始）',
    },
    after: 2,
    domain: 'test.xml',
    tries: [
      {
        name: 'chmod 666',
        lines: ['chmod 666 /dev/kvm'],
        says: { en: 'writes the mask', zh: '只写 mask' },
      },
      {
        name: 'udevadm trigger',
        lines: ['udevadm trigger --subsystem-match=misc --sysname-match=kvm', 'udevadm settle'],
        says: { en: 'preserves the permissions', zh: '权限被认为无需改动' },
      },
      {
        name: 'setfacl -b',
        lines: ['setfacl -b /dev/kvm'],
        says: { en: 'keeps group::---', zh: '保留 group::---' },
      },
      {
        name: 'setfacl -b, then trigger',
        lines: [
          'setfacl -b /dev/kvm',
          'udevadm trigger --subsystem-match=misc --sysname-match=kvm',
          'udevadm settle',
        ],
        says: { en: 'now chmod reaches the group', zh: 'chmod 这才写到组' },
      },
      {
        name: 'setfacl -m g::rw',
        lines: ['setfacl -m g::rw /dev/kvm'],
        says: { en: 'mends the entry itself', zh: '直接修好这一项' },
      },
      {
        name: 'reload kvm_intel',
        lines: ['modprobe -r kvm_intel', 'modprobe kvm_intel', 'udevadm settle'],
        says: { en: 'a new node', zh: '新的节点' },
      },
      {
        name: 'reboot',
        lines: ['reboot'],
        says: { en: 'a new node, rules first', zh: '新的节点，规则先行' },
      },
    ],
  },
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
  order: {
    first: [],
    among: {
      operator: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }],
      root: ['yum -y install qemu-kvm-ev'],
    },
    last: [],
    so: 'getfacl -c /dev/kvm | grep -q group::---',
    count: [2, 3],
  },
  ends: {
    shows: [
      'could not find capabilities for arch=x86_64 domaintype=kvm ',
      "<domain type='kvm'/>",
      'Domain t1 created from test.xml',
      "KVM was not enabled when probing '/usr/libexec/qemu-kvm', but it should be usable now",
    ],
    lacks: ['Permission denied'],
  },
};
