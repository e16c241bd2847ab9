/** The rule is there from boot; the module is loaded anew and the seat changes hands before udevd has caught up. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const moduleReload: HostModel = {
  title: 'module reload against a seat switch',
  asks: '80-kvm.rules has been there since boot. Can a reload of kvm_intel and a change of hands at the seat still lock the group out?',
  profile: 'centos7',
  setup: { packages: ['qemu-kvm-ev'] },
  grain: ['node', 'seat file', 'udev database', 'modules'],
  persons: {
    operator: { terminal: 'tty1', lines: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }] },
    admin: {
      terminal: 'pts/0',
      lines: [
        { run: ['modprobe', '-r', 'kvm_intel'], as: 'root@pts/0' },
        { run: ['modprobe', 'kvm_intel'], as: 'root@pts/0' },
      ],
    },
  },
  sometimes: ['the incident is there', 'group kvm has its rights', 'there is no node'],
};
