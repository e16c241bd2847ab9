/** The models and what is asked of them, in Chinese; models/ and sim/explain say it in English. */
import { own } from '../../sim/kernel/own.ts';
import type { Words } from '../../sim/play/scenario.ts';

const models: Readonly<Record<string, Readonly<{ title: string; asks: string }>>> = {
  incident: {
    title: '事故本身',
    asks: '登录、注销、安装以及机器自己的动作，按哪些顺序会得到 mask::rw- 之下的 group::---？',
  },
  'first-login': {
    title: '首次登录与安装并行',
    asks: '正在安装 qemu-kvm-ev 时，有人第一次在控制台登录：这会把 kvm 组挡在门外吗？',
  },
  logout: {
    title: '注销与安装并行',
    asks: '正在安装 qemu-kvm-ev 时，operator 在控制台注销：节点上会留下什么？',
  },
  'second-login': {
    title: '再次登录与安装并行',
    asks: 'operator 以前来过；正在安装 qemu-kvm-ev 时又登录：会出现那场事故吗？',
  },
  'rule-from-boot': {
    title: '规则从开机就在',
    asks: '80-kvm.rules 从开机就在。每个事件都执行完才轮到下一个，还有什么能把组挡在门外？',
  },
  'module-reload': {
    title: '重载模块与席位易手并行',
    asks: '80-kvm.rules 从开机就在。重载 kvm_intel 加上席位易手，还会把组挡在门外吗？',
  },
  'same-second': {
    title: '同一秒内改了两次',
    asks: '节点先关后开，同时有人询问 libvirtd 的能力：QEMU 已能打开节点，libvirtd 会不会一直说不行？',
  },
  'logind-fails': {
    title: 'logind 的一次调用失败',
    asks: 'operator 在控制台登录又注销，其间 logind 对节点的调用可能失败一次：会留下谁的条目？',
  },
};

const properties: Readonly<Record<string, string>> = {
  'the incident is there': '出现那场事故',
  'the incident is not there': '没有出现那场事故',
  'group kvm has its rights': 'kvm 组有它的权限',
  'somebody has an entry of his own': '有人有自己的条目',
  'there is no node': '没有节点',
  'only who sits at the seat has an entry': '只有坐在席位上的人有条目',
  'somebody has an entry who is not at the seat': '不在席位上的人也有条目',
  'libvirt says no though QEMU opens the node': 'QEMU 能打开节点，libvirt 却说不行',
  'libvirt says no and QEMU is refused': 'libvirt 说不行，QEMU 也确实被拒',
};

export const modelWords = (
  name: string,
  { title, asks }: Readonly<{ title: string; asks: string }>,
): Readonly<{ title: Words; asks: Words }> => {
  const zh = own(models, name) ?? { title, asks };
  return { title: { en: title, zh: zh.title }, asks: { en: asks, zh: zh.asks } };
};

export const propertyWords = (property: string): Words => ({
  en: property,
  zh: own(properties, property) ?? property,
});
