/**
 * Quoting a text so that the shell reads it back as one word.
 *
 * Models: GNU bash 4.2 lib/sh/shquote.c sh_single_quote, sh_backslash_quote; print_cmd.c xtrace_print_word_list
 */
const harmless = /^[A-Za-z0-9_./:=@%+,-]+$/;

const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** As `set -x` shows a word. */
export function quoteForTrace(text: string): string {
  if (text === '') return "''";
  return /[\s'"\\|&;()<>$`*?[\]!{}~#^]/.test(text) ? single(text) : text;
}

/** As `printf %q` shows a word. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (/[\n\t\r]/.test(text)) {
    const shown = text
      .replace(/[\\']/g, '\\$&')
      .replaceAll('\n', '\\n')
      .replaceAll('\t', '\\t')
      .replaceAll('\r', '\\r');
    return `$'${shown}'`;
  }
  return text.replace(/[^A-Za-z0-9_./:=@%+-]/g, '\\$&');
}

/** As `set`, `export -p` and `declare -p` show a value. */
export const doubleQuote = (text: string): string => `"${text.replace(/["\\$`]/g, '\\$&')}"`;

export const isHarmless = (text: string): boolean => harmless.test(text);
