/**
 * The large one: a million and more states. Two people come and go at two consoles, the seat is switched between them, a
 * guest is started, and libvirtd is asked what it can do.
 */
import type { HostModel } from '../sim/explain/models/model.ts';

export const busyHost: HostModel = {
  title: 'a busy host',
  asks: 'Two people come and go at two consoles, now one and now the other in front, a guest is started by hand, and libvirtd, asked what it can do, probes /dev/kvm: whose entries can be left on the node?',
  profile: 'centos7',
  setup: { packages: ['qemu-kvm-ev', 'libvirt'] },
  large: true,
  grain: ['node', 'seat file', 'caches'],
  before: [
    { run: ['useradd', 'guest'], as: 'root@pts/0' },
    { login: 'root', on: 'pts/1' },
    { login: 'root', on: 'pts/2' },
    // QEMU is newer than what libvirtd remembers of it: it will be probed anew.
    { run: ['touch', '/usr/libexec/qemu-kvm'], as: 'root@pts/0' },
  ],
  persons: {
    operator: {
      terminal: 'tty1',
      lines: [
        { login: 'operator', on: 'tty1' },
        { logout: 'tty1' },
      ],
    },
    guest: { terminal: 'tty2', lines: [{ login: 'guest', on: 'tty2' }, { logout: 'tty2' }] },
    virt: {
      terminal: 'pts/1',
      lines: [{ run: ['virsh', 'domcapabilities', '--virttype', 'kvm'], as: 'root@pts/1' }],
    },
    // Made and over at once: udevd hears of the node when the VM begins and when it is gone.
    vm: {
      terminal: 'pts/2',
      lines: [
        {
          run: '/usr/libexec/qemu-kvm -machine none,accel=kvm -nodefaults -nographic -qmp stdio'.split(
            ' ',
          ),
          stdin: '{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n',
          as: 'root@pts/2',
        },
      ],
    },
    admin: {
      terminal: 'pts/0',
      lines: [
        { run: ['chvt', '2'], as: 'root@pts/0' },
        { run: ['chvt', '1'], as: 'root@pts/0' },
      ],
    },
  },
  sometimes: [
    'somebody has an entry who is not at the seat',
    'group kvm has its rights',
    'somebody has an entry of his own',
  ],
};
