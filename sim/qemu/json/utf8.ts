/**
 * Bytes and characters: QEMU's strings are bytes in modified UTF-8, the simulated sockets carry text.
 *
 * Models: QEMU v7.2 util/unicode.c mod_utf8_codepoint, mod_utf8_encode (2.12 decodes alike)
 *
 * A byte string here is a JavaScript string of characters 0 to 255. Modified means that NUL is C0 80,
 * so that no byte of a string is ever 0.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the 7-bit characters are meant, all of them
const ascii = /^[\x00-\x7f]*$/;

/** Text as its UTF-8 bytes. A lone surrogate becomes three bytes that no decoder accepts. */
export function encodeUtf8(text: string): string {
  if (ascii.test(text)) return text;
  let bytes = '';
  for (const character of text) bytes += encodeBits(character.codePointAt(0) ?? 0);
  return bytes;
}

/** The bit pattern of UTF-8, whether or not the number is a character. */
export function encodeBits(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

/** Noncharacters and surrogates are not valid, as in is_valid_codepoint. */
const valid = (code: number): boolean =>
  code >= 0 &&
  code <= 0x10ffff &&
  !(code >= 0xd800 && code <= 0xdfff) &&
  !(code >= 0xfdd0 && code <= 0xfdef) &&
  (code & 0xfffe) !== 0xfffe;

/** mod_utf8_encode: null for what is no character. */
export function encodeModified(code: number): string | null {
  if (!valid(code)) return null;
  return code === 0 ? '\xc0\x80' : encodeBits(code);
}

const smallest = [0x80, 0x800, 0x10000, 0x200000, 0x4000000];

/** mod_utf8_codepoint: the character at `at`, or -1, and where the next one begins. */
export function decodeAt(bytes: string, at: number): { code: number; next: number } {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { code: first, next: at + 1 };
  if (first >= 0xfe || (first & 0x40) === 0) return { code: -1, next: at + 1 };
  const length = Math.clz32(~(first << 24));
  let code = first & (0x7f >> length);
  let next = at + 1;
  for (; next < at + length; next++) {
    const byte = bytes.charCodeAt(next);
    if ((byte & 0xc0) !== 0x80) return { code: -1, next };
    code = code * 64 + (byte & 0x3f);
  }
  const overlong = code < (smallest[length - 2] ?? 0) && !(code === 0 && length === 2);
  return { code: valid(code) && !overlong ? code : -1, next };
}
