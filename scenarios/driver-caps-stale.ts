/** The host is repaired, two of libvirt's memories know it, and the third decides. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain } from './domain.ts';

export const driverCapsStale: Scenario = {
  title: { en: 'Repaired, and libvirt still says no', zh: '修好了，libvirt 还说不行' },
  symptom: 'remembered',
  kind: 'libvirt',
  story: {
    en: 'Before 6.0 a domain is checked against the driver’s own capabilities, made when the daemon started. domcapabilities renews table and file and then says that KVM is fine, while create fails; only virsh capabilities (or a restart) renews what create asks.',
    zh: '6.0 之前，虚拟机要对照驱动自己的 capabilities 检查，而它是守护进程启动时生成的。domcapabilities 只更新哈希表和文件，然后说 KVM 没问题，create 却仍失败；只有 virsh capabilities（或重启）才会更新 create 要看的那份。',
  },
  source:
    'libvirt 5.0.0 src/qemu/qemu_conf.c virQEMUDriverGetCapabilities; commit 2578d74aee (6.0.0)',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7', 'recorded500'],
  cannot: { debian12: because.noDriverCaps, recorded900: because.noDriverCaps },
  chapters: [
    {
      title: 'before',
      view: 'layers',
      lines: [
        { type: 'chmod 600 /dev/kvm', says: { en: 'the rights are wrong', zh: '权限不对' } },
        {
          type: 'systemctl restart libvirtd',
          says: { en: 'when libvirtd starts', zh: 'libvirtd 启动时' },
        },
        { type: 'chmod 666 /dev/kvm', says: { en: 'the repair', zh: '修复' } },
        { type: 'virsh create test.xml', says: { en: 'the guest is refused', zh: '虚拟机被拒绝' } },
        {
          type: 'virsh domcapabilities --virttype kvm',
          says: { en: 'KVM is fine', zh: 'KVM 没问题' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest is refused', zh: '虚拟机被拒绝' } },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'virsh create test.xml',
          says: { en: 'asking again is no help', zh: '反复尝试没用' },
        },
        {
          type: 'virsh capabilities | grep -c "<domain type=\'kvm\'/>"',
          says: { en: 'this renews the driver’s', zh: '这才更新驱动的那份' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: 'virsh capabilities, once. Neither domcapabilities nor another create renews what create asks.',
    zh: '运行一次 virsh capabilities。domcapabilities 或再 create 都不会更新 create 所看的那一层。',
  },
  facts: {
    rights: 'enough',
    release: 'before 5.1',
    daemonSince: 'before the node',
    entry: 'kvm',
    capabilities: 'kvm',
    refusal: 'this arch',
  },
  fixes: { proved: ['virsh capabilities', 'systemctl restart libvirtd', 'reboot'] },
  twin: 'acl-group-empty',
  ends: {
    shows: ['could not find capabilities', '2\n', ' created from test.xml'],
    lacks: ['Permission denied'],
  },
};
