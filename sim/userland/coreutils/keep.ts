/**
 * What goes along with the contents of a file that is copied: mode and ACLs, owner, times, attributes.
 *
 * Models: coreutils 9.1 src/copy.c copy_internal (its end), set_owner, copy_attr; libacl perm_copy_file
 *
 * With "preserve" the ACL goes along with the mode, and so does the broken one of a device node.
 */
import { failed } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { chmod, getxattr, lchown, listxattr, setxattr, umask, utimensat } from '../../libc/sys.ts';

/** What goes along with the contents. */
export type Kept = Readonly<Record<'mode' | 'ownership' | 'times' | 'links' | 'xattrs', boolean>>;

export const nothingKept: Kept = {
  mode: false,
  ownership: false,
  times: false,
  links: false,
  xattrs: false,
};
export const allKept: Kept = {
  mode: true,
  ownership: true,
  times: true,
  links: true,
  xattrs: true,
};

export type Keeping = Readonly<{
  /** Mode (and ACLs), owner, times; names that are one file stay one file. */
  keep: Kept;
  /** --no-preserve=mode: new files get what the umask leaves. */
  modeDropped?: boolean;
  /** install: 0600 until it has its owner. */
  privately?: true;
}>;

const SOURCE = 'coreutils 8.22 src/copy.c copy_internal';
const ACL = 'system.posix_acl_access';
const DEFAULT_ACL = 'system.posix_acl_default';

const NO_ACL = '02000000';

/** set_permissions: a file without an ACL takes the ACL away from what it is copied to. */
function* copyAcls(from: string, to: string, st: Stat): Sys<void> {
  const acl = yield* getxattr(from, ACL);
  yield* setxattr(to, ACL, failed(acl) ? NO_ACL : acl, SOURCE);
  if (st.type !== 'dir') return;
  const inherited = yield* getxattr(from, DEFAULT_ACL);
  yield* setxattr(to, DEFAULT_ACL, failed(inherited) ? NO_ACL : inherited, SOURCE);
}

/** copy_attr: all but the ACLs, which go with the mode. */
function* copyXattrs(from: string, to: string): Sys<void> {
  const names = yield* listxattr(from);
  for (const name of failed(names) ? [] : names.filter((n) => !n.startsWith('system.'))) {
    const value = yield* getxattr(from, name);
    if (!failed(value)) yield* setxattr(to, name, value, SOURCE);
  }
}

/** set_acl: the mode alone, even where the directory has an ACL to inherit. */
function* setMode(to: string, mode: number): Sys<void> {
  yield* setxattr(to, ACL, NO_ACL, SOURCE);
  yield* chmod(to, mode, SOURCE);
}

/** set_owner, copy_acl, utimens: in an order that keeps the set-id bits, if the owner could be kept. */
export function* preserve(
  { keep, modeDropped, privately }: Keeping,
  from: string,
  to: string,
  st: Stat,
  made: Stat | null,
): Sys<void> {
  let mode = st.mode;
  if (keep.ownership && failed(yield* lchown(to, st.uid, st.gid, SOURCE))) {
    yield* lchown(to, -1, st.gid, SOURCE);
    mode &= 0o777;
  }
  if (st.type === 'symlink') return;
  if (keep.xattrs) yield* copyXattrs(from, to);
  if (keep.mode) {
    yield* copyAcls(from, to, st);
    yield* chmod(to, mode, SOURCE);
  } else if (made && modeDropped) {
    const mask = yield* umask(0);
    yield* umask(mask);
    yield* setMode(to, (st.type === 'dir' ? 0o777 : 0o666) & ~mask);
  } else if (privately) yield* setMode(to, 0o600);
  else if (made && (made.mode & 0o700) !== 0o700 && st.type === 'dir')
    yield* chmod(to, made.mode, SOURCE);
  if (keep.times) yield* utimensat(to, st.atime, st.mtime, SOURCE);
}
