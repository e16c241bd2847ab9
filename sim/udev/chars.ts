/**
 * Characters that may stand in device names and imported values.
 *
 * Models: systemd v219 src/libudev/libudev-util.c util_replace_chars, util_path_encode;
 *   v252 src/shared/udev-util.c udev_replace_chars, udev_replace_whitespace
 */

/** UDEV_ALLOWED_CHARS_INPUT: for results of programs and for attributes. */
export const ALLOWED_INPUT = '/ $%?,';

/** Everything else becomes `_`; already escaped `\x..` and valid UTF-8 stay. Also tells how many were replaced. */
export function replaceChars(text: string, allow: string): { text: string; count: number } {
  let count = 0;
  let out = '';
  const chars = [...text];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    if (/[0-9A-Za-z#+\-.:=@_]/.test(char) || allow.includes(char)) out += char;
    else if (char === '\\' && chars[i + 1] === 'x') {
      out += '\\x';
      i++;
    } else if ((char.codePointAt(0) ?? 0) >= 0x80) out += char;
    else {
      out += /\s/.test(char) && allow.includes(' ') ? ' ' : '_';
      count++;
    }
  }
  return { text: out, count };
}

/** Runs of blanks become one `_`, those at the ends go away. */
export const replaceWhitespace = (text: string): string =>
  text.trim().replace(/[ \t\n\v\f\r]+/g, '_');

/** A path as one file name: `/` and `\` in hex. */
export const encodePath = (path: string): string =>
  path.replaceAll('\\', '\\x5c').replaceAll('/', '\\x2f');
