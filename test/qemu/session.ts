/**
 * One QMP client against the monitor alone, without a kernel: for the tests of what is on the wire.
 */

import type { Vm } from '../../sim/qemu/command.ts';
import { idleMonitor, type Monitor, monitorAfter } from '../../sim/qemu/monitor.machine.ts';
import { announcement, receive } from '../../sim/qemu/monitor.ts';
import { qemuAfter } from '../../sim/qemu/qemu.machine.ts';
import { greeting, line } from '../../sim/qemu/qmp.ts';
import type { QemuSwitches } from '../../sim/qemu/switches.ts';
import { freshVm } from '../../sim/qemu/vm.ts';
import { answering } from './answers.ts';

export type Session = { monitor: Monitor; vm: Vm };

/** Recorded events bear the time of the recording. */
export const timeless = (text: string): string =>
  text.replace(/"seconds": \d+, "microseconds": \d+/g, '"seconds": 0, "microseconds": 0');

export function connect(switches: QemuSwitches, accelerator: 'kvm' | 'tcg' = 'tcg') {
  const vm = freshVm(switches);
  const chosen = qemuAfter(vm.qemu, { type: 'accelerator.chosen', accelerator }).qemu;
  const session: Session = {
    monitor: monitorAfter(idleMonitor, { type: 'client.connected' }),
    vm: { ...vm, qemu: chosen },
  };
  return { session, greeting: line(greeting(switches, vm.offersOob), switches) };
}

/** Bytes in, bytes out. */
export function send(session: Session, bytes: string): string {
  const after = answering(receive(session.monitor, session.vm, bytes), { clock: () => 0 });
  session.monitor = after.monitor;
  session.vm = after.vm;
  return after.output;
}

export { announcement };
