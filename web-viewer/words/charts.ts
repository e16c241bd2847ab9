/** What the states of the machines mean, in Chinese; the machines themselves say it in English. */
import { own } from '../../sim/kernel/own.ts';
import type { Words } from '../../sim/play/scenario.ts';

const states: Readonly<Record<string, string>> = {
  'virtualization.off': '所有 CPU 上 VMX 都关着；第一台虚拟机会打开它。',
  'virtualization.kvm': '至少有一台 KVM 虚拟机。',
  'virtualization.other':
    '另一个虚拟机管理器（VirtualBox、VMware）已设置 CR4.VMXE：KVM_CREATE_VM 返回 EBUSY。',
  'module.absent': '不在 /proc/modules 里。',
  'module.initializing': '初始化函数正在运行；失败就会被卸载。',
  'module.live': '打开的设备和运行中的虚拟机持有引用。',
  'udevd.idle': '无事可做；规则可能悄悄过时。',
  'udevd.busy': '有事件在等待或正在处理。',
  'udevd.leaving': '已被要求退出：等待的丢弃，运行中的可以做完。',
  'udevd.gone': '进程结束。',
  'seat.vacant': '面前没有人：只有 getty，或什么都没有。',
  'seat.occupied': '有一个会话在前台；它的用户在每个 uaccess 设备的 ACL 里有条目。',
  'service.inactive': 'inactive（dead）：未运行。',
  'service.active': 'active（running）：运行中。',
  'service.failed': 'failed：已失败。',
  'qemu.launching': '正在读取选项；pidfile 与套接字已有，还没有加速器答应。',
  'qemu.prelaunch': '主板已有，CPU 从未运行：-S 停在这里。',
  'qemu.running': 'vCPU 在运行。',
  'qemu.paused': 'vCPU 被 monitor 停下。',
  'qemu.exiting': 'qemu_cleanup：删除套接字，关闭描述符。',
  'monitor.idle': '在监听；事件会丢失。',
  'monitor.negotiating': 'qmp_cap_negotiation_commands：只有 qmp_capabilities 可用，不发事件。',
  'monitor.commanding': 'qmp_commands：全部命令可用，会发事件。',
  'capsCache.absent': '表里没有条目；磁盘上可能有文件。',
  'capsCache.checking': 'virQEMUCapsIsValid 在检查条目。',
  'capsCache.loading': '读取文件并同样检查；过时的文件会被删除。',
  'capsCache.probing': '以 -machine none,accel=kvm:tcg 启动 QEMU，并通过 QMP 询问。',
  'capsCache.saving': '写文件；写不成，这次探测就作废。',
  'capsCache.serving': '有条目；每次查询先检查它。',
  'libvirtd.starting': 'qemuStateInitialize：在任何人能连接之前，第一次探测可能就在这里。',
  'libvirtd.serving': '同时等待客户端和 monitor。',
  'libvirtd.stopped': '退出码 0；套接字没了，虚拟机还在运行。',
  'domain.shut off': '没有进程；/etc/libvirt/qemu 里有文件说明要启动什么。',
  'domain.starting': 'QEMU 已启动并以 -S 停住，正在等它的 monitor。',
  'domain.running': 'vCPU 在运行。丢了文件也只是变成临时域。',
  'domain.gone': 'virsh 不再认识这个名字。',
};

/** English and Chinese of one state of one chart. */
export const stateWords = (chart: string, state: string, description: string): Words => ({
  en: description,
  zh: own(states, `${chart}.${state}`) ?? description,
});
