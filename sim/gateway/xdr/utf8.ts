/**
 * Text from UTF-8, without the class that only browsers and Node have. The other way is @noble/hashes' utf8ToBytes.
 *
 * Models: RFC 3629
 */

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
