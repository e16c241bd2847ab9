/**
 * Who wrote what the node now forbids: the last call that touched a permission, and the one that missed it.
 *
 * Models: Linux 3.10 fs/posix_acl.c posix_acl_chmod_masq, as the reason why a chmod misses
 *
 * While an ACL has a mask, chmod's group bits go there and the owning group's own entry is out of reach. So the
 * question "who set group::---" often has a dull answer, the kernel that made the node, and the interesting one
 * is who put the mask in front, and which chmod has written it instead.
 */
import { type Acl, find, type Tag } from '../../acl/entry.ts';
import type { Inode } from '../../kernel/inode.ts';
import type { NodeAct } from '../history.ts';
import { aclOf } from '../node.ts';

/** What a call can have written: an entry's permission, or who owns the node. */
export type Bit = Readonly<{ tag: Tag; id: number | null }> | 'uid' | 'gid';

const NEEDED = 6;

function permitted(inode: Inode | null, bit: Bit): number | null {
  if (inode === null) return null;
  if (bit === 'uid' || bit === 'gid') return inode[bit];
  const held = find(aclOf(inode), bit.tag, bit.id)?.perm;
  // Without a mask, what the mask would say is what the group's entry says.
  return held ?? (bit.tag === 'mask' ? permitted(inode, { tag: 'group_obj', id: null }) : null);
}

/** The life of the node that is there now: from the call that made this inode on. */
export function lifeOf(acts: readonly NodeAct[], inode: Inode): readonly NodeAct[] {
  const mine = acts.filter(({ to }) => to?.ino === inode.ino);
  const born = mine.findLastIndex(({ from }) => from?.ino !== inode.ino);
  return mine.slice(Math.max(0, born));
}

/** The last call that gave a permission or an owner the value that it has at the end. */
export function writerOf(life: readonly NodeAct[], bit: Bit): NodeAct | null {
  return (
    life.findLast(
      ({ from, to }) => from?.ino !== to?.ino || permitted(from, bit) !== permitted(to, bit),
    ) ?? null
  );
}

const hasMask = (inode: Inode | null): boolean =>
  inode?.acl !== null && inode !== null && find(inode.acl as Acl, 'mask') !== undefined;

/** The chmod that meant to let the group in, after the entry was last written, and wrote the mask. */
export function missedBy(life: readonly NodeAct[], written: NodeAct | null): NodeAct | null {
  const later = written === null ? life : life.slice(life.indexOf(written) + 1);
  return (
    later.findLast(
      ({ request, from }) =>
        request.call === 'chmod' && ((request.mode >> 3) & NEEDED) === NEEDED && hasMask(from),
    ) ?? null
  );
}

/** The call that put a mask before the group's entry, the last time that happened. */
export const frozenBy = (life: readonly NodeAct[]): NodeAct | null =>
  life.findLast(({ from, to }) => hasMask(to) && (from?.ino !== to?.ino || !hasMask(from))) ?? null;

const users = (inode: Inode | null) =>
  (inode?.acl ?? []).filter(({ tag }) => tag === 'user').length;

/** The call after which the last named user was gone from the ACL, and the mask stayed. */
export const emptiedBy = (life: readonly NodeAct[]): NodeAct | null =>
  life.findLast(({ from, to }) => from?.ino === to?.ino && users(from) > 0 && users(to) === 0) ??
  null;
