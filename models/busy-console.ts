/** The large one: two people at two consoles, an installation, and guests by hand, all at once. */
import type { HostModel } from '../sim/explain/model.ts';

const quits = `{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n`;
const guest = '/usr/libexec/qemu-kvm -machine none,accel=kvm -nodefaults -nographic -qmp stdio'.split(' ');

export const busyConsole: HostModel = {
  title: 'a busy console',
  asks: 'Two people come and go, one changes the console in front, a package is installed and guests are started: what can all this leave behind?',
  profile: 'centos7',
  grain: ['node', 'seat file'],
  before: [{ run: ['useradd', 'guest'], as: 'root@pts/0' }, { login: 'root', on: 'pts/1' }],
  persons: {
    operator: {
      terminal: 'tty1',
      lines: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }],
    },
    guest: { terminal: 'tty2', lines: [{ login: 'guest', on: 'tty2' }, {logout: 'tty2'}] },
    admin: {
      terminal: 'pts/0',
      lines: [{ run: ['yum', '-y', 'install', 'qemu-kvm-ev'], as: 'root@pts/0' }, { run: ['chvt', '2'], as: 'root@pts/0' }],
    },
    other: {
      terminal: 'pts/1',
      lines: [{ run: guest, stdin: quits, as: 'root@pts/1' }],
    },
  },
  sometimes: [
    'the incident is there',
    'group kvm has its rights',
    'somebody has an entry who is not at the seat',
  ],
};
