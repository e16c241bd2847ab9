/** The words of `kvmlab why REPORT`: headings, labels, verdicts. */
import type { Words } from '../explain/words.ts';

export const words = {
  broken: { en: 'Broken at', zh: '坏在' },
  works: { en: 'Nothing is broken: KVM works on this host.', zh: '没有坏：这台主机的 KVM 正常。' },
  unknown: {
    en: 'Nothing in the report is broken; what it does not tell is below',
    zh: '报告里没有坏的地方；它没说到的见下',
  },
  proved: { en: 'Cause, proved', zh: '原因（已证实）' },
  fits: { en: 'Cause, as far as the report goes (fits)', zh: '原因（就报告所及，吻合）' },
  none: { en: 'None of the known causes is proved.', zh: '没有一个已知原因得到证实。' },
  alike: { en: 'It proves as well', zh: '同样得到证实' },
  now: { en: 'Now', zh: '现在' },
  problems: { en: 'The report itself', zh: '报告本身' },
  where: { en: 'Where it is broken', zh: '坏在哪里' },
  holds: { en: 'holds', zh: '正常' },
  bad: { en: 'broken', zh: '坏' },
  open: { en: 'unknown', zh: '未知' },
  why: { en: 'What proves it', zh: '依据' },
  decides: { en: 'Who decides', zh: '由谁决定' },
  lets: { en: 'mode and ACL let QEMU in', zh: '权限与 ACL 允许 QEMU' },
  keeps: { en: 'mode and ACL keep QEMU out', zh: '权限与 ACL 拒绝 QEMU' },
  decidedBy: { en: 'decided by', zh: '决定者' },
  excluded: { en: 'Excluded', zh: '已排除' },
  notExcluded: {
    en: 'Not excluded, and the command that would decide',
    zh: '未能排除，以及能定论的命令',
  },
  came: { en: 'How it may have come about (fits)', zh: '可能的来龙去脉（吻合）' },
  noOrder: {
    en: 'No order of events that is searched leads there (somebody may still have written it) on',
    zh: '搜索过的事件顺序都到不了这里（仍可能是有人手工写的），主机为',
  },
  more: { en: 'and', zh: '另有' },
  moreOrders: { en: 'more orders', zh: '种顺序' },
  moreCauses: { en: 'others', zh: '个' },
  line: { en: 'line', zh: '第' },
  saysNothing: { en: 'nothing of the kind', zh: '没有这类内容' },
  further: { en: 'Further', zh: '进一步' },
  story: { en: 'the story, played', zh: '播放这个故事' },
  fixes: {
    en: 'every shortest repair, tried on a simulated host in this state',
    zh: '在处于该状态的模拟主机上试过的所有最短修复',
  },
  host: { en: 'The host', zh: '主机' },
  as: { en: 'Simulated as', zh: '按此模拟' },
} as const satisfies Record<string, Words>;
