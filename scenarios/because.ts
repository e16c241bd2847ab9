/** Why a scenario cannot be played on a host: reasons that several scenarios share. */
import type { Words } from '../sim/play/scenario.ts';

export const because = {
  noUdevd: {
    en: 'that machine has no udevd, and a line of tmpfiles.d makes its node',
    zh: '那台机器没有 udevd，节点由 tmpfiles.d 的一行创建',
  },
  ruleFromTheStart: {
    en: "udev's own rule sets group and mode in the node's first event there, before any ACL",
    zh: '那里 udev 自带的规则在节点的第一个事件就设好组与权限，早于任何 ACL',
  },
  primaryGroup: {
    en: "kvm is the primary group of QEMU's user there, whatever /etc/group says",
    zh: '那里 kvm 是 QEMU 用户的主组，与 /etc/group 无关',
  },
  noYum: {
    en: 'its steps are packages of CentOS, and apt is not simulated',
    zh: '步骤用的是 CentOS 的软件包，而 apt 没有模拟',
  },
  noVmx: {
    en: 'its processor is an AMD, and its steps are those of an Intel',
    zh: '那里是 AMD 处理器，而步骤针对 Intel',
  },
  noConsole: {
    en: 'nobody can log in at a seat there: it has no console and no udevd',
    zh: '那里没有控制台，也没有 udevd，没人能在本机席位登录',
  },
  oldLibvirt: {
    en: 'its libvirt is of another age: swap it with --profile, see --versions',
    zh: '那里的 libvirt 版本不同：可用 --profile 换掉，见 --versions',
  },
} as const satisfies Record<string, Words>;
