/** QEMU's file is replaced under a running libvirtd: its ctime tells, whatever its mtime says. */
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain, debugLog } from './domain.ts';

const log = '/var/log/libvirt/libvirtd.log';
const qemu = '$(ls /usr/libexec/qemu-kvm /usr/bin/qemu-system-x86_64 2>/dev/null)';

export const qemuUpgradedInPlace: Scenario = {
  title: { en: 'QEMU was replaced, its date was not', zh: 'QEMU 换了，日期没变' },
  symptom: 'slow',
  kind: 'libvirt',
  story: {
    en: 'Packages and cp -p keep the mtime of the build, so a downgrade looks old and an upgrade may look unchanged. libvirt compares ctime, which nobody can set: the entry is refused at the next look, without a restart. A guest that runs keeps the old program.',
    zh: '软件包和 cp -p 会保留构建时的 mtime，降级看着更旧，升级也可能看着没变。libvirt 比较的是谁也改不了的 ctime：下次查询就否定缓存，不需要重启。运行中的虚拟机继续用旧程序。',
  },
  source: 'libvirt 5.0.0 virQEMUCapsIsValid (st_ctime of the binary)',
  setup: { files: [anyDomain, debugLog], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'a guest runs', zh: '虚拟机在运行' },
        },
        {
          type: `cp -p ${qemu} /tmp/new; stat -c %y ${qemu}; mv /tmp/new ${qemu}; stat -c %y ${qemu}`,
          says: { en: 'replaced, its mtime kept', zh: '替换，mtime 不变' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh domcapabilities >/dev/null', says: { en: 'the next look', zh: '下次查询' } },
        { type: `grep -m1 -o 'QEMU binary changed' ${log}`, says: { en: 'notices', zh: '发现了' } },
        { type: 'virsh list', says: { en: 'the guest is unharmed', zh: '虚拟机不受影响' } },
      ],
    },
  ],
  now: {
    en: 'Nothing: libvirt noticed by itself. Running guests keep the old program until they are restarted.',
    zh: '无需处理：libvirt 已察觉。运行中的虚拟机重启前仍用旧程序。',
  },
  facts: { outdated: 'binary changed', rights: 'enough', capabilities: 'kvm' },
  fixes: {
    none: {
      en: 'libvirt has probed again by itself: nothing is left to mend.',
      zh: 'libvirt 已自行重新探测，没有要修的。',
    },
  },
  ends: { shows: ['QEMU binary changed', ' t1 '], lacks: ['error:'] },
};
