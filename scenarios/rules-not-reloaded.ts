/** udevd looks at its rules files every three seconds at most; who is quicker gets the old ones. */
import type { Scenario } from '../sim/play/scenario.ts';
import { recorders } from './because.ts';

const rule = (mode: string) =>
  `echo 'KERNEL=="kvm", GROUP="kvm", MODE="${mode}"' > /etc/udev/rules.d/99-kvm.rules`;
const trigger = 'udevadm trigger --sysname-match=kvm; udevadm settle';

export const rulesNotReloaded: Scenario = {
  title: { en: 'The new rule came too soon', zh: '新规则来得太快' },
  symptom: 'denied',
  kind: 'udev',
  story: {
    en: 'udevd 219 compares the times of the rules directories with each event, but not more than once in three seconds. A script that triggers, writes a rule and triggers again is served by the old rules, and nothing says so. control --reload first.',
    zh: 'udevd 219 处理事件时会比较规则目录的时间，但三秒内只看一次。脚本先触发、再写规则、马上又触发，用的仍是旧规则，而且没有任何提示。应先 control --reload。',
  },
  source: 'systemd v219 src/udev/udevd.c main (usec check of 3 s), udev_rules_check_timestamp',
  setup: { packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12'],
  cannot: recorders('noUdevd'),
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        {
          type: `${trigger}; ${rule('0600')}; ${trigger}`,
          says: { en: 'trigger, rule, trigger', zh: '触发、写规则、再触发' },
        },
        { type: 'sleep 3', says: { en: 'three seconds later', zh: '三秒之后' } },
        { type: trigger, says: { en: 'the same trigger', zh: '同样的触发' } },
        {
          type: `${rule('0660')}; udevadm control --reload; ${trigger}`,
          says: { en: 'rule, reload, trigger', zh: '写规则、reload、触发' },
        },
      ],
    },
    {
      title: 'cause',
      lines: [
        {
          type: `${trigger}; ${rule('0640')}; ${trigger}; ls -l /dev/kvm`,
          says: { en: 'again too soon: as before', zh: '又太快：没变' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: `udevadm control --reload; ${trigger}; ls -l /dev/kvm`,
          says: { en: 'told to look', zh: '让它看一眼' },
        },
      ],
    },
  ],
  now: {
    en: 'udevadm control --reload; udevadm trigger --sysname-match=kvm.',
    zh: 'udevadm control --reload; udevadm trigger --sysname-match=kvm。',
  },
  facts: {
    node: 'kvm',
    acl: 'minimal',
    nodeGroup: ['kvm', 'root'],
    rule: 'effective',
    ruleAgrees: ['not the mode', 'not the group', 'neither'],
    rulesNewer: ['yes', 'same second'],
  },
  fixes: {
    none: {
      en: "No QEMU and no libvirt is locked out here: it is about udevd's rules alone.",
      zh: '这里没有 QEMU 或 libvirt 被挡住，只关乎 udevd 的规则。',
    },
  },
  ends: { shows: ['crw-rw---- 1 root kvm', 'crw-r----- 1 root kvm'], lacks: ['crw-------'] },
};
