/** What a report can tell of the device node and of the rules that are to give it its rights. */
import type { Subject } from './fact.ts';

export const device = {
  node: {
    ask: 'stat /dev/kvm',
    values: {
      kvm: { en: '/dev/kvm is the device 10:232', zh: '/dev/kvm 是设备 10:232' },
      absent: { en: 'there is no /dev/kvm', zh: '没有 /dev/kvm' },
      other: {
        en: '/dev/kvm is something else than the device 10:232',
        zh: '/dev/kvm 不是设备 10:232',
      },
    },
  },
  mount: {
    ask: "grep ' /dev ' /proc/mounts",
    values: {
      nodev: { en: '/dev is mounted nodev', zh: '/dev 以 nodev 挂载' },
      devices: { en: '/dev is not mounted nodev', zh: '/dev 未以 nodev 挂载' },
    },
  },
  open: {
    ask: 'true </dev/kvm',
    values: {
      opens: { en: 'whoever made the report can open it', zh: '收集报告的人能打开它' },
      EACCES: {
        en: 'not even the maker of the report may open it',
        zh: '收集报告的人也无权打开它',
      },
      EPERM: {
        en: 'opening it is forbidden whatever the rights: Operation not permitted',
        zh: '无论权限如何都禁止打开：Operation not permitted',
      },
      ENODEV: { en: 'opening it finds no device behind it', zh: '打开时背后没有设备' },
      ENOENT: { en: 'there is nothing to open', zh: '没有可打开的东西' },
    },
  },
  acl: {
    ask: 'getfacl -n /dev/kvm',
    values: {
      minimal: { en: 'the node has no ACL beyond its mode', zh: '节点除权限位外没有 ACL' },
      frozen: {
        en: 'an ACL with a mask: its owning group may nothing, and chmod cannot reach it',
        zh: 'ACL 带有 mask：属组没有权限，而 chmod 改不到它',
      },
      extended: { en: 'the node has an ACL that lets its group in', zh: '节点的 ACL 允许属组' },
    },
  },
  namedUser: {
    ask: 'getfacl -n /dev/kvm',
    values: {
      yes: { en: 'the ACL names a user', zh: 'ACL 里点名了某个用户' },
      no: { en: 'the ACL names no user', zh: 'ACL 里没有点名用户' },
    },
  },
  defaultAcl: {
    ask: 'getfacl -n /dev',
    values: {
      yes: {
        en: '/dev has a default ACL, which every new node inherits',
        zh: '/dev 有默认 ACL，新节点都会继承',
      },
      no: { en: '/dev has no default ACL', zh: '/dev 没有默认 ACL' },
    },
  },
  nodeGroup: {
    ask: 'ls -l /dev/kvm; getent group kvm',
    values: {
      kvm: { en: 'the node belongs to group kvm', zh: '节点属于 kvm 组' },
      root: { en: 'the node belongs to group root', zh: '节点属于 root 组' },
      nameless: {
        en: 'the node belongs to a group that has no name here',
        zh: '节点属于一个在此没有名字的组',
      },
      other: { en: 'the node belongs to some other group', zh: '节点属于别的组' },
    },
  },
  rule: {
    ask: 'grep -rs kvm /etc/udev/rules.d /run/udev/rules.d /usr/lib/udev/rules.d',
    values: {
      none: { en: 'no udev rule sets its rights', zh: '没有设置其权限的 udev 规则' },
      masked: { en: 'the udev rule is masked', zh: 'udev 规则被屏蔽' },
      effective: { en: 'a udev rule sets its rights', zh: '有 udev 规则设置其权限' },
    },
  },
  lastRule: {
    ask: 'grep -rs kvm /etc/udev/rules.d /run/udev/rules.d /usr/lib/udev/rules.d',
    values: {
      site: {
        en: 'the last word is a rule of this site, not the package',
        zh: '最后生效的是本地规则，而非软件包的',
      },
      package: { en: "the last word is a package's rule", zh: '最后生效的是软件包的规则' },
    },
  },
  ruleAgrees: {
    ask: 'udevadm test /devices/virtual/misc/kvm',
    values: {
      yes: { en: 'mode and group are as the rule says', zh: '权限与组和规则一致' },
      'not the mode': { en: 'the mode is not what the rule says', zh: '权限与规则不符' },
      'not the group': { en: 'the group is not what the rule says', zh: '组与规则不符' },
      neither: { en: 'neither mode nor group is what the rule says', zh: '权限和组都与规则不符' },
    },
  },
  ruleLets: {
    ask: 'udevadm test /devices/virtual/misc/kvm',
    values: {
      nobody: { en: 'the rule lets nobody in but root', zh: '规则只允许 root' },
      group: { en: 'the rule lets its group in', zh: '规则允许其组' },
    },
  },
  rulesNewer: {
    ask: 'stat -c "%Z %n" /etc/udev/rules.d /etc/udev/rules.d/* /usr/lib/udev/rules.d /dev/kvm',
    values: {
      yes: {
        en: 'the rules have changed since the node was last touched',
        zh: '节点上次变动之后规则又改过',
      },
      'same second': {
        en: 'the rules have changed in the second in which the node was last touched',
        zh: '规则与节点的上次变动在同一秒',
      },
      no: { en: 'the node was touched after the rules', zh: '节点的变动晚于规则' },
    },
  },
  udevSaid: {
    ask: "journalctl -b | grep -E '(specified|resolve|Unknown) group'",
    values: {
      'unknown group': {
        en: 'udevd did not know the group of a rule',
        zh: 'udevd 不认识规则里的组',
      },
      nothing: { en: 'udevd knew the groups of its rules', zh: 'udevd 认识规则里的组' },
    },
  },
} as const satisfies Record<string, Subject>;
