/** The large one: people at two consoles, an installation and guests by hand, all at once. */
import type { HostModel } from '../sim/explain/model.ts';

/** A guest that is made and ends at once: each sends udevd a `change` event when it begins and when it is gone. */
const startAndQuit = (seat: 'root@pts/1' | 'root@pts/2' | 'root@pts/3') =>
  ({
    run: '/usr/libexec/qemu-kvm -machine none,accel=kvm -nodefaults -nographic -qmp stdio'.split(' '),
    stdin: '{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n',
    as: seat,
  }) as const;

export const busyConsole: HostModel = {
  title: 'a busy console',
  asks: 'Two people come and go at two consoles, one brings the other to the front, a package is installed and three guests are started: what can all this leave behind?',
  profile: 'centos7',
  large: true,
  grain: ['node', 'seat file'],
  before: [
    { run: ['useradd', 'guest'], as: 'root@pts/0' },
    { login: 'root', on: 'pts/1' },
    { login: 'root', on: 'pts/2' },
    { login: 'root', on: 'pts/3' },
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
    admin: {
      terminal: 'pts/0',
      lines: [{ run: ['yum', '-y', 'install', 'qemu-kvm-ev'], as: 'root@pts/0' }],
    },
    first: { terminal: 'pts/1', lines: [startAndQuit('root@pts/1')] },
    second: { terminal: 'pts/2', lines: [startAndQuit('root@pts/2')] },
    third: {
      terminal: 'pts/3',
      lines: [startAndQuit('root@pts/3'), { run: ['chvt', '2'], as: 'root@pts/3' }],
    },
  },
  sometimes: [
    'the incident is there',
    'group kvm has its rights',
    'somebody has an entry who is not at the seat',
  ],
};
