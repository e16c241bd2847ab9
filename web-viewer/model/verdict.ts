/**
 * The kernel's verdict on one user, entry by entry, told beside the verdict itself.
 *
 * Models: Linux 3.10 fs/namei.c acl_permission_check, fs/posix_acl.c posix_acl_permission
 *
 * The verdict comes from sim/acl/permission.ts; this walk only says what happened to each entry on the way, and a
 * test holds the two together.
 */
import { type Acl, type Entry, find } from '../../sim/acl/entry.ts';
import { type Guarded, permission, type Subject } from '../../sim/acl/permission.ts';
import { permText } from '../../sim/acl/text.ts';
import type { Words } from '../../sim/play/scenario.ts';
import type { Judged } from './item.ts';

const WANT = 6;

const says = (en: string, zh: string): Words => ({ en, zh });

const reasons = {
  notOwner: says('not the owner', '不是属主'),
  notNamed: says('another user', '不是这个用户'),
  notMember: says('not a member', '不是该组成员'),
  mask: says(
    'the mask is no one: it limits the entries above',
    'mask 不代表任何人：它只限制上面的条目',
  ),
  decided: says('never reached', '轮不到它'),
  unread: says(
    'the group bits of the mode are ---: the ACL is not read',
    'mode 的组位是 ---：内核不看 ACL',
  ),
  rest: says('everybody else', '其余所有人'),
};

const got = (perm: number, want: string): Words => {
  const text = permText(perm);
  return (perm & WANT) === WANT
    ? says(`${text} is enough for ${want}`, `${text} 足以 ${want}`)
    : says(`${text} is not enough for ${want}`, `${text} 不足以 ${want}`);
};

/** The class of the mode bits that decides when the ACL is not asked, or there is none. */
function classRow(acl: Acl, who: Subject, file: Guarded): number {
  const tag =
    who.uid === file.uid ? 'user_obj' : who.gids.includes(file.gid) ? 'group_obj' : 'other';
  return acl.findIndex((e) => e.tag === tag);
}

function byMode(acl: Acl, who: Subject, file: Guarded): Judged[] {
  const decides = classRow(acl, who, file);
  const bits = who.uid === file.uid ? 6 : who.gids.includes(file.gid) ? 3 : 0;
  return acl.map((e, row): Judged => {
    if (row === decides) return { row, fate: 'decides', why: got((file.mode >> bits) & 7, 'rw') };
    if (file.acl !== null && e.tag !== 'user_obj' && e.tag !== 'other' && e.tag !== 'group_obj')
      return { row, fate: 'not asked', why: reasons.unread };
    if (e.tag === 'user_obj') return { row, fate: 'passed', why: reasons.notOwner };
    if (e.tag === 'group_obj' && row < decides)
      return { row, fate: 'passed', why: reasons.notMember };
    return { row, fate: 'not reached', why: reasons.decided };
  });
}

function matches(e: Entry, who: Subject, file: Guarded): Words | null {
  switch (e.tag) {
    case 'user_obj':
      return who.uid === file.uid ? null : reasons.notOwner;
    case 'user':
      return who.uid === e.id ? null : reasons.notNamed;
    case 'group_obj':
      return who.gids.includes(file.gid) ? null : reasons.notMember;
    case 'group':
      return who.gids.includes(e.id ?? -1) ? null : reasons.notMember;
    case 'mask':
      return reasons.mask;
    case 'other':
      return null;
  }
}

function byAcl(acl: Acl, who: Subject, file: Guarded): Judged[] {
  const mask = find(acl, 'mask')?.perm ?? 7;
  const told: Judged[] = [];
  let decided = false;
  let refusedAt: number | null = null;
  for (const [row, e] of acl.entries()) {
    const why = matches(e, who, file);
    if (decided) told.push({ row, fate: 'not reached', why: reasons.decided });
    else if (why !== null) told.push({ row, fate: 'passed', why });
    else if (e.tag === 'other' && refusedAt !== null) {
      const refused = told[refusedAt];
      if (refused) told[refusedAt] = { ...refused, fate: 'decides' };
      told.push({
        row,
        fate: 'not reached',
        why: says('a group has matched: others are not asked', '已有组匹配：不再看 other'),
      });
    } else if ((e.tag === 'group_obj' || e.tag === 'group') && (e.perm & WANT) !== WANT) {
      refusedAt ??= row;
      told.push({ row, fate: 'refused', why: got(e.perm, 'rw') });
    } else {
      decided = true;
      const limited = e.tag === 'user_obj' || e.tag === 'other' ? e.perm : e.perm & mask;
      told.push({ row, fate: 'decides', why: got(limited, 'rw') });
    }
  }
  return told;
}

/** Row by row in the order of the ACL (or of the three classes of the mode). */
export function judgedRows(acl: Acl, who: Subject, file: Guarded): Judged[] {
  const read = file.acl !== null && (file.mode & 0o070) !== 0 && who.uid !== file.uid;
  return read ? byAcl(acl, who, file) : byMode(acl, who, file);
}

/** Who decided, in the words of getfacl where it was an entry. */
export function decidedBy(who: Subject, file: Guarded, entryText: (e: Entry) => string): string {
  const { by } = permission(who, file, WANT);
  return typeof by === 'string' ? by : entryText(by);
}
