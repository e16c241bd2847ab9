/** One of logind's calls on the node fails: what it wanted to take away, or to give, is as it was. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const logindFails: HostModel = {
  title: "a call of logind's fails",
  asks: "The operator comes and goes at the console, and once one of logind's calls on the node may fail: whose entries can be left there?",
  profile: 'centos7',
  setup: { packages: ['qemu-kvm-ev'] },
  grain: ['node', 'seat file'],
  persons: {
    operator: { terminal: 'tty1', lines: [{ login: 'operator', on: 'tty1' }, { logout: 'tty1' }] },
  },
  failing: {
    atMost: 1,
    calls: [
      { comm: 'systemd-logind', call: 'setxattr', path: '/dev/kvm', errno: 'EIO' },
      { comm: 'systemd-logind', call: 'getxattr', path: '/dev/kvm', errno: 'EIO' },
    ],
  },
  always: ['group kvm has its rights'],
  sometimes: [
    'somebody has an entry of his own',
    'somebody has an entry who is not at the seat',
  ],
};
