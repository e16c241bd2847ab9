/**
 * How coreutils names things in its complaints, in the C locale.
 *
 * Models: gnulib quotearg.c quotearg_n_style locale_quoting_style; coreutils 8.22 system.h emit_try_help
 */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\']/g, (c) => `\\${c}`).replace(/\n/g, '\\n')}'`;

const escapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

/** In the C locale letters beyond ASCII are bytes that cannot be printed. */
const escaped = (c: string): string =>
  escapes[c] ??
  encodeURIComponent(c).replace(
    /%(..)/g,
    (_, byte: string) => `\\${Number.parseInt(byte, 16).toString(8).padStart(3, '0')}`,
  );

const unprintable = /(?:\p{Cc}|[^\p{ASCII}])+/gu;
const unprintableEnd = /(?:\p{Cc}|[^\p{ASCII}])$/u;

/** shell_escape_always_quoting_style: what a shell would read back as the same word, always in quotes. */
export function shellQuoted(text: string): string {
  if (text.includes("'") && /^[\w %+,./:'\]?#~@-]*$/.test(text)) return `"${text}"`;
  const body = text
    .replaceAll("'", "'\\''")
    .replace(unprintable, (run) => `'$'${[...run].map(escaped).join('')}''`);
  return unprintableEnd.test(text) ? `'${body.slice(0, -1)}` : `'${body}'`;
}

/** 9.1's quotef, shell_escape_quoting_style: in quotes only where a shell would need them. */
export const quotedIfNeeded = (text: string): string =>
  /^(?![#~])[\w%@+,./\]#~{}-]+$/.test(text) && !/^[{}]$/.test(text) ? text : shellQuoted(text);

/** What follows a complaint about the command line. */
export const tryHelp = (name: string): string => `Try '${name} --help' for more information.\n`;
