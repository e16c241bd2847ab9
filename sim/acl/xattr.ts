/**
 * An ACL as the bytes of the extended attribute system.posix_acl_access, written in hex.
 *
 * Models: Linux 3.10 fs/xattr_acl.c posix_acl_to_xattr, posix_acl_from_xattr (version 2)
 *
 * A header (le32 version) and 8 bytes an entry: le16 tag, le16 perm, le32 id (0xffffffff where the tag has none).
 */
import type { Acl, Entry, Tag } from './entry.ts';

const code: Record<Tag, number> = {
  user_obj: 0x01,
  user: 0x02,
  group_obj: 0x04,
  group: 0x08,
  mask: 0x10,
  other: 0x20,
};
const tagOf = new Map(Object.entries(code).map(([tag, value]) => [value, tag as Tag]));
const NO_ID = 0xffffffff;

const little = (value: number, bytes: number): string =>
  Array.from({ length: bytes }, (_, i) =>
    ((value >>> (8 * i)) & 0xff).toString(16).padStart(2, '0'),
  ).join('');

const readLittle = (hex: string, at: number, bytes: number): number => {
  let value = 0;
  for (let i = bytes - 1; i >= 0; i--)
    value = value * 256 + Number.parseInt(hex.slice(at + 2 * i, at + 2 * i + 2), 16);
  return value;
};

export const toXattr = (acl: Acl): string =>
  little(2, 4) +
  acl.map((e) => little(code[e.tag], 2) + little(e.perm, 2) + little(e.id ?? NO_ID, 4)).join('');

/** null for what the kernel refuses with EINVAL or EOPNOTSUPP: a wrong version, length or tag. */
export function fromXattr(hex: string): Acl | null {
  if (readLittle(hex, 0, 4) !== 2 || (hex.length - 8) % 16 !== 0) return null;
  const entries: Entry[] = [];
  for (let at = 8; at < hex.length; at += 16) {
    const tag = tagOf.get(readLittle(hex, at, 2));
    if (tag === undefined) return null;
    const id = readLittle(hex, at + 8, 4);
    entries.push({
      tag,
      perm: readLittle(hex, at + 4, 2),
      id: tag === 'user' || tag === 'group' ? id : null,
    });
  }
  return entries;
}
