/** What a report can tell of the user who runs QEMU, and of what he may. */
import type { Subject } from './fact.ts';

const asQemu = 'setpriv --reuid=USER --regid=GROUP --init-groups';

export const rights = {
  maker: {
    ask: 'id -u',
    values: {
      root: { en: 'the report was made by root', zh: '报告由 root 收集' },
      person: { en: 'the report was made by an ordinary user', zh: '报告由普通用户收集' },
    },
  },
  ownGroups: {
    ask: 'id; id "$(id -un)"',
    values: {
      stale: {
        en: 'this session lacks a group that /etc/group gives its user',
        zh: '本会话缺少 /etc/group 已给该用户的组',
      },
      current: {
        en: 'this session has the groups of /etc/group',
        zh: '本会话的组与 /etc/group 一致',
      },
    },
  },
  qemuUser: {
    ask: 'grep ^user /etc/libvirt/qemu.conf; id qemu; id libvirt-qemu',
    values: {
      packaged: { en: "QEMU runs as its package's user", zh: 'QEMU 以软件包建立的用户运行' },
      configured: {
        en: 'qemu.conf names another user for QEMU',
        zh: 'qemu.conf 给 QEMU 指定了别的用户',
      },
      root: { en: 'qemu.conf lets QEMU run as root', zh: 'qemu.conf 让 QEMU 以 root 运行' },
    },
  },
  member: {
    ask: 'id qemu; stat -c %g /dev/kvm',
    values: {
      yes: { en: "QEMU's user is in the node's group", zh: 'QEMU 的用户在节点的属组里' },
      no: { en: "QEMU's user is not in the node's group", zh: 'QEMU 的用户不在节点的属组里' },
    },
  },
  groupMay: {
    ask: 'getfacl -n /dev/kvm',
    values: {
      yes: { en: "the node's group may read and write", zh: '节点的属组可读写' },
      no: { en: "the node's group may not read and write", zh: '节点的属组不可读写' },
    },
  },
  rights: {
    ask: 'getfacl -n /dev/kvm; id qemu',
    values: {
      enough: { en: "mode and ACL let QEMU's user in", zh: '权限与 ACL 允许 QEMU 的用户' },
      refused: { en: "mode and ACL keep QEMU's user out", zh: '权限与 ACL 拒绝 QEMU 的用户' },
    },
  },
  check: {
    ask: `${asQemu} test -w /dev/kvm; echo $?`,
    values: {
      passes: { en: 'test -r and test -w pass for it', zh: '它的 test -r 与 test -w 通过' },
      fails: { en: 'test -r or test -w fails for it', zh: '它的 test -r 或 test -w 失败' },
    },
  },
  openAsQemu: {
    ask: `${asQemu} sh -c 'true </dev/kvm'; echo $?`,
    values: {
      opens: { en: 'a shell of that user can open the node', zh: '该用户的 shell 能打开节点' },
      EACCES: {
        en: 'a shell of that user gets: Permission denied',
        zh: '该用户的 shell 得到 Permission denied',
      },
      EPERM: {
        en: 'a shell of that user gets: Operation not permitted',
        zh: '该用户的 shell 得到 Operation not permitted',
      },
      ENODEV: {
        en: 'a shell of that user gets: No such device',
        zh: '该用户的 shell 得到 No such device',
      },
      ENOENT: { en: 'a shell of that user finds no node', zh: '该用户的 shell 找不到节点' },
    },
  },
  groupsChanged: {
    ask: 'stat -c "%Y %n" /etc/group; stat -c %Z /dev/kvm',
    values: {
      'since the node': {
        en: '/etc/group has changed since the node was last touched',
        zh: '节点上次变动之后 /etc/group 又改过',
      },
      'before the node': {
        en: '/etc/group has not changed since the node was touched',
        zh: '/etc/group 在节点变动之后没有改过',
      },
    },
  },
  lsmSaid: {
    ask: "dmesg | grep -E 'avc: .*denied|apparmor=.DENIED'",
    values: {
      denied: {
        en: 'a security module has refused KVM to somebody',
        zh: '安全模块拒绝过对 KVM 的访问',
      },
      nothing: { en: 'no refusal of a security module is on record', zh: '没有安全模块拒绝的记录' },
    },
  },
} as const satisfies Record<string, Subject>;
