/** A cache file that cannot be read costs a probe, and nothing else. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain, debugLog } from './domain.ts';

const log = '/var/log/libvirt/libvirtd.log';

export const cacheFileCorrupt: Scenario = {
  title: { en: 'A cache file full of rubbish', zh: '缓存文件里是垃圾' },
  symptom: 'slow',
  kind: 'libvirt',
  story: {
    en: 'A full disk or a crash left half a file. libvirt warns, asks QEMU and writes the file anew: no repair is needed, and deleting the cache, the favourite advice of forums, repairs nothing that libvirt does not repair by itself.',
    zh: '磁盘满或崩溃留下半个文件。libvirt 给出警告，去问 QEMU，再重写文件：不需要任何修复。论坛最爱的“删缓存”，能修好的 libvirt 自己都会修好。',
  },
  source: 'libvirt 5.0.0 src/util/virfilecache.c virFileCacheLoad',
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
          type: 'for f in /var/cache/libvirt/qemu/capabilities/*; do echo "<qemuCaps" > $f; done',
          says: { en: 'and spoiled', zh: '再弄坏它' },
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
          type: `grep -m1 -o 'Failed to load cached data' ${log}`,
          says: { en: 'after a warning', zh: '只有一条警告' },
        },
        {
          type: 'grep -c "<flag" /var/cache/libvirt/qemu/capabilities/*.xml | head -1',
          says: { en: 'and the file is whole', zh: '文件又完整了' },
        },
      ],
    },
  ],
  now: {
    en: 'Nothing: libvirt has repaired its file itself. Look why the disk lost it.',
    zh: '无需处理：libvirt 已自己修好文件。查查磁盘为何丢了它。',
  },
  facts: { outdated: 'file corrupt', rights: 'enough', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'libvirt has probed again by itself: nothing is left to mend.',
      zh: 'libvirt 已自行重新探测，没有要修的。',
    },
  },
  ends: { shows: ['Failed to load cached data', ' created from test.xml'], lacks: ['error:'] },
};
