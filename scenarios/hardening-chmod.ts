/** A hardening script takes rights away with chmod; the next VM gives them back. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const hardeningChmod: Scenario = {
  title: { en: 'A chmod that the next VM undoes', zh: '一次 chmod，下个虚拟机就撤销它' },
  symptom: 'guests fail',
  kind: 'rights',
  story: {
    en: 'Each VM made or destroyed sends a change event for /dev/kvm, and the package’s rule applies to every action. So a chmod lasts until the next guest starts. 600 keeps guests of libvirt from starting at all, until root’s own QEMU heals it by accident.',
    zh: '每创建或销毁一个虚拟机，内核都为 /dev/kvm 发 change 事件，而软件包的规则对任何动作都生效。所以 chmod 只管到下一个虚拟机启动。600 会让 libvirt 的虚拟机起不来，直到 root 自己的 QEMU 无意中把它修好。',
  },
  source:
    'linux 3.10 virt/kvm/kvm_main.c kvm_uevent_notify_change; qemu-kvm-ev 80-kvm.rules; https://github.com/systemd/systemd/pull/12910',
  setup: { files: [anyDomain], packages: ['qemu-kvm-ev', 'libvirt'] },
  profiles: ['centos7'],
  cannot: { debian12: because.ruleOnAdd, ...recorders('noUdevd') },
  chapters: [
    {
      title: 'before',
      view: 'node',
      lines: [
        { type: 'chmod 640 /dev/kvm', says: { en: 'hardening: chmod 640', zh: '加固：chmod 640' } },
        {
          type: '/usr/libexec/qemu-kvm -S -nographic -nodefaults -pidfile /run/q -daemonize',
          says: { en: 'root tries a QEMU', zh: 'root 试跑 QEMU' },
        },
        { type: 'chmod 600 /dev/kvm', says: { en: 'again: chmod 600', zh: '再来：chmod 600' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'virsh create test.xml',
          says: { en: 'a guest of libvirt', zh: 'libvirt 的虚拟机' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: 'kill $(cat /run/q); sleep 1; ls -l /dev/kvm',
          says: { en: 'root’s QEMU ends', zh: 'root 的 QEMU 退出' },
        },
        { type: 'virsh create test.xml', says: { en: 'now it starts', zh: '现在能启动' } },
        {
          type: `echo 'KERNEL=="kvm", GROUP="kvm", MODE="0660"' > /etc/udev/rules.d/80-kvm.rules; udevadm control --reload`,
          says: { en: 'harden in the rule instead', zh: '应当在规则里加固' },
        },
        {
          type: 'virsh destroy t1; sleep 1; ls -l /dev/kvm',
          says: { en: 'it holds', zh: '这次保持住了' },
        },
        { type: 'virsh create test.xml', says: { en: 'and the guest runs', zh: '虚拟机也能运行' } },
      ],
    },
  ],
  now: {
    en: 'udevadm trigger --sysname-match=kvm; virsh capabilities. What is to stay belongs into the rule, not into a chmod.',
    zh: 'udevadm trigger --sysname-match=kvm; virsh capabilities。要长久就写进规则，不要 chmod。',
  },
  facts: {
    node: 'kvm',
    rule: 'effective',
    release: 'before 5.1',
    ruleLets: 'group',
    ruleAgrees: 'not the mode',
    rulesNewer: 'no',
    acl: 'minimal',
    rights: 'refused',
    capabilities: 'no kvm',
  },
  fixes: { proved: ['yum reinstall qemu-kvm-ev', 'udevadm trigger', 'setfacl -m g::rw'] },
  ends: {
    shows: [
      'Could not access KVM kernel module: Permission denied',
      't1 destroyed\n\ncrw-rw---- 1 root kvm',
    ],
    lacks: ['error:'],
  },
};
