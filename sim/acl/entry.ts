/**
 * A POSIX access control list as a value.
 *
 * Models: Linux 3.10 fs/posix_acl.c posix_acl_valid, posix_acl_equiv_mode, posix_acl_from_mode,
 *   __posix_acl_chmod_masq; libacl 2.2.51 acl_calc_mask
 *
 * An ACL is *minimal* when its three entries say no more than the nine mode bits, *extended* when it
 * has a mask or a named entry. A lone mask keeps it extended: that is the `+` which `ls` shows long
 * after the named user is gone.
 *
 * Invariant: entries stand in canonical order (user_obj, user by uid, group_obj, group by gid, mask, other).
 */

export type Tag = 'user_obj' | 'user' | 'group_obj' | 'group' | 'mask' | 'other';

/** Three bits: read 4, write 2, execute 1. */
export type Perm = number;

export type Entry = Readonly<{
  tag: Tag;
  perm: Perm;
  /** uid of a `user`, gid of a `group`; null for the other tags. */
  id: number | null;
}>;

export type Acl = readonly Entry[];

export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

const rank: Record<Tag, number> = {
  user_obj: 0,
  user: 1,
  group_obj: 2,
  group: 3,
  mask: 4,
  other: 5,
};

/** ACL_UNDEFINED_ID as the id of a named entry: libacl leaves such an entry where it is and calls the ACL invalid. */
export const UNDEFINED_ID = 0xffffffff;

const byTagThenId = (a: Entry, b: Entry) => rank[a.tag] - rank[b.tag] || (a.id ?? 0) - (b.id ?? 0);

export const inOrder = (entries: Acl): Acl => [...entries].sort(byTagThenId);

/** libacl's __acl_reorder_entry_obj_p: a new entry goes before the first greater one. */
export function inserted(acl: Acl, e: Entry): Acl {
  const at = e.id === UNDEFINED_ID ? -1 : acl.findIndex((other) => byTagThenId(other, e) > 0);
  return at < 0 ? [...acl, e] : [...acl.slice(0, at), e, ...acl.slice(at)];
}

export const entry = (tag: Tag, perm: Perm, id: number | null = null): Entry => ({ tag, perm, id });

/** The first entry with this tag, if there is one. */
export const find = (acl: Acl, tag: Tag, id: number | null = null): Entry | undefined =>
  acl.find((e) => e.tag === tag && e.id === id);

/** The permission of an entry that a valid ACL always has. */
export const permOf = (acl: Acl, tag: 'user_obj' | 'group_obj' | 'other'): Perm =>
  find(acl, tag)?.perm ?? 0;

/** The minimal ACL that says what nine mode bits say. */
export const fromMode = (mode: number): Acl => [
  entry('user_obj', (mode >> 6) & 7),
  entry('group_obj', (mode >> 3) & 7),
  entry('other', mode & 7),
];

export const isExtended = (acl: Acl): boolean =>
  acl.some((e) => e.tag === 'user' || e.tag === 'group' || e.tag === 'mask');

/** The nine mode bits; the group bits are the mask's where a mask exists. */
export function toMode(acl: Acl): number {
  const group = find(acl, 'mask') ?? find(acl, 'group_obj');
  return (permOf(acl, 'user_obj') << 6) | ((group?.perm ?? 0) << 3) | permOf(acl, 'other');
}

/** What chmod(2) does to an ACL: with a mask, the group bits go to the mask and group_obj stays. */
export function chmodMasq(acl: Acl, mode: number): Acl {
  const groupTag: Tag = find(acl, 'mask') ? 'mask' : 'group_obj';
  return acl.map((e) => {
    if (e.tag === 'user_obj') return { ...e, perm: (mode >> 6) & 7 };
    if (e.tag === 'other') return { ...e, perm: mode & 7 };
    return e.tag === groupTag ? { ...e, perm: (mode >> 3) & 7 } : e;
  });
}

/** libacl's acl_calc_mask: the union of all that the mask limits. Adds a mask, never removes one. */
export function calcMask(acl: Acl): Acl {
  const limited = acl.filter((e) => e.tag === 'user' || e.tag === 'group_obj' || e.tag === 'group');
  const union = limited.reduce((perm, e) => perm | e.perm, 0);
  return find(acl, 'mask')
    ? acl.map((e) => (e.tag === 'mask' ? { ...e, perm: union } : e))
    : inserted(acl, entry('mask', union));
}

export type Invalid = Readonly<{
  why: 'multiple' | 'duplicate' | 'missing' | 'type';
  /** Index of the first entry that is wrong, as acl_check reports it. */
  at: number;
}>;

/** libacl's acl_check: null when the ACL may be written. Judges the entries in the order given. */
export function check(acl: Acl): Invalid | null {
  // What has been passed: 0 nothing, 1 user_obj, 2 group_obj, 3 mask, 4 other.
  let passed = 0;
  let leastId = 0;
  let needsMask = false;
  for (const [at, e] of acl.entries()) {
    if (e.tag === 'user' || e.tag === 'group') {
      if (passed !== (e.tag === 'user' ? 1 : 2)) return { why: 'missing', at };
      if ((e.id ?? 0) < leastId || e.id === UNDEFINED_ID) return { why: 'duplicate', at };
      leastId = (e.id ?? 0) + 1;
      needsMask = true;
      continue;
    }
    const due = { user_obj: 0, group_obj: 1, mask: 2, other: needsMask || passed === 3 ? 3 : 2 };
    if (passed > due[e.tag] && e.tag !== 'other') return { why: 'multiple', at };
    if (passed !== due[e.tag]) return { why: 'missing', at };
    passed = e.tag === 'other' ? 4 : due[e.tag] + 1;
    leastId = 0;
  }
  return passed === 4 ? null : { why: 'missing', at: acl.length };
}
