/** libvirtd starts before the module is there, and remembers a host without KVM. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because, recorders } from './because.ts';
import { anyDomain } from './domain.ts';

export const bootRace: Scenario = {
  title: { en: 'libvirtd was up before the module', zh: '开机时 libvirtd 比模块早' },
  symptom: 'remembered',
  kind: 'libvirt',
  story: {
    en: 'rc.local loads kvm_intel, long after libvirtd has looked for KVM and found none. After every boot guests are refused until somebody runs virsh capabilities; a restart of libvirtd "repairs" it, so it looks like a fault of libvirt’s.',
    zh: 'kvm_intel 由 rc.local 加载，而 libvirtd 早已找过 KVM、没找到。于是每次开机后虚拟机都被拒绝，直到有人运行 virsh capabilities；重启 libvirtd 又“好了”，看上去像 libvirt 的毛病。',
  },
  source:
    'libvirt 5.0.0 src/qemu/qemu_driver.c qemuStateInitialize; https://github.com/adrahon/vagrant-kvm/issues/20',
  setup: {
    files: [anyDomain, { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\n' }],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7'],
  cannot: { debian12: because.noDriverCaps, ...recorders('noVmx') },
  chapters: [
    {
      title: 'before',
      view: 'layers',
      lines: [
        { type: 'modprobe kvm_intel', says: { en: 'rc.local, at the end', zh: '最后的 rc.local' } },
      ],
    },
    {
      title: 'seen',
      lines: [
        {
          type: 'ls -l /dev/kvm; lsmod | grep kvm_intel',
          says: { en: 'all is there', zh: '该有的都有' },
        },
        {
          type: 'virsh create test.xml',
          says: { en: 'not for libvirtd', zh: 'libvirtd 不这么看' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: 'reboot', says: { en: 'a reboot', zh: '重启主机' } },
        {
          type: 'modprobe kvm_intel; virsh create test.xml',
          says: { en: 'the same again', zh: '还是一样' },
        },
        {
          type: 'rm /etc/modprobe.d/kvm.conf; mkdir -p /etc/modules-load.d; echo kvm_intel > /etc/modules-load.d/kvm.conf',
          says: { en: 'systemd’s own way is early', zh: '用 systemd 自带的方式，更早' },
        },
        { type: 'reboot', says: { en: 'and now', zh: '这次' } },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  now: {
    en: 'virsh capabilities now; for good let /etc/modules-load.d load the module, not rc.local.',
    zh: '现在运行 virsh capabilities；要长久就用 /etc/modules-load.d 加载模块，不要 rc.local。',
  },
  facts: {
    rights: 'enough',
    release: 'before 5.1',
    daemonSince: 'before the node',
    blacklisted: 'yes',
    entry: 'no kvm',
    capabilities: 'kvm',
  },
  fixes: { proved: ['virsh capabilities', 'systemctl restart libvirtd'] },
  order: {
    first: ['systemctl stop libvirtd'],
    among: {
      modprobe: ['modprobe kvm_intel; udevadm settle'],
      libvirtd: ['systemctl start libvirtd'],
    },
    last: [],
    so: '! virsh create test.xml',
    count: [1, 2],
  },
  ends: {
    shows: ['kvm_intel', 'could not find capabilities', ' created from test.xml'],
    lacks: ['Permission denied'],
  },
};
