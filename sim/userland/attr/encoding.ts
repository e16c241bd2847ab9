/**
 * Attribute values as getfattr writes and setfattr reads them: text, hex or base64 of the bytes.
 *
 * Models: attr 2.4.46 getfattr/getfattr.c encode, well_enough_printable; setfattr/setfattr.c decode
 *
 * Inside the model a value is hex text; these functions turn that into what people see.
 */
export type Encoding = 'text' | 'hex' | 'base64';

export const bytesOf = (hex: string): number[] =>
  Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );

const hexOf = (bytes: readonly number[]): string =>
  bytes.map((b) => b.toString(16).padStart(2, '0')).join('');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((group >> shift) & 63)).join('');
    const left = bytes.length - i;
    text += left >= 3 ? digits : digits.slice(0, left + 1).padEnd(4, '=');
  }
  return text;
}

function fromBase64(text: string): number[] | null {
  const bare = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare) || bare.length % 4 !== 0) return null;
  const bytes: number[] = [];
  for (let i = 0; i < bare.length; i += 4) {
    const quad = bare.slice(i, i + 4);
    const group = [...quad].reduce((n, c) => n * 64 + Math.max(0, DIGITS.indexOf(c)), 0);
    const count = 3 - (quad.match(/=/g)?.length ?? 0);
    bytes.push(...[group >> 16, (group >> 8) & 255, group & 255].slice(0, count));
  }
  return bytes;
}

const printable = (byte: number) => byte >= 32 && byte < 127;

/** Text with what would break a line or the quotes as `\ooo` or behind a backslash. */
function quotedText(bytes: readonly number[]): string {
  const shown = bytes.map((byte) => {
    const c = String.fromCharCode(byte);
    if (c === '\0' || c === '\n' || c === '\r') return `\\${byte.toString(8).padStart(3, '0')}`;
    return c === '"' || c === '\\' ? `\\${c}` : c;
  });
  return `"${shown.join('')}"`;
}

/** Without a wish: text if it can be read, base64 otherwise. */
export function encoded(hex: string, wish: Encoding | null): string {
  const bytes = bytesOf(hex);
  const encoding = wish ?? (bytes.every(printable) ? 'text' : 'base64');
  if (encoding === 'hex') return `0x${hex}`;
  return encoding === 'base64' ? `0s${toBase64(bytes)}` : quotedText(bytes);
}

const unquoted = (text: string): string =>
  text.replace(/\\([0-7]{3}|.)/g, (_, c: string) =>
    /^[0-7]{3}$/.test(c) ? String.fromCharCode(Number.parseInt(c, 8)) : c,
  );

/** The bytes in hex; null: bad input encoding. */
export function decoded(text: string): string | null {
  if (/^0x/i.test(text)) {
    const digits = text.slice(2).replace(/\s+/g, '');
    return /^([0-9a-f]{2})*$/i.test(digits) ? digits.toLowerCase() : null;
  }
  if (/^0s/i.test(text)) {
    const bytes = fromBase64(text.slice(2));
    return bytes === null ? null : hexOf(bytes);
  }
  const [, inner] = /^"(.*)"$/s.exec(text) ?? [];
  const plain = inner === undefined ? text : unquoted(inner);
  return hexOf([...plain].map((c) => c.charCodeAt(0) & 255));
}
