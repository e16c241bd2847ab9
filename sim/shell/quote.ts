/**
 * Quoting a text so that the shell reads it back as one word.
 *
 * Models: GNU bash 4.2, 5.2 lib/sh/shquote.c sh_single_quote, sh_double_quote, sh_backslash_quote,
 *   sh_contains_shell_metas; lib/sh/strtrans.c ansic_quote; print_cmd.c xtrace_print_word_list
 *
 * In the C locale only ASCII prints: what else is in a text shows as the octal numbers of its bytes.
 */
const harmless = /^[A-Za-z0-9_./:=@%+,-]+$/;

export const isHarmless = (text: string): boolean => harmless.test(text);

const single = (text: string): string =>
  text === "'" ? "\\'" : `'${text.replaceAll("'", "'\\''")}'`;

/** sh_contains_shell_metas: what the shell would take for more than text. */
const hasMetas = (text: string): boolean =>
  /[\s'"\\|&;()<>!{}*[?\]^$`]/.test(text) || /(^|[=:])~/.test(text) || /(^|\s)#/.test(text);

const named: Readonly<Record<string, string>> = {
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'E',
  '\\': '\\',
  "'": "'",
};

const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`;

function bytesOf(text: string): number[] {
  const hex = /%([0-9A-F]{2})/g;
  return [...encodeURIComponent(text).matchAll(hex)].map(([, digits = '0']) =>
    Number.parseInt(digits, 16),
  );
}

const unprintable = /[^\x20-\x7e]/;

/** `$'...'`. */
function ansi(text: string): string {
  const shown = [...text].map((c) => {
    if (named[c] !== undefined) return `\\${named[c]}`;
    if (!unprintable.test(c)) return c;
    return c < '\x80' ? octal(c.charCodeAt(0)) : bytesOf(c).map(octal).join('');
  });
  return `$'${shown.join('')}'`;
}

/** As `set -x` shows a word. */
export function quoteForTrace(text: string): string {
  if (text === '') return "''";
  if (unprintable.test(text)) return ansi(text);
  return hasMetas(text) ? single(text) : text;
}

/** sh_quote_reusable, as `${x@Q}` gives it. */
export const quoteReusable = (text: string): string =>
  text === '' ? "''" : unprintable.test(text) ? ansi(text) : single(text);

/** As `printf %q` shows a word. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (unprintable.test(text)) return ansi(text);
  return text
    .replace(/[\t\n !"$&'()*,;<>?[\\\]^`{|}]/g, '\\$&')
    .replace(/^[#~]|(?<=[:=])~/, '\\$&');
}

/** As `set`, `export -p` and `declare -p` show a value. */
export const doubleQuote = (text: string): string =>
  unprintable.test(text) ? ansi(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`;

/** The key of an associative array's cell. */
export const quoteKey = (key: string): string =>
  key === '' || hasMetas(key) || unprintable.test(key) ? doubleQuote(key) : key;
