/**
 * How coreutils names things in its complaints, in the C locale.
 *
 * Models: gnulib quotearg.c quotearg_n_style locale_quoting_style; coreutils 8.22 system.h emit_try_help
 */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\']/g, (c) => `\\${c}`).replace(/\n/g, '\\n')}'`;

/** What follows a complaint about the command line. */
export const tryHelp = (name: string): string => `Try '${name} --help' for more information.\n`;
