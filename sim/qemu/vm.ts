/**
 * A virtual machine before anything has happened to it.
 */
import type { Vm } from './command.ts';
import { launching } from './qemu.machine.ts';
import type { QemuSwitches } from './switches.ts';

export const freshVm = (switches: QemuSwitches): Vm => ({
  qemu: launching,
  kvm: null,
  switches,
  machine: 'none',
  target: 'x86_64',
  name: null,
  uuid: null,
  vcpus: 0,
  ramBytes: 0,
  pid: 0,
  offersOob: switches.oob === 'exec',
  negotiated: false,
});
