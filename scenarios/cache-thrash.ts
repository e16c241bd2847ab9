/** The check and the probe disagree for ever: every question to libvirt starts QEMU again. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain, debugLog } from './domain.ts';

const count = "grep -c 'it is not available now' /var/log/libvirt/libvirtd.log";

export const cacheThrash: Scenario = {
  title: { en: 'Every question starts QEMU again', zh: '每问一次就启动一次 QEMU' },
  symptom: 'slow',
  kind: 'libvirt',
  story: {
    en: 'access(2) as QEMU’s user says no; the probing QEMU, with CAP_DAC_OVERRIDE, says yes. So the entry has KVM and the check refuses it, each time: a monitor that asks for capabilities every minute keeps a server busy with probes.',
    zh: '以 QEMU 用户问 access(2) 说不行，带 CAP_DAC_OVERRIDE 的探测 QEMU 却说行。于是缓存里写着有 KVM，检查又每次否定它：一个每分钟查询 capabilities 的监控，就让服务器不停地探测。',
  },
  source:
    'libvirt 9.0.0 virQEMUCapsIsValid with commit a2d3dea9d4 (5.1.0): measured, 4 launches a look',
  setup: { files: [anyDomain, debugLog] },
  profiles: ['debian12', 'recorded500,libvirt=5.1.0', 'recorded900'],
  cannot: { centos7: because.ambientUnknown },
  chapters: [
    {
      title: 'before',
      lines: [
        {
          type: 'systemctl restart libvirtd; virsh capabilities >/dev/null; chmod 600 /dev/kvm',
          says: { en: 'healthy, then not', zh: '先正常，后弄坏' },
        },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'virsh capabilities >/dev/null', says: { en: 'a question', zh: '问一次' } },
        { type: count, says: { en: 'refused so often', zh: '被否定的次数' } },
        {
          type: `n=$(${count}); virsh capabilities >/dev/null; test $(${count}) -gt $n && echo refused again`,
          says: { en: 'the same question', zh: '同样再问' },
        },
        {
          type: "grep -m1 'not available now' /var/log/libvirt/libvirtd.log | sed 's/.* : //'",
          says: { en: 'its words', zh: '日志原话' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: `rm /var/cache/libvirt/qemu/capabilities/*; systemctl restart libvirtd; virsh capabilities >/dev/null; ${count}`,
          says: { en: 'a clean cache thrashes as well', zh: '清空缓存照样反复' },
        },
        {
          type: `chmod 660 /dev/kvm; virsh capabilities >/dev/null; echo > /var/log/libvirt/libvirtd.log; virsh capabilities >/dev/null; ${count}`,
          says: { en: 'the rights end it', zh: '改好权限才停' },
        },
      ],
    },
  ],
  now: {
    en: 'chmod 660 /dev/kvm (or udevadm trigger). A clean cache thrashes as well.',
    zh: 'chmod 660 /dev/kvm（或 udevadm trigger）。清空缓存照样抖动。',
  },
  facts: {
    node: 'kvm',
    release: 'from 5.1',
    rights: 'refused',
    outdated: 'not available now',
    capabilities: 'kvm',
  },
  fixes: { proved: ['setfacl -m g::rw', 'chmod 666', 'setfacl --set u::rw,g::rw,o::rw'] },
  ends: { shows: ['refused again\n', 'KVM was enabled when probing'], lacks: ['error:'] },
};
