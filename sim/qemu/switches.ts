/**
 * What differs between the versions of QEMU that the lab knows, one named switch each.
 *
 * Models: qemu-kvm-ev-2.12.0-33.1.fh.3.4.el7 (the incident's build; read in 2.12.0-44.1.el7_8.1, whose code
 *   paths are the same), upstream 2.12.0 and 4.0.0, Debian's 7.2 (the one that was run and recorded)
 *
 * A host's profile places the switches as JSON at SWITCHES_FILE; without the file it is the el7 build.
 */
import { failed } from '../kernel/errno.ts';
import { memo } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';

export const SWITCHES_FILE = '/usr/lib/kvmlab/qemu.json';

export type QemuSwitches = Readonly<{
  version: readonly [major: number, minor: number, micro: number];
  /** What query-version and --version call the build. */
  package: string;
  /** CONFIG_KVM; a build for emulation alone has it not. */
  hasKvm: boolean;
  /** Names the tables of machine types, CPU models and devices in sim/qemu/data. */
  data: 'el7' | 'upstream212' | 'upstream40' | 'debian72';
  /**
   * colon-cut: names cut to 9 bytes, unknown ones skipped (2.12 accel/accel.c configure_accelerator);
   * colon: the same without the cut (4.0); list: -accel options in order (5.0 softmmu/vl.c configure_accelerators).
   */
  accelerators: 'colon-cut' | 'colon' | 'list';
  /** Without any option. by-name: "kvm:tcg" when the program's name ends in kvm (4.0 and later). */
  defaultAccelerator: 'tcg' | 'kvm:tcg' | 'by-name-tcg' | 'by-name-tcg:kvm';
  /** RHEL: more vCPUs than KVM recommends are refused, not warned about (kvm-all.c kvm_init). */
  hardVcpuLimitIsSoft: boolean;
  /** skip: lexer errors are "Invalid JSON syntax" (2.12); resync: they name the stray text (3.1 json-lexer.c). */
  jsonErrors: 'skip' | 'resync';
  /** fixed: printf %f without trailing zeros (2.12 qnum_to_string); exact: %.17g (7.2 json-writer.c). */
  doubles: 'fixed' | 'exact';
  /** Errors found before the command is dispatched are answered without their id (2.12 handle_qmp_command). */
  earlyErrorsLoseId: boolean;
  /** control: {"control": {"run-oob": true}}, x-oob=on (2.12); exec: "exec-oob", always offered (4.0). */
  oob: 'control' | 'exec';
  /** quit and system_reset: the reply before the event (2.12) or after it (7.2). */
  replyBeforeEvent: boolean;
  /** SHUTDOWN and RESET say why (4.0 and later). */
  reasonInEvents: boolean;
  /** atexit unlinks the pidfile (90a84d131c, after 3.0). */
  unlinksPidfile: boolean;
  /** The bad value of an enumeration: "Invalid parameter 'x'" or "... does not accept value 'x'" (6.0). */
  enumComplaint: 'invalid' | 'does-not-accept';
  /** -chardev x,server,nowait: a switch without = draws a warning (6.0 qemu-option.c opts_do_parse). */
  warnsShortSwitch: boolean;
  /** -machine: "unsupported machine type", or with the name after it (6.0). */
  namesBadMachine: boolean;
}>;

export const qemu212: QemuSwitches = {
  version: [2, 12, 0],
  package: '',
  hasKvm: true,
  data: 'upstream212',
  accelerators: 'colon-cut',
  defaultAccelerator: 'tcg',
  hardVcpuLimitIsSoft: false,
  jsonErrors: 'skip',
  doubles: 'fixed',
  earlyErrorsLoseId: true,
  oob: 'control',
  replyBeforeEvent: true,
  reasonInEvents: false,
  unlinksPidfile: false,
  enumComplaint: 'invalid',
  warnsShortSwitch: false,
  namesBadMachine: false,
};

export const qemu212el7: QemuSwitches = {
  ...qemu212,
  package: 'qemu-kvm-ev-2.12.0-33.1.fh.3.4.el7',
  data: 'el7',
  defaultAccelerator: 'kvm:tcg',
  hardVcpuLimitIsSoft: true,
};

export const qemu40: QemuSwitches = {
  ...qemu212,
  version: [4, 0, 0],
  data: 'upstream40',
  accelerators: 'colon',
  defaultAccelerator: 'by-name-tcg',
  jsonErrors: 'resync',
  doubles: 'exact',
  earlyErrorsLoseId: false,
  oob: 'exec',
  reasonInEvents: true,
  unlinksPidfile: true,
};

export const qemu72: QemuSwitches = {
  ...qemu40,
  version: [7, 2, 22],
  package: 'Debian 1:7.2+dfsg-7+deb12u18+b3',
  data: 'debian72',
  accelerators: 'list',
  defaultAccelerator: 'by-name-tcg:kvm',
  replyBeforeEvent: false,
  enumComplaint: 'does-not-accept',
  warnsShortSwitch: true,
  namesBadMachine: true,
};

const parsed = memo((text) => JSON.parse(text) as QemuSwitches, 16);

export function* switches(): Sys<QemuSwitches> {
  const text = yield* readFile(SWITCHES_FILE);
  return failed(text) ? qemu212el7 : parsed(text);
}
