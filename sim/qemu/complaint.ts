/**
 * error_report: the program's name, the option it is about, the message.
 *
 * Models: QEMU v2.12.0 util/qemu-error.c print_loc, error_set_progname
 *
 * An option is part of the message only while QEMU is "at" it: reading it, or creating what it asked for.
 * kvm_init prints with plain fprintf, so its own lines have no prefix at all.
 */
export const programName = (argv0: string): string => argv0.slice(argv0.lastIndexOf('/') + 1);

/** `at` is the option with its argument as typed, e.g. '-qmp unix:/x,server'. */
export const complaint = (program: string, message: string, at = ''): string =>
  `${program}: ${at === '' ? '' : `${at}: `}${message}\n`;
