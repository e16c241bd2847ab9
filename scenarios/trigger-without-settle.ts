/** udevadm trigger only asks; who goes on at once sees the node as it was. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const triggerWithoutSettle: Scenario = {
  title: { en: 'trigger returns before udev is done', zh: 'trigger 返回时 udev 还没做完' },
  symptom: 'remembered',
  kind: 'udev',
  story: {
    en: 'A slow rule (here one that waits for a program) keeps udevd busy. trigger has returned long before; a libvirtd that starts now finds the old rights, and 5.0 remembers what it found until somebody calls virsh capabilities. settle waits.',
    zh: '一条慢规则（这里要等一个程序）拖住了 udevd，而 trigger 早就返回了。此刻启动的 libvirtd 看到的是旧权限；5.0 会一直记着，直到有人运行 virsh capabilities。settle 会等待。',
  },
  source:
    'man udevadm(8) trigger, settle; libvirt 5.0.0 src/qemu/qemu_conf.c virQEMUDriverGetCapabilities',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7'],
  cannot: { debian12: because.proberOverrides, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        {
          type: `echo 'KERNEL=="kvm", PROGRAM="/usr/bin/sleep 5"' > /etc/udev/rules.d/70-slow.rules`,
          says: { en: 'a slow rule', zh: '一条慢规则' },
        },
        { type: 'systemctl stop libvirtd', says: { en: 'libvirtd stops', zh: '停掉 libvirtd' } },
        { type: 'chmod 600 /dev/kvm', says: { en: 'the rights are wrong', zh: '权限不对' } },
        {
          type: 'udevadm trigger --sysname-match=kvm; systemctl start libvirtd',
          says: { en: 'trigger; start libvirtd', zh: 'trigger；启动 libvirtd' },
        },
        { type: 'udevadm settle', says: { en: 'seconds later', zh: '几秒之后' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        { type: 'ls -l /dev/kvm', says: { en: 'all is well', zh: '一切正常' } },
        {
          type: 'virsh create test.xml',
          says: { en: 'not for libvirtd', zh: 'libvirtd 不这么看' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'udevadm trigger --sysname-match=kvm; udevadm settle; systemctl restart libvirtd',
          says: { en: 'with settle between', zh: '中间加 settle' },
        },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: 'virsh capabilities now; in the script: udevadm trigger, udevadm settle, then libvirtd.',
    zh: '现在运行 virsh capabilities；脚本里：udevadm trigger、udevadm settle，再启动 libvirtd。',
  },
  facts: {
    rights: 'enough',
    release: 'before 5.1',
    daemonSince: 'before the node',
    blacklisted: 'no',
    entry: 'no kvm',
    capabilities: 'kvm',
  },
  fixes: { proved: ['virsh capabilities', 'systemctl restart libvirtd'] },
  order: {
    first: [
      `echo 'KERNEL=="kvm", PROGRAM="/usr/bin/sleep 5"' > /etc/udev/rules.d/70-slow.rules`,
      'systemctl stop libvirtd; chmod 600 /dev/kvm',
      'udevadm trigger --sysname-match=kvm & true',
    ],
    among: { udevadm: ['udevadm settle'], systemctl: ['systemctl start libvirtd'] },
    last: ['udevadm settle'],
    together: true,
    so: '! virsh create test.xml',
    count: [1, 2],
  },
  twin: 'driver-caps-stale',
  ends: {
    shows: ['could not find capabilities', ' created from test.xml'],
    lacks: ['could not find capabilities'],
  },
};
