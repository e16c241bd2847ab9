/** The first login on the console while the package is being installed, system call by system call. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const firstLogin: HostModel = {
  title: 'first login against install',
  asks: 'Somebody logs in on the console for the first time while qemu-kvm-ev is being installed: can that lock the group out?',
  profile: 'centos7',
  grain: ['node', 'seat file'],
  persons: {
    operator: { terminal: 'tty1', lines: [{ login: 'operator', on: 'tty1' }] },
    admin: {
      terminal: 'pts/0',
      lines: [{ run: ['yum', '-y', 'install', 'qemu-kvm-ev'], as: 'root@pts/0' }],
    },
  },
  always: ['the incident is not there'],
  sometimes: ['group kvm has its rights', 'somebody has an entry of his own'],
};
