/**
 * What setfacl makes of a file's two ACLs: the new ones, or what is malformed about them.
 *
 * Models: acl 2.2.51 setfacl/do_set.c do_set, remove_extended_entries, clone_entry; libacl acl_calc_mask, acl_check
 *
 * Removing all entries (-b) first takes from group_obj what the mask withheld, so nobody gains by it: in
 * the broken state of /dev/kvm group_obj is already empty, and -b alone leaves the group locked out.
 * Any entry named on the command line, even one that is not there, has the mask calculated anew.
 */
import {
  type Acl,
  calcMask,
  check,
  type Entry,
  EXECUTE,
  entry,
  find,
  type Invalid,
  inserted,
  isExtended,
  UNDEFINED_ID,
} from '../../acl/entry.ts';
import type { AclCommand, AclType } from './sequence.ts';

export type Acls = Readonly<{
  access: Acl;
  /** Empty where there is none, and for all that is no directory. */
  default: Acl;
}>;

export type Malformed = Readonly<{ type: AclType; acl: Acl; invalid: Invalid }>;

/** find_entry: without an id (or with the undefined one) the first entry of the tag. */
const found = (acl: Acl, { tag, id }: AclCommand): Entry | undefined =>
  acl.find((e) => e.tag === tag && (id === null || id === UNDEFINED_ID || e.id === id));

function withEntry(acl: Acl, command: AclCommand, isDirectory: boolean): Acl {
  const executable = isDirectory || acl.some((e) => e.perm & EXECUTE);
  const perm = command.perm | (command.conditionalExecute && executable ? EXECUTE : 0);
  const old = found(acl, command);
  return old
    ? acl.map((e) => (e === old ? { ...e, perm } : e))
    : inserted(acl, entry(command.tag, perm, command.id));
}

function withoutExtended(acl: Acl): Acl {
  const mask = find(acl, 'mask')?.perm ?? 7;
  return acl.flatMap((e) => {
    if (e.id !== null || e.tag === 'mask') return [];
    return e.tag === 'group_obj' ? [{ ...e, perm: e.perm & mask }] : [e];
  });
}

function carryOut(acl: Acl, command: AclCommand, isDirectory: boolean): Acl {
  if (command.verb === 'replace') return withEntry(acl, command, isDirectory);
  if (command.verb === 'remove-acl') return [];
  if (command.verb === 'remove-extended') return withoutExtended(acl);
  const gone = found(acl, command);
  return acl.filter((e) => e !== gone);
}

/** A default ACL needs the three base entries; those that it lacks come from the access ACL. */
function filledIn(acl: Acl, access: Acl): Acl {
  const missing = (['user_obj', 'group_obj', 'other'] as const).filter((tag) => !find(acl, tag));
  const copies = missing.flatMap((tag) => find(access, tag) ?? []);
  return acl.length === 0 ? acl : copies.reduce<Acl>(inserted, acl);
}

/** -n is 'never', --mask is 'always'; otherwise unless the command line names a mask. */
export type Recalculate = 'default' | 'never' | 'always';

function withMask(acl: Acl, maskGiven: boolean, recalculate: Recalculate): Acl {
  if (!isExtended(acl)) return acl;
  const groupObj = find(acl, 'group_obj');
  const cloned = !maskGiven && !find(acl, 'mask') && groupObj;
  const masked = cloned ? inserted(acl, entry('mask', groupObj.perm)) : acl;
  const calculate = recalculate === 'always' || (recalculate === 'default' && !maskGiven);
  return calculate ? calcMask(masked) : masked;
}

/** All commands on both ACLs. Where a type is not commanded its ACL comes back as it was. */
export function applied(
  old: Acls,
  commands: readonly AclCommand[],
  isDirectory: boolean,
  recalculate: Recalculate,
): Acls | Malformed {
  const next = { ...old };
  for (const command of commands)
    next[command.type] = carryOut(next[command.type], command, isDirectory);
  next.default = filledIn(next.default, next.access);
  for (const type of ['access', 'default'] as const) {
    const mine = commands.filter((c) => c.type === type);
    if (mine.length === 0 || (type === 'default' && next.default.length === 0)) continue;
    const maskGiven = mine.some((c) => c.tag === 'mask');
    next[type] = withMask(next[type], maskGiven, recalculate);
    const invalid = check(next[type]);
    if (invalid) return { type, acl: next[type], invalid };
  }
  return next;
}

export const isMalformed = (result: Acls | Malformed): result is Malformed => 'invalid' in result;

/** acl_cmp: 0 when both say the same. */
export const sameAcl = (a: Acl, b: Acl): boolean =>
  a.length === b.length &&
  a.every((e, i) => e.tag === b[i]?.tag && e.id === b[i]?.id && e.perm === b[i]?.perm);
