/**
 * Text as UTF-8 and back, without the classes that only browsers and Node have.
 *
 * Models: RFC 3629
 */

/** A lone surrogate becomes U+FFFD. */
export function toUtf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  const bytes = new Uint8Array(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at++) {
    const coded = escaped[at] === '%';
    bytes[length++] = coded
      ? Number.parseInt(escaped.slice(at + 1, at + 3), 16)
      : escaped.charCodeAt(at);
    if (coded) at += 2;
  }
  return bytes.slice(0, length);
}

/** Null for bytes that are no UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  let escaped = '';
  for (const byte of bytes) {
    escaped +=
      byte < 0x80 && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
}
