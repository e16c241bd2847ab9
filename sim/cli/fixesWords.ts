/**
 * The words of `kvmlab fixes`: headings, columns, verdicts.
 */

import type { Told } from '../explain/fixes/goal.ts';
import type { Guests } from '../explain/fixes/risk.ts';
import type { Words } from '../explain/words.ts';

export const words = {
  harmless: {
    en: 'Nothing on this computer is changed: every command was typed on a copy of a simulated host.',
    zh: '本机不会有任何改动：所有命令都在模拟主机的副本上执行。',
  },
  works: {
    en: 'A KVM guest starts on this host: there is nothing to mend.',
    zh: '这台主机能启动 KVM 虚拟机：无需修复。',
  },
  worksAsTold: {
    en: 'A KVM guest starts on a simulated host in the state that the report tells of. If none does on yours, the cause lies in what the report does not tell: see `kvmlab why`.',
    zh: '处于报告所述状态的模拟主机能启动 KVM 虚拟机。若您的主机不能，原因在报告未述之处：见 `kvmlab why`。',
  },
  recommended: { en: 'Recommended', zh: '推荐' },
  all: { en: 'Every shortest repair', zh: '全部最短修复' },
  useless: { en: 'Looks right, does nothing', zh: '看似正确，实则无效' },
  searched: { en: 'What was typed', zh: '尝试范围' },
  ranking: {
    en: 'Best first: most survived, least harm to guests, others as usual, node as usual, least to tell libvirtd.',
    zh: '最优在前：经受最多、对虚拟机影响最小、其他用户照旧、节点照旧、libvirtd 需通知最少。',
  },
  hasty: {
    en: 'If the node changed and libvirtd looked at it within the same second, libvirtd does not notice the repair: then `touch /dev/kvm` a second later.',
    zh: '若节点变化、libvirtd 查看与修复都在同一秒内，libvirtd 不会察觉：一秒之后 `touch /dev/kvm`。',
  },
  tellColumn: { en: 'then', zh: '随后' },
  survivesColumn: { en: 'survives', zh: '经受' },
  guestColumn: { en: 'a guest', zh: '虚拟机' },
  nodeColumn: { en: '/dev/kvm', zh: '/dev/kvm' },
  commandsColumn: { en: 'commands', zh: '命令' },
  noNode: { en: '(none)', zh: '（无）' },
  legend: {
    en: '- lost; small: libvirtd must be told again; blank: not on this host; +N: as many ways to the same',
    zh: '- 失效；小写：需再次通知 libvirtd；空白：此主机没有；+N：另有 N 种等效办法',
  },
  none: {
    en: 'No repair was found with these commands.',
    zh: '用这些命令没有找到修复办法。',
  },
  replay: { en: 'replay:', zh: '重放：' },
} as const satisfies Record<string, Words>;

export const told: Readonly<Record<Told, Words>> = {
  nothing: { en: '-', zh: '-' },
  capabilities: { en: 'caps', zh: 'caps' },
  restart: { en: 'restart', zh: 'restart' },
};

/** What is typed after the repair, and why. */
export const tellLine: Readonly<Record<Told, Words | null>> = {
  nothing: null,
  capabilities: {
    en: 'caps: then `virsh capabilities` (or a restart), which renews what libvirtd has in memory',
    zh: 'caps：随后运行 `virsh capabilities`（或重启 libvirtd），否则内存中的 capabilities 不会更新',
  },
  restart: {
    en: 'restart: then `systemctl restart libvirtd`: what it holds is not renewed otherwise',
    zh: 'restart：随后运行 `systemctl restart libvirtd`，否则它所持有的不会更新',
  },
};

export const guests: Readonly<Record<Guests, Words>> = {
  unharmed: { en: 'unharmed', zh: '不受影响' },
  refused: { en: 'forbids', zh: '使其无法' },
  ended: { en: 'ends', zh: '被终止' },
  none: { en: 'none', zh: '无' },
};

/** A sentence for each. */
export const guestSentence: Readonly<Record<Guests, Words>> = {
  unharmed: { en: 'a running guest is unharmed', zh: '运行中的虚拟机不受影响' },
  refused: { en: 'a running guest makes it fail', zh: '有虚拟机运行时无法进行' },
  ended: { en: 'it ends running guests', zh: '会终止运行中的虚拟机' },
  none: { en: 'no guest can be running', zh: '此时不可能有虚拟机在运行' },
};
