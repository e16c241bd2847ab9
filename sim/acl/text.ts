/**
 * The text forms of an ACL: `user::rw-` lines, and the single `rwx` triplet.
 *
 * Models: libacl 2.2.51 __acl_to_any_text.c acl_entry_to_any_str, perm strings; getfacl's long form
 * Leaves out: aligned #effective comments (see userland/getfacl.ts, which prints them).
 */
import type { Acl, Entry, Perm, Tag } from './entry.ts';
import { inOrder } from './entry.ts';

export const permText = (perm: Perm): string =>
  (perm & 4 ? 'r' : '-') + (perm & 2 ? 'w' : '-') + (perm & 1 ? 'x' : '-');

const prefix: Record<Tag, string> = {
  user_obj: 'user',
  user: 'user',
  group_obj: 'group',
  group: 'group',
  mask: 'mask',
  other: 'other',
};

/** Names for the ids of named entries; the default prints numbers, as `getfacl -n` does. */
export type Names = Readonly<{ user: (uid: number) => string; group: (gid: number) => string }>;

const numbers: Names = { user: String, group: String };

/** `user:1000:rw-`, without a newline. */
export function entryText(e: Entry, names: Names = numbers): string {
  const word = e.id === null ? '' : e.tag === 'user' ? names.user(e.id) : names.group(e.id);
  const middle = e.tag === 'mask' || e.tag === 'other' ? ':' : `:${word}:`;
  return `${prefix[e.tag]}${middle === ':' ? '::' : middle}${permText(e.perm)}`;
}

/** `user::rw-,group::---,other::rw-`: one line, for messages and tables. */
export const shortText = (acl: Acl, names?: Names): string =>
  acl.map((e) => entryText(e, names)).join(',');

const lineForm = /^(user|group|mask|other|u|g|m|o):([^:]*):([r-][w-][x-])$/;
const longTag: Record<string, string> = { u: 'user', g: 'group', m: 'mask', o: 'other' };

/**
 * Read the entries of a getfacl text (comments, blank lines and `#effective` ignored).
 * Returns null when a line is no entry or an id is no number.
 */
export function parseText(text: string): Acl | null {
  const entries: Entry[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') continue;
    const [, word = '', id = '', perms = ''] = lineForm.exec(line) ?? [];
    if (word === '' || (id !== '' && !/^\d+$/.test(id))) return null;
    const kind = longTag[word] ?? word;
    const tag = kind === 'user' || kind === 'group' ? (id === '' ? `${kind}_obj` : kind) : kind;
    const perm =
      (perms[0] === 'r' ? 4 : 0) | (perms[1] === 'w' ? 2 : 0) | (perms[2] === 'x' ? 1 : 0);
    entries.push({ tag: tag as Tag, perm, id: id === '' ? null : Number(id) });
  }
  return inOrder(entries);
}
