/**
 * What a QMP command is: a signature, and what it does to the machine it is sent to.
 */

import { memoOf } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import type { Signature } from './arguments.ts';
import { type Dict, type Json, share } from './json/value.ts';
import type { MonitorEvent } from './monitor.machine.ts';
import type { Qemu, QemuEvent } from './qemu.machine.ts';
import { generic, type Outcome, type QmpError } from './qmp.ts';
import type { QemuSwitches } from './switches.ts';

/** What KVM said of the processor when it came up; asked once and kept. */
export type KvmOffer = Readonly<{
  /** KVM_GET_SUPPORTED_CPUID */
  cpuid: string;
  /** KVM_GET_MSRS of MSR_IA32_ARCH_CAPABILITIES on /dev/kvm */
  msr: number;
  /** CPUID's name of the processor, which KVM does not filter. */
  modelId: string;
}>;

/** The process and its guest as the commands see it. */
export type Vm = Readonly<{
  qemu: Qemu;
  /** null under TCG. */
  kvm: KvmOffer | null;
  switches: QemuSwitches;
  machine: string;
  /** What the binary emulates: query-target. */
  target: 'x86_64' | 'i386';
  /** -name; -uuid. */
  name: string | null;
  uuid: string | null;
  vcpus: number;
  ramBytes: number;
  pid: number;
  /** -mon ...,x-oob=on (2.12); every socket monitor (4.0 and later). */
  offersOob: boolean;
  negotiated: boolean;
}>;

/** The answer, and what the command makes happen to the process or to its monitor's session. */
export type Result = Outcome & Readonly<{ happened?: QemuEvent; session?: MonitorEvent }>;

export type Command = Readonly<{
  arguments: Signature;
  run: (vm: Vm, given: Dict) => Sys<Result>;
  /** QCO_ALLOW_OOB */
  outOfBand?: boolean;
}>;

export type Commands = Readonly<Record<string, Command>>;

export const answer = (value: Json): Result => ({ return: value });
export const done: Result = { return: {} };
export const refuse = (error: QmpError | string): Result => ({
  error: typeof error === 'string' ? generic(error) : error,
});

const MOST_ANSWERS = 512;
const answersOf = memoOf((_: object) => new Map<string, Result>());

/** The answer to one question about something that never changes: the same object for all who ask. */
export function once(about: object, question: string, ask: () => Result): Result {
  const answers = answersOf(about);
  const known = answers.get(question);
  if (known !== undefined) return known;
  const result = ask();
  if ('return' in result && typeof result.return === 'object' && result.return !== null)
    share(result.return);
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(question, result);
  return result;
}

/** A command that asks the kernel nothing. */
export const pure = (run: (vm: Vm, given: Dict) => Result, signature: Signature = {}): Command => ({
  arguments: signature,
  *run(vm, given) {
    return run(vm, given);
  },
});
