/**
 * How coreutils names things in its complaints, in the C locale.
 *
 * Models: gnulib quotearg.c quotearg_n_style locale_quoting_style; coreutils 8.22 system.h emit_try_help
 */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\']/g, (c) => `\\${c}`).replace(/\n/g, '\\n')}'`;

/** 9.1's quotef: a name as it is, or in quotes where a shell would need them. */
export const quotedIfNeeded = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);

/** What follows a complaint about the command line. */
export const tryHelp = (name: string): string => `Try '${name} --help' for more information.\n`;
