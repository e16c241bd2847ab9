/**
 * qemu-kvm-ev and qemu-kvm-common-ev, as the CentOS Virt SIG builds them; the release is the incident's.
 *
 * Models: qemu-kvm-ev.spec 2.12.0 %post -n qemu-kvm-common-ev, %post, 80-kvm.rules
 *
 * The users come with the common package, so they exist before the rule is unpacked. kvm.modules has not been
 * part of the x86 package since 1.5.0-2: running it is a silent no-op. Nothing here calls setfacl or settle.
 */
import { executable } from '../../kernel/executable.ts';
import type { Package } from '../package.ts';

const version = { epoch: 10, version: '2.12.0', release: '33.1.fh.3.4.el7' };

export const qemuKvmCommonEv: Package = {
  ...version,
  name: 'qemu-kvm-common-ev',
  summary: 'QEMU common files needed by all QEMU targets',
  requires: [],
  files: [
    {
      path: '/etc/sysconfig/ksm',
      content: '# The maximum number of unswappable kernel pages\n',
      config: true,
    },
  ],
  pre: [],
  post: [
    {
      unless: ['getent', 'group', 'kvm'],
      argv: ['groupadd', '-g', '36', '-r', 'kvm'],
      text: 'getent group kvm >/dev/null || groupadd -g 36 -r kvm',
    },
    {
      unless: ['getent', 'group', 'qemu'],
      argv: ['groupadd', '-g', '107', '-r', 'qemu'],
      text: 'getent group qemu >/dev/null || groupadd -g 107 -r qemu',
    },
    {
      unless: ['getent', 'passwd', 'qemu'],
      argv: [
        'useradd',
        '-r',
        '-u',
        '107',
        '-g',
        'qemu',
        '-G',
        'kvm',
        '-d',
        '/',
        '-s',
        '/sbin/nologin',
        '-c',
        'qemu user',
        'qemu',
      ],
      text: 'getent passwd qemu >/dev/null || \\\nuseradd -r -u 107 -g qemu -G kvm -d / -s /sbin/nologin \\\n  -c "qemu user" qemu',
    },
  ],
  postun: [],
};

export const qemuKvmEv: Package = {
  ...version,
  name: 'qemu-kvm-ev',
  summary: 'QEMU is a machine emulator and virtualizer',
  requires: ['qemu-kvm-common-ev'],
  files: [
    { path: '/usr/libexec/qemu-kvm', mode: 0o755, content: executable('qemu-kvm') },
    {
      path: '/usr/lib/udev/rules.d/80-kvm.rules',
      content: 'KERNEL=="kvm", GROUP="kvm", MODE="0666", OPTIONS+="static_node=kvm"\n',
    },
  ],
  pre: [],
  post: [
    {
      argv: ['udevadm', 'control', '--reload'],
      text: "# load kvm modules now, so we can make sure no reboot is needed.\n# If there's already a kvm module installed, we don't mess with it\n\nudevadm control --reload >/dev/null 2>&1 || :",
    },
    {
      argv: ['sh', '/etc/sysconfig/modules/kvm.modules'],
      text: 'sh /etc/sysconfig/modules/kvm.modules &> /dev/null || :',
    },
    {
      argv: ['udevadm', 'trigger', '--subsystem-match=misc', '--sysname-match=kvm', '--action=add'],
      text: '    udevadm trigger --subsystem-match=misc --sysname-match=kvm --action=add || :',
    },
  ],
  postun: [],
};
