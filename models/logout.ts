/** A logout on the console while udevd handles the package's trigger. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const logout: HostModel = {
  title: 'logout against install',
  asks: 'The operator logs out on the console while qemu-kvm-ev is being installed: what is left on the node?',
  profile: 'centos7',
  before: [{ login: 'operator', on: 'tty1' }],
  grain: ['node', 'seat file'],
  persons: {
    operator: { terminal: 'tty1', lines: [{ logout: 'tty1' }] },
    admin: {
      terminal: 'pts/0',
      lines: [{ run: ['yum', '-y', 'install', 'qemu-kvm-ev'], as: 'root@pts/0' }],
    },
  },
  sometimes: ['the incident is there', 'somebody has an entry who is not at the seat'],
};
