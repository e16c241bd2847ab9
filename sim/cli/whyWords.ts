/**
 * The words of `kvmlab why` that are not part of an explanation: headings, labels, verdicts.
 */
import type { Rung } from '../explain/chain/link.ts';
import type { Words } from '../explain/words.ts';

export const rungs: Readonly<Record<Rung, Words>> = {
  symptom: { en: 'symptom', zh: '现象' },
  driver: { en: 'libvirtd', zh: 'libvirtd' },
  cache: { en: 'cache', zh: '缓存' },
  access: { en: 'access(2)', zh: 'access(2)' },
  probe: { en: 'probe', zh: '探测' },
  qmp: { en: 'QMP', zh: 'QMP' },
  accelerator: { en: 'QEMU', zh: 'QEMU' },
  open: { en: 'system call', zh: '系统调用' },
  module: { en: 'module', zh: '模块' },
  node: { en: 'node', zh: '节点' },
  rule: { en: 'decided by', zh: '裁决' },
  written: { en: 'written', zh: '写入' },
  frozen: { en: 'frozen', zh: '固化' },
  emptied: { en: 'then', zh: '然后' },
  missed: { en: 'missed', zh: '未及' },
  since: { en: 'since', zh: '此后' },
};

export const words = {
  chain: { en: 'Why, from the symptom down', zh: '为什么：从现象往下' },
  came: { en: 'How it may have come about', zh: '可能的来龙去脉' },
  cameProved: { en: 'How it came about', zh: '来龙去脉' },
  near: { en: 'Near misses', zh: '差一点的顺序' },
  prevented: {
    en: 'What would have prevented it, each played again',
    zh: '怎样可以避免（均已重放验证）',
  },
  useless: { en: 'What would not have helped', zh: '无济于事的改动' },
  ask: { en: 'What to ask next', zh: '下一步查什么' },
  causes: { en: 'The known causes', zh: '已知原因' },
  models: { en: 'What was searched', zh: '搜索范围' },
  checks: {
    en: 'Checks on this host, while QEMU is locked out',
    zh: 'QEMU 被拒之时，各项检查的结果',
  },
  versions: { en: 'The same under other versions of libvirt', zh: '换成其他版本的 libvirt' },
  misleads: { en: 'passes', zh: '通过' },
  tells: { en: 'tells', zh: '能看出' },
  nothingSuch: { en: 'nothing of the kind', zh: '没有这类内容' },
  opens: { en: 'opens', zh: '可打开' },
  noNode: { en: '(no node)', zh: '（无节点）' },
  proved: { en: 'proved', zh: '已证实' },
  fits: { en: 'fits', zh: '吻合' },
  excluded: { en: 'excluded', zh: '已排除' },
  atomic: { en: 'atomic', zh: '原子' },
  race: { en: 'race', zh: '竞态' },
  fault: { en: 'fault', zh: '故障' },
  while: { en: 'when', zh: '当' },
} as const satisfies Record<string, Words>;
