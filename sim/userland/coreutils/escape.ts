/**
 * Backslash escapes in formats: `\n`, `\t`, `\101`, `\x41`.
 *
 * Models: coreutils 8.22 src/printf.c print_esc, src/echo.c main, src/stat.c print_esc_char
 */
const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const pattern = /\\(?:x([0-9a-fA-F]{1,2})|(0?[0-7]{1,3})|(.))/gs;

const octal = (digits: string) => String.fromCharCode(Number.parseInt(digits, 8) & 0xff);

/** A format: octal escapes have up to three digits. What follows a backslash that means nothing stays as it is. */
export const unescaped = (text: string): string =>
  text.replace(pattern, (whole, hex?: string, digits?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (digits !== undefined) return octal(digits.slice(0, 3)) + digits.slice(3);
    return simple[letter ?? ''] ?? whole;
  });

/** echo -e and printf %b: octal escapes begin with a zero, and `\c` ends all output. */
export function unescapedUntilStop(text: string): { text: string; stopped: boolean } {
  const at = /(?<!\\)(?:\\\\)*\\c/.exec(text);
  const end = at === null ? text.length : at.index + at[0].length - 2;
  const body = text.slice(0, end).replace(pattern, (whole, hex, digits, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (digits !== undefined) return digits.startsWith('0') ? octal(digits) : unescapedOctal(whole);
    return letter === '"' ? whole : (simple[letter ?? ''] ?? whole);
  });
  return { text: body, stopped: at !== null };
}

/** Bash 4.2's and coreutils' echo take `\1` as it stands. */
const unescapedOctal = (whole: string) => whole;
