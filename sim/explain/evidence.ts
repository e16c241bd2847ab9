/**
 * What somebody pasted: the text of `getfacl /dev/kvm`, read back into an owner, a group and an ACL.
 *
 * Models: getfacl 2.2.51's long form, with or without its header
 *
 * Comments about effective rights are ignored: they follow from the rest. A text that no file can have is
 * refused with the reason that libacl gives; one that this model cannot reach is another matter.
 */
import { type Acl, check, type Entry, inOrder, type Tag } from '../acl/entry.ts';

export type GetfaclText = Readonly<{
  owner: string | null;
  group: string | null;
  acl: Acl;
}>;

export type Refused = Readonly<{ refused: string }>;

/** Names of the evidence's host, which need not be those of ours: an unknown one is kept as text. */
export type Ids = Readonly<{
  user: (name: string) => number | null;
  group: (name: string) => number | null;
}>;

const reasons = {
  multiple: 'it has two entries of a kind that stands alone',
  duplicate: 'it names the same user or group twice',
  missing:
    'an entry is missing: user::, group:: and other:: are always there, and mask:: with any named entry',
  type: 'it has an entry of no known kind',
} as const;

const line = /^(user|group|mask|other):([^:]*):([r-])([w-])([xX-])\s*(?:#.*)?$/;

function entryOf(text: string, ids: Ids): Entry | string {
  const [, kind = '', name = '', r, w, x] = line.exec(text) ?? [];
  if (kind === '') return `this line is no entry of an ACL: ${text}`;
  const perm = (r === 'r' ? 4 : 0) | (w === 'w' ? 2 : 0) | (x === 'x' ? 1 : 0);
  if (name === '') {
    const tag = (kind === 'user' || kind === 'group' ? `${kind}_obj` : kind) as Tag;
    return { tag, perm, id: null };
  }
  if (kind !== 'user' && kind !== 'group') return `only users and groups can be named: ${text}`;
  const id = /^\d+$/.test(name) ? Number(name) : kind === 'user' ? ids.user(name) : ids.group(name);
  return id === null
    ? `there is no ${kind} ${name} on the simulated host; give its number (getfacl -n)`
    : { tag: kind, perm, id };
}

/** Is it a getfacl text at all? */
export const looksLikeGetfacl = (text: string): boolean =>
  /^\s*(#.*\n|\s*\n|getfacl:.*\n)*user::[r-]/.test(text);

export function readGetfacl(text: string, ids: Ids): GetfaclText | Refused {
  const entries: Entry[] = [];
  let owner: string | null = null;
  let group: string | null = null;
  for (const raw of text.split('\n')) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('getfacl:')) continue;
    const [, key, value] = /^#\s*(\w+):\s*(.*)$/.exec(trimmed) ?? [];
    if (key === 'owner') owner = value ?? null;
    if (key === 'group') group = value ?? null;
    if (trimmed.startsWith('#')) continue;
    const found = entryOf(trimmed, ids);
    if (typeof found === 'string') return { refused: found };
    entries.push(found);
  }
  const acl = inOrder(entries);
  const invalid = check(acl);
  if (invalid) return { refused: `no file can have this ACL: ${reasons[invalid.why]}` };
  return { owner, group, acl };
}
