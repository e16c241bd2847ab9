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
  ruleAmongOthers: {
    en: "the node's rule is a line of udev's 50-udev-default.rules, which nobody masks alone",
    zh: '节点的规则只是 udev 的 50-udev-default.rules 中的一行，不会被单独屏蔽',
  },
  groupWithUdev: {
    en: 'the package udev itself makes group kvm there',
    zh: '那里由 udev 软件包自己创建 kvm 组',
  },
  proberOverrides: {
    en: 'its libvirt (5.1 or later) probes with CAP_DAC_OVERRIDE, so rights do not hide KVM from it',
    zh: '那里的 libvirt（5.1 起）探测时带 CAP_DAC_OVERRIDE，权限挡不住它看到 KVM',
  },
  ruleOnAdd: {
    en: 'its rule sets the mode when the node is added, not at the change of each VM',
    zh: '那里的规则只在节点出现时设置权限，虚拟机引起的 change 事件不会触发',
  },
  udevdSetsGroup: {
    en: 'udevd gives the node the right number there; a container has no udevd',
    zh: '那里由 udevd 设置正确的组号；容器里没有 udevd',
  },
  openToAll: {
    en: 'its node is 0666: everybody may open it',
    zh: '那里的节点是 0666，谁都能打开',
  },
  noDriverCaps: {
    en: "from libvirt 6.0 a domain is checked against its emulator's entry, not the driver's capabilities",
    zh: 'libvirt 6.0 起，检查虚拟机时看的是模拟器的缓存条目，不再是驱动的 capabilities',
  },
  ambientUnknown: {
    en: 'it needs libvirt 5.1 or later, whose prober needs ambient capabilities, and it is not established that this kernel has them',
    zh: '需要 libvirt 5.1 以上，而其探测进程需要 ambient capabilities，这个内核是否具备尚无定论',
  },
  readsMicrocode: {
    en: 'from libvirt 5.3 the revision is read at each look-up',
    zh: 'libvirt 5.3 起每次查询都会读微码版本',
  },
} as const satisfies Record<string, Words>;

/** The two machines on which libvirt was recorded, for the same reason. */
export const recorders = (why: keyof typeof because) => ({
  recorded500: because[why],
  recorded900: because[why],
});
