/**
 * A booted kernel to make single system calls on, as anybody. kvm_intel is kept from loading by itself.
 */

import { newHost, type Setup } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import type { Credentials } from '../../sim/kernel/credentials.ts';
import { root } from '../../sim/kernel/credentials.ts';
import { handle } from '../../sim/kernel/kernel.ts';
import type { Request } from '../../sim/kernel/request.ts';
import type { KernelState, Task } from '../../sim/kernel/state.ts';

export type Lab = {
  kernel: KernelState;
  now: number;
  /** One system call as these credentials; the state moves on. Answers undefined when the call blocks. */
  call: (request: Request, as?: Credentials) => unknown;
};

const PID = 9999;

export function lab(setup: Setup = {}, profile = 'centos7'): Lab {
  const files = [
    ...(setup.files ?? []),
    { path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\nblacklist kvm_amd\n' },
  ];
  const { world } = newHost(profileNamed(profile), { ...setup, files });
  const init = world.kernel.tasks[1];
  if (init === undefined) throw new Error('the booted host has no PID 1');
  const mine: Lab = {
    kernel: world.kernel,
    now: world.now,
    call(request, as = root) {
      const known = mine.kernel.tasks[PID] ?? {
        ...init,
        pid: PID,
        ppid: 1,
        fds: {},
        comm: 'test',
        exe: '/usr/bin/test',
      };
      const task: Task = { ...known, cred: as, state: 'running', parked: null };
      const kernel = { ...mine.kernel, tasks: { ...mine.kernel.tasks, [PID]: task } };
      mine.now += mine.kernel.switches.tickMs;
      const reaction = handle(kernel, PID, request, mine.now);
      mine.kernel = reaction.kernel;
      return reaction.replies.find((reply) => reply.pid === PID)?.answer;
    },
  };
  return mine;
}
