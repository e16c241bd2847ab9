/** libvirtd starts before the module is there, and remembers a host without KVM. */
import type { Scenario } from '../sim/play/scenario.ts';
import { because } from './because.ts';
import { anyDomain } from './domain.ts';

const late = `[Unit]
Description=Load KVM late

[Service]
Type=oneshot
ExecStart=/usr/sbin/modprobe kvm_intel

[Install]
WantedBy=multi-user.target
`;

export const bootRace: Scenario = {
  title: { en: 'libvirtd was up before the module', zh: '开机时 libvirtd 比模块早' },
  symptom: 'remembered',
  kind: 'libvirt',
  story: {
    en: 'A unit of one’s own loads kvm_intel, and nothing orders it before libvirtd, which looks for KVM at its start and finds none. After every boot guests are refused until somebody runs virsh capabilities; a restart of libvirtd "repairs" it, so it looks like a fault of libvirt’s.',
    zh: '自己写的 unit 负责加载 kvm_intel，却没排在 libvirtd 之前；libvirtd 启动时找不到 KVM。于是每次开机后虚拟机都被拒绝，直到有人运行 virsh capabilities；重启 libvirtd 又“好了”，看上去像 libvirt 的毛病。',
  },
  source:
    'libvirt 5.0.0 src/qemu/qemu_driver.c qemuStateInitialize; https://github.com/adrahon/vagrant-kvm/issues/20',
  setup: {
    files: [
      anyDomain,
      { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\n' },
      { path: '/usr/lib/systemd/system/load-kvm.service', content: late },
      {
        path: '/etc/systemd/system/multi-user.target.wants/zz-load-kvm.service',
        target: '/usr/lib/systemd/system/load-kvm.service',
      },
      { path: '/usr/lib/systemd/system/zz-load-kvm.service', target: 'load-kvm.service' },
    ],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7'],
  cannot: { debian12: because.noDriverCaps, recorded500: because.noVmx },
  chapters: [
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
        {
          type: 'systemctl status libvirtd zz-load-kvm | grep -E "Active|Main"',
          says: { en: 'who came first', zh: '谁先启动' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        { type: 'reboot', says: { en: 'a reboot', zh: '重启主机' } },
        { type: 'virsh create test.xml', says: { en: 'is no better', zh: '还是一样' } },
        {
          type: 'echo kvm_intel > /etc/modules-load.d/kvm.conf; rm /etc/modprobe.d/kvm.conf',
          says: { en: 'systemd’s own way is earlier', zh: '用 systemd 自带的方式更早' },
        },
        { type: 'reboot', says: { en: 'and now', zh: '这次' } },
        { type: 'virsh create test.xml', says: { en: 'the guest runs', zh: '虚拟机运行' } },
      ],
    },
  ],
  ends: {
    shows: ['kvm_intel', 'could not find capabilities', ' created from test.xml'],
    lacks: ['Permission denied'],
  },
};
