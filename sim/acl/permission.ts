/**
 * May these credentials use this inode so? The kernel's verdict, with the entry that decided.
 *
 * Models: Linux 3.10.0-1062 fs/namei.c acl_permission_check, generic_permission; fs/posix_acl.c posix_acl_permission
 *
 * Two surprises. A member of the owning group whose entry lacks the right is refused and never falls
 * through to `other`. And when the mode's group bits (the mask) are zero the ACL is not consulted at
 * all: even a named user is judged by the `other` bits, against the letter of acl(5).
 */
import type { Acl, Entry, Perm } from './entry.ts';
import { find } from './entry.ts';

export type Subject = Readonly<{
  uid: number;
  gids: readonly number[];
  dacOverride: boolean;
  /** CAP_DAC_READ_SEARCH; absent: not held. */
  dacReadSearch?: boolean;
}>;

export type Guarded = Readonly<{
  uid: number;
  gid: number;
  /** Nine permission bits. */
  mode: number;
  /** The extended ACL, or null where the mode says all. */
  acl: Acl | null;
}>;

/** Who decided: an ACL entry, a class of the mode bits, or the capability that overrides both. */
export type Verdict = Readonly<{
  granted: boolean;
  by: Entry | 'owner' | 'group' | 'other' | 'CAP_DAC_OVERRIDE' | 'CAP_DAC_READ_SEARCH' | 'no entry';
}>;

const within = (perm: Perm, want: Perm) => (perm & want) === want;

/** posix_acl_permission: the entries in order, the mask laid over all but user_obj and other. */
export function aclPermission(acl: Acl, who: Subject, file: Guarded, want: Perm): Verdict {
  const mask = find(acl, 'mask')?.perm ?? 7;
  let refusedGroup: Entry | null = null;
  for (const e of acl) {
    if (e.tag === 'user_obj' && who.uid === file.uid)
      return { granted: within(e.perm, want), by: e };
    if (e.tag === 'user' && who.uid === e.id)
      return { granted: within(e.perm & mask, want), by: e };
    const group = e.tag === 'group_obj' ? file.gid : e.tag === 'group' ? e.id : null;
    if (group !== null && who.gids.includes(group)) {
      if (within(e.perm, want)) return { granted: within(e.perm & mask, want), by: e };
      refusedGroup ??= e;
    }
    if (e.tag === 'other') {
      return refusedGroup
        ? { granted: false, by: refusedGroup }
        : { granted: within(e.perm, want), by: e };
    }
  }
  return { granted: false, by: 'no entry' };
}

/** acl_permission_check: owner bits, then the ACL unless the group bits are zero, then group or other bits. */
export function dacPermission(who: Subject, file: Guarded, want: Perm): Verdict {
  if (who.uid === file.uid) return { granted: within((file.mode >> 6) & 7, want), by: 'owner' };
  if (file.acl && file.mode & 0o070) return aclPermission(file.acl, who, file, want);
  if (who.gids.includes(file.gid))
    return { granted: within((file.mode >> 3) & 7, want), by: 'group' };
  return { granted: within(file.mode & 7, want), by: 'other' };
}

/**
 * generic_permission: CAP_DAC_OVERRIDE rescues a refusal, except execute on a file that nobody may execute;
 * CAP_DAC_READ_SEARCH rescues reading, and searching a directory.
 */
export function permission(who: Subject, file: Guarded, want: Perm, isDirectory = false): Verdict {
  const verdict = dacPermission(who, file, want);
  if (verdict.granted) return verdict;
  const executable = isDirectory || !(want & 1) || (file.mode & 0o111) !== 0;
  if (who.dacOverride && executable) return { granted: true, by: 'CAP_DAC_OVERRIDE' };
  const reads = want === 4 || (isDirectory && !(want & 2));
  return who.dacReadSearch && reads ? { granted: true, by: 'CAP_DAC_READ_SEARCH' } : verdict;
}
