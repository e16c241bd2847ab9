/**
 * The one function that carries a world on: a choice in, the world after it out.
 */
import { changedHardware, type HardwareChange } from '../kernel/hardware.ts';
import type { KernelState } from '../kernel/state.ts';
import type { Choice, Fault, Permit } from './choice.ts';
import { connect, hangUp, receive, send } from './client.ts';
import { advance, type Machinery, tick } from './route.ts';
import { passUntil, settle } from './schedule.ts';
import { login, logout, run } from './terminal.ts';
import type { World } from './world.ts';

/** `udevd:7/chmod`: the process and the call it is about to make. */
export function pickName(world: World, pid: number): string {
  const task = world.kernel.tasks[pid];
  return `${task?.comm ?? '?'}:${pid}/${world.processes[pid]?.request.call ?? '?'}`;
}

function pick(machinery: Machinery, world: World, name: string): World {
  const [, pid = ''] = /:(\d+)\//.exec(name) ?? [];
  const stands = pickName(world, Number(pid));
  if (stands !== name)
    throw new Error(
      `Cannot pick ${name}: at this point there is ${stands}. The trace is of another version or was edited.`,
    );
  return advance(machinery, world, Number(pid));
}

function brokenKernel(kernel: KernelState, fault: Fault['fault']): KernelState {
  if ('createVm' in fault) {
    return {
      ...kernel,
      faults: { ...kernel.faults, createVm: [...kernel.faults.createVm, fault.createVm] },
    };
  }
  if ('noSpace' in fault)
    return { ...kernel, faults: { ...kernel.faults, noSpace: fault.noSpace } };
  if ('fail' in fault)
    return { ...kernel, faults: { ...kernel.faults, calls: [...kernel.faults.calls, fault.fail] } };
  if ('refuse' in fault) {
    const refusal = { by: fault.refuse, rdev: fault.rdev, subject: fault.subject };
    return { ...kernel, refusals: [...kernel.refusals, refusal] };
  }
  throw new Error(
    `Unknown fault ${JSON.stringify(fault)}: see host/choice.ts for those that exist.`,
  );
}

const permitted = (kernel: KernelState, [major, minor]: Permit['permit']): KernelState => ({
  ...kernel,
  refusals: kernel.refusals.filter(({ rdev }) => rdev[0] !== major || rdev[1] !== minor),
});

/** The power goes, the setting is made, the power comes back. */
function withFirmware(machinery: Machinery, world: World, change: HardwareChange): World {
  const hardware = changedHardware(world.kernel.hardware, change);
  const off = { ...world, kernel: { ...world.kernel, hardware } };
  return settle(machinery, machinery.reboot(off));
}

export function step(machinery: Machinery, world: World, choice: Choice): World {
  if ('run' in choice) return run(machinery, world, choice);
  if ('login' in choice) return login(machinery, world, choice);
  if ('logout' in choice) return logout(machinery, world, choice);
  if ('pick' in choice) return pick(machinery, world, choice.pick);
  if ('connect' in choice) return connect(machinery, world, choice);
  if ('send' in choice) return send(machinery, world, choice);
  if ('receive' in choice) return receive(machinery, world, choice);
  if ('hangUp' in choice) return hangUp(machinery, world, choice);
  if ('firmware' in choice) return withFirmware(machinery, world, choice.firmware);
  if ('permit' in choice) return { ...world, kernel: permitted(world.kernel, choice.permit) };
  if ('tick' in choice) {
    const then = world.now + choice.tick;
    if (choice.settle === false) return tick(machinery, world, then);
    return settle(machinery, passUntil(machinery, world, then));
  }
  return { ...world, kernel: brokenKernel(world.kernel, choice.fault) };
}
