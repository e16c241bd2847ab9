/**
 * error_report: the program's name, the option it is about, the message.
 *
 * Models: QEMU v2.12.0 util/qemu-error.c vreport, print_loc, error_set_progname; vl.c configure_msg
 *
 * An option is part of the message only while QEMU is "at" it: reading it, or creating what it asked for.
 * kvm_init prints with plain fprintf, so its own lines have neither prefix nor time.
 */
import type { Sys } from '../kernel/program.ts';
import { clock, err } from '../libc/sys.ts';
import { civil } from '../libc/time.ts';

export const programName = (argv0: string): string => argv0.slice(argv0.lastIndexOf('/') + 1);

/** How this process complains; -msg timestamp=on, as libvirt starts its guests, puts the time before each line. */
export type Voice = Readonly<{ program: string; timestamps: boolean }>;

/** `at` is the option with its argument as typed, e.g. '-qmp unix:/x,server'. */
export type Complaint = Readonly<{ message: string; at?: string }>;

export const complaint = (program: string, { message, at = '' }: Complaint): string =>
  `${program}: ${at === '' ? '' : `${at}: `}${message}\n`;

/** g_time_val_to_iso8601 */
function iso8601(now: number): string {
  const t = civil(now);
  const two = (n: number) => String(n).padStart(2, '0');
  const fraction = t.ms === 0 ? '' : `.${String(t.ms * 1000).padStart(6, '0')}`;
  return `${t.year}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}:${two(t.second)}${fraction}Z`;
}

export function* report({ program, timestamps }: Voice, what: Complaint): Sys<void> {
  const stamp = timestamps ? `${iso8601(yield* clock())} ` : '';
  yield* err(stamp + complaint(program, what));
}
