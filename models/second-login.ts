/** The second login on the console while the package is being installed: the node has a mask already. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const secondLogin: HostModel = {
  title: 'second login against install',
  asks: 'The operator has been here before and logs in again while qemu-kvm-ev is being installed: is that the incident?',
  profile: 'centos7',
  before: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }],
  grain: ['node', 'seat file'],
  persons: {
    operator: { terminal: 'tty1', lines: [{ login: 'operator', on: 'tty1' }] },
    admin: {
      terminal: 'pts/0',
      lines: [{ run: ['yum', '-y', 'install', 'qemu-kvm-ev'], as: 'root@pts/0' }],
    },
  },
  finally: ['the incident is not there'],
  sometimes: ['the incident is there', 'somebody has an entry of his own'],
};
