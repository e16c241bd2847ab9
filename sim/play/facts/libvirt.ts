/** What a report can tell of the emulators and of libvirt: what it has written down, and what it answers. */
import type { Subject } from './fact.ts';

const cache = 'stat -c "%Y %n" /var/cache/libvirt/qemu/capabilities/*.xml';
const log = 'journalctl -u libvirtd';

export const libvirt = {
  release: {
    ask: 'rpm -q libvirt-daemon || dpkg-query -W libvirt-daemon',
    values: {
      'before 5.1': { en: 'libvirt is older than 5.1', zh: 'libvirt 早于 5.1' },
      'from 5.1': {
        en: 'libvirt is 5.1 or later: it probes with CAP_DAC_OVERRIDE',
        zh: 'libvirt 为 5.1 或更新：探测时带 CAP_DAC_OVERRIDE',
      },
    },
  },
  daemon: {
    ask: 'systemctl is-active libvirtd',
    values: {
      active: { en: 'libvirtd runs', zh: 'libvirtd 在运行' },
      'not active': { en: 'libvirtd does not run', zh: 'libvirtd 没有运行' },
    },
  },
  daemonSince: {
    ask: 'stat -c %Y /run/libvirtd.pid; stat -c %Z /dev/kvm',
    values: {
      'before the node': {
        en: 'libvirtd was started before the node was last touched',
        zh: 'libvirtd 的启动早于节点上次变动',
      },
      'after the node': {
        en: 'libvirtd was started after the node was last touched',
        zh: 'libvirtd 的启动晚于节点上次变动',
      },
    },
  },
  emulator: {
    ask: 'virsh -r capabilities | grep "<emulator>"',
    values: {
      packaged: { en: "libvirt takes a package's emulator", zh: 'libvirt 用的是软件包的模拟器' },
      'by hand': {
        en: 'libvirt takes an emulator that no package has installed',
        zh: 'libvirt 用的模拟器不是软件包装的',
      },
    },
  },
  builtWithKvm: {
    ask: "grep -c 'ioctl(KVM_CREATE_VM)' EMULATOR",
    values: {
      yes: { en: 'the emulator was built with KVM', zh: '模拟器编译时带有 KVM' },
      no: { en: 'the emulator was built without KVM', zh: '模拟器编译时没有 KVM' },
    },
  },
  entry: {
    ask: 'grep "flag name=.kvm" /var/cache/libvirt/qemu/capabilities/*.xml',
    values: {
      kvm: { en: 'what libvirt had written down says kvm', zh: 'libvirt 的缓存文件写着 kvm' },
      'no kvm': {
        en: 'what libvirt had written down does not say kvm',
        zh: 'libvirt 的缓存文件没有 kvm',
      },
      missing: { en: 'libvirt had written nothing down', zh: 'libvirt 没有缓存文件' },
    },
  },
  entryAge: {
    ask: `${cache}; stat -c %Z /dev/kvm`,
    values: {
      'before the node': {
        en: 'it was written before the node was last touched',
        zh: '它写于节点上次变动之前',
      },
      'after the node': {
        en: 'it was written after the node was last touched',
        zh: '它写于节点上次变动之后',
      },
    },
  },
  probedNow: {
    ask: `${cache}; virsh capabilities; ${cache}`,
    values: {
      yes: {
        en: 'asked just now, libvirt ran the emulator again',
        zh: '刚才询问时，libvirt 又运行了一次模拟器',
      },
      no: {
        en: 'asked just now, libvirt answered from memory',
        zh: '刚才询问时，libvirt 凭记忆回答',
      },
    },
  },
  capabilities: {
    ask: 'virsh -r capabilities | grep "<domain type"',
    values: {
      kvm: { en: "libvirt lists <domain type='kvm'/>", zh: "libvirt 列出了 <domain type='kvm'/>" },
      'no kvm': {
        en: "libvirt does not list <domain type='kvm'/>",
        zh: "libvirt 没有列出 <domain type='kvm'/>",
      },
      silent: { en: 'libvirt does not answer', zh: 'libvirt 不回答' },
    },
  },
  refusal: {
    ask: `${log} | grep -E "could not find capabilities|Cannot check QEMU"`,
    values: {
      'this arch': {
        en: "the last guest that it refused was of this host's arch",
        zh: '它最近拒绝的虚拟机与本机架构相同',
      },
      'foreign arch': {
        en: 'the last guest that it refused was of another arch',
        zh: '它最近拒绝的虚拟机是别的架构',
      },
      'missing emulator': {
        en: 'the last guest that it refused names an emulator that is not there',
        zh: '它最近拒绝的虚拟机指定了不存在的模拟器',
      },
      nothing: { en: 'no guest is on record as refused', zh: '没有拒绝虚拟机的记录' },
    },
  },
  qemuSaid: {
    ask: 'tail /var/log/libvirt/qemu/*.log',
    values: {
      EACCES: { en: 'QEMU last said: Permission denied', zh: 'QEMU 最近说：Permission denied' },
      EPERM: {
        en: 'QEMU last said: Operation not permitted',
        zh: 'QEMU 最近说：Operation not permitted',
      },
      EBUSY: {
        en: 'QEMU last said: Device or resource busy',
        zh: 'QEMU 最近说：Device or resource busy',
      },
      ENODEV: { en: 'QEMU last said: No such device', zh: 'QEMU 最近说：No such device' },
      ENOENT: {
        en: 'QEMU last said: No such file or directory',
        zh: 'QEMU 最近说：No such file or directory',
      },
      nothing: { en: 'no word of QEMU about KVM is on record', zh: '没有 QEMU 关于 KVM 的记录' },
    },
  },
  outdated: {
    ask: 'grep -E "Outdated|Failed to load cached" /var/log/libvirt/libvirtd.log',
    values: {
      'file corrupt': {
        en: 'libvirt found its cached file corrupt and asked QEMU again',
        zh: 'libvirt 发现缓存文件损坏，又问了 QEMU',
      },
      'libvirt changed': {
        en: 'libvirt found a file of another libvirt and asked QEMU again',
        zh: 'libvirt 发现缓存来自别的 libvirt，又问了 QEMU',
      },
      'binary changed': {
        en: 'libvirt found the emulator replaced and asked it again',
        zh: 'libvirt 发现模拟器已被替换，又问了它',
      },
      'microcode changed': {
        en: 'libvirt found new microcode and asked QEMU again',
        zh: 'libvirt 发现微码更新，又问了 QEMU',
      },
      'kernel changed': {
        en: 'libvirt found another kernel and asked QEMU again',
        zh: 'libvirt 发现内核更换，又问了 QEMU',
      },
      'not available now': {
        en: 'libvirt refuses its entry each time: KVM is not available now',
        zh: 'libvirt 每次都否定缓存：KVM 现在不可用',
      },
      'usable now': {
        en: 'libvirt found KVM usable at last and asked QEMU again',
        zh: 'libvirt 发现 KVM 已可用，又问了 QEMU',
      },
      nothing: {
        en: 'libvirt logged no reason to ask QEMU again',
        zh: 'libvirt 没有记录重新询问的原因',
      },
    },
  },
  guest: {
    ask: 'grep -o "accel[= ][a-z]*" /var/log/libvirt/qemu/*.log',
    values: {
      tcg: {
        en: 'the last guest was started with tcg: it was asked for so',
        zh: '最近的虚拟机以 tcg 启动：请求就是如此',
      },
      kvm: { en: 'the last guest was started with KVM', zh: '最近的虚拟机以 KVM 启动' },
      none: { en: 'no guest was ever started', zh: '从未启动过虚拟机' },
    },
  },
} as const satisfies Record<string, Subject>;
