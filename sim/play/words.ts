/**
 * kvmlab's own sentences, in both languages; program output is never translated.
 */
import type { Words } from './scenario.ts';

export type Language = 'en' | 'zh';

export const say = (words: Words, language: Language): string => words[language];

export const words = {
  opens: { en: 'opens', zh: '可打开' },
  noNode: { en: '(no node)', zh: '（无节点）' },
  mayQemu: { en: 'qemu', zh: 'qemu' },
  owner: { en: 'owner', zh: '属主' },
  createColumn: { en: 'virsh create', zh: 'virsh create' },
  guestColumn: { en: 'a running guest', zh: '运行中的虚拟机' },
  driverColumn: { en: 'driver', zh: '驱动' },
  tableColumn: { en: 'table', zh: '哈希表' },
  fileColumn: { en: 'file', zh: '文件' },
  exitColumn: { en: 'exit', zh: '退出码' },
  works: { en: 'works', zh: '成功' },
  'works after virsh capabilities': { en: 'works *', zh: '成功 *' },
  fails: { en: 'fails', zh: '失败' },
  unharmed: { en: 'unharmed', zh: '不受影响' },
  ended: { en: 'ends', zh: '被终止' },
  refused: { en: 'forbids it', zh: '使它无法进行' },
  star: {
    en: '* once `virsh capabilities` (or a restart) has refreshed libvirtd',
    zh: '* 需先运行一次 `virsh capabilities`（或重启 libvirtd）',
  },
  orders: { en: 'In every order of these', zh: '这些步骤的所有顺序' },
  stepByStep: { en: 'each step to its end', zh: '每步都做完' },
  withinOneSecond: { en: 'all within one second', zh: '都在同一秒内' },
  replay: { en: 'replay:', zh: '重放：' },
  playOne: {
    en: 'npm run scenario NAME plays one; npm run scenario -- "MESSAGE" finds by message',
    zh: 'npm run scenario NAME 播放一个；npm run scenario -- "错误信息" 按报错查找',
  },
  whichIsYours: {
    en: 'which is yours? sh collect.sh > r.txt there; npm run -s kvmlab -- why r.txt',
    zh: '哪个是你的？在那里 sh collect.sh > r.txt；再 npm run -s kvmlab -- why r.txt',
  },
  versions: {
    en: '● played with this version, it ends as told; · it does not; ? not judged',
    zh: '● 用该版本播放，结局与所述一致；· 不一致；? 无法判断',
  },
  notAsTold: { en: 'does NOT end as told', zh: '结局与所述不一致' },
} as const satisfies Record<string, Words>;
