/** A cache that another libvirt wrote is refused at once. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain, debugLog } from './domain.ts';

const log = '/var/log/libvirt/libvirtd.log';

export const cacheFromOtherVersion: Scenario = {
  title: { en: 'A cache of another libvirt', zh: '别的版本写下的缓存' },
  symptom: 'slow',
  kind: 'libvirt',
  story: {
    en: 'After an update, a downgrade or a restored backup the file names another version or another time of libvirtd’s own file. That is the first thing libvirt compares; a wrong file costs one probe. So "the cache is from the old version" is never the reason of a missing KVM.',
    zh: '升级、降级或恢复备份之后，文件里记的版本或 libvirtd 自身的时间不符。这是 libvirt 最先比较的；不符只需再探测一次。所以“缓存是旧版本的”绝不是 KVM 缺失的原因。',
  },
  source:
    'libvirt 5.0.0 virQEMUCapsIsValid; commit 66ce769d27 (6.5.0) stops reading such a file early',
  setup: { files: [anyDomain, debugLog], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh capabilities >/dev/null; systemctl stop libvirtd',
          says: { en: 'a file is written', zh: '写下缓存文件' },
        },
        {
          type: "sed -i 's/<selfvers>.*</<selfvers>4004000</' /var/cache/libvirt/qemu/capabilities/*.xml",
          says: { en: 'by 4.4.0, it says', zh: '谎称是 4.4.0 写的' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'it works', zh: '能用' },
        },
        {
          type: `grep -m1 -o 'libvirt changed .*' ${log}`,
          says: { en: 'why QEMU was asked', zh: '为什么又问了 QEMU' },
        },
        {
          type: 'grep -h selfvers /var/cache/libvirt/qemu/capabilities/*.xml | tail -1',
          says: { en: 'and the file is its own', zh: '文件又是自己的了' },
        },
      ],
    },
  ],
  now: {
    en: 'Nothing: it cost one probe. The old cache is never the reason of a missing KVM.',
    zh: '无需处理：只多探测一次。旧缓存从来不是缺少 KVM 的原因。',
  },
  facts: { outdated: 'libvirt changed', rights: 'enough', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'libvirt has probed again by itself: nothing is left to mend.',
      zh: 'libvirt 已自行重新探测，没有要修的。',
    },
  },
  ends: {
    shows: ['libvirt changed (', '4004000 vs ', ' created from test.xml'],
    lacks: ['error:'],
  },
};
