/**
 * Copying one file or tree: what cp, mv (across file systems) and install have in common.
 *
 * Models: coreutils 8.22 src/copy.c copy_internal, copy_reg, set_owner; libacl perm_copy_file
 * Leaves out: holes, backups.
 *
 * With "preserve" the ACL goes along with the mode, and so does the broken one of a device node.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import {
  chmod,
  close,
  err,
  getxattr,
  lchown,
  link,
  listxattr,
  lstat,
  mkdir,
  mknod,
  open,
  out,
  readDir,
  readlink,
  setxattr,
  stat,
  symlink,
  unlink,
  utimensat,
  write,
} from '../../libc/sys.ts';
import { textOf } from '../input.ts';
import { isModern } from '../switches.ts';
import { mayOverwrite } from './overwrite.ts';
import { quoted } from './quote.ts';
import { type Act, isSame, sameness } from './sameFile.ts';

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

export type CopyOptions = Readonly<{
  name: string;
  recursive: boolean;
  /** Mode (and ACLs), owner, times; names that are one file stay one file. */
  keep: Kept;
  /** Links are followed: all of them, those that were named, or none. */
  follow: 'all' | 'named' | 'none';
  makes: Act['makes'];
  /** Remove a destination that cannot be opened, and try again. */
  force: boolean;
  /** What exists: is overwritten, stays, is overwritten if it is older, or after a question. */
  existing: 'overwritten' | 'kept' | 'if older' | 'asked';
  /** Say what is done. */
  verbose: boolean;
  /** What was named, for complaints about what is below it. */
  named?: Readonly<{ from: string; to: string }>;
  /** The first directory that was made, so that a tree does not go into itself for ever. */
  made?: Stat;
  /** Inode of a source with several names -> its first copy. */
  copied?: Map<string, string>;
}>;

function* complain(name: string, text: string, failure: Failure): Sys<false> {
  yield* err(`${name}: ${text}: ${strerror(failure.errno)}\n`);
  return false;
}

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

/** set_owner, copy_acl, utimens: in an order that keeps the set-id bits, if the owner could be kept. */
function* preserve({ keep }: CopyOptions, from: string, to: string, st: Stat): Sys<void> {
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
  }
  if (keep.times) yield* utimensat(to, st.atime, st.mtime, SOURCE);
}

function* copyFile(options: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const { name } = options;
  const text = yield* textOf(from);
  if (failed(text)) {
    const reading = text.errno === 'EINVAL' || text.errno === 'EISDIR';
    // The destination is made before the first read.
    const made = reading
      ? yield* open(to, ['write', 'create', 'trunc'], st.mode & 0o777, SOURCE)
      : text;
    if (reading && failed(made))
      return yield* complain(name, `cannot create regular file ${quoted(to)}`, made);
    if (!failed(made)) yield* close(made);
    const what = reading
      ? `error reading ${quoted(from)}`
      : `cannot open ${quoted(from)} for reading`;
    return yield* complain(name, what, text);
  }
  const there = yield* stat(to);
  let fd = yield* open(to, ['write', 'create', 'trunc'], st.mode & 0o777, SOURCE);
  if (failed(fd) && options.force && !failed(there)) {
    const gone = yield* unlink(to, SOURCE);
    if (failed(gone)) return yield* complain(name, `cannot remove ${quoted(to)}`, gone);
    fd = yield* open(to, ['write', 'create', 'trunc'], st.mode & 0o777, SOURCE);
  }
  if (failed(fd)) {
    const what = failed(there) ? 'cannot create regular file' : 'cannot open';
    const rest = failed(there) ? '' : ' for writing';
    const slash = failed(there) && to.endsWith('/') && fd.errno === 'EISDIR';
    return yield* complain(name, `${what} ${quoted(to)}${rest}`, slash ? { errno: 'ENOTDIR' } : fd);
  }
  const written = text === '' ? 0 : yield* write(fd, text);
  yield* close(fd);
  return failed(written) ? yield* complain(name, `error writing ${quoted(to)}`, written) : true;
}

function* copyTree(options: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const { name } = options;
  let inside = options;
  const there = yield* lstat(to);
  if (failed(there)) {
    const made = yield* mkdir(to, st.mode & 0o777);
    if (options.verbose && !failed(made)) yield* out(`${quoted(from)} -> ${quoted(to)}\n`);
    if (failed(made)) return yield* complain(name, `cannot create directory ${quoted(to)}`, made);
    const own = yield* lstat(to);
    if (options.made === undefined && !failed(own)) inside = { ...options, made: own };
  }
  const names = yield* readDir(from);
  if (failed(names)) return yield* complain(name, `cannot access ${quoted(from)}`, names);
  let ok = true;
  for (const each of names)
    ok = (yield* copy(inside, `${from}/${each}`, `${to}/${each}`, false)) && ok;
  return ok;
}

/** What is neither a file nor a directory; an existing destination is replaced. */
function* copySpecial(options: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const { name } = options;
  if (st.type === 'symlink') {
    const target = yield* readlink(from);
    const made = failed(target) ? target : yield* symlink(target, to);
    if (!failed(made)) return true;
    return yield* complain(name, `cannot create symbolic link ${quoted(to)}`, made);
  }
  const made = yield* mknod(to, st.type, st.mode, st.rdev, SOURCE);
  return failed(made)
    ? yield* complain(name, `cannot create special file ${quoted(to)}`, made)
    : true;
}

/** -l, -s, and the further names of a file that has been copied. */
function* makeLink(options: CopyOptions, from: string, to: string): Sys<boolean> {
  const symbolic = options.makes === 'symbolic links';
  const made = yield* symbolic ? symlink(from, to) : link(from, to);
  if (!failed(made)) return true;
  const kind = symbolic ? 'symbolic' : 'hard';
  const what = `cannot create ${kind} link ${quoted(to)} to ${quoted(from)}`;
  return yield* complain(options.name, what, made);
}

/** Nothing is in the way, or what is there may go. `done`: there is nothing to do. */
function* clear(
  options: CopyOptions,
  from: string,
  st: Stat,
  to: string,
  keepLinks: boolean,
): Sys<'go on' | 'done' | 'refused'> {
  const { name, existing } = options;
  const lexical =
    (st.type !== 'file' && (options.recursive || keepLinks)) || options.makes !== 'copies';
  const there = yield* lexical ? lstat(to) : stat(to);
  if (failed(there)) {
    if (there.errno === 'ENOENT') return 'go on';
    yield* complain(name, `cannot stat ${quoted(to)}`, there);
    return 'refused';
  }
  const act = { move: false, keepLinks, makes: options.makes };
  const refuse = function* (text: string): Sys<'refused'> {
    yield* err(`${name}: ${text}\n`);
    return 'refused';
  };
  const verdict = yield* sameness(act, from, st, to, there);
  if (verdict === 'the same file') {
    if (options.existing === 'kept') return 'done';
    return yield* refuse(`${quoted(from)} and ${quoted(to)} are the same file`);
  }
  if (verdict === 'done') return 'done';
  if (st.type !== 'dir') {
    if (existing === 'kept' || (existing === 'if older' && st.mtime <= there.mtime)) return 'done';
    if (existing === 'asked' && !(yield* mayOverwrite(name, to, there, options.force)))
      return 'done';
    if (there.type === 'dir') {
      const source = name === 'mv' ? '' : ` ${quoted(from)}`;
      return yield* refuse(`cannot overwrite directory ${quoted(to)} with non-directory${source}`);
    }
  } else if (there.type !== 'dir')
    return yield* refuse(
      `cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`,
    );
  const replaced = (keepLinks && st.type !== 'file') || options.makes !== 'copies';
  const several = options.keep.links && there.nlink > 1;
  if (there.type !== 'dir' && (replaced || several)) yield* unlink(to, SOURCE);
  return 'go on';
}

/** One source to one destination. False: something was complained about. */
export function* copy(options: CopyOptions, from: string, to: string, named = true): Sys<boolean> {
  const { name } = options;
  const keepLinks = options.follow === 'none' || (options.follow === 'named' && !named);
  const st = yield* keepLinks ? lstat(from) : stat(from);
  if (failed(st)) return yield* complain(name, `cannot stat ${quoted(from)}`, st);
  if (st.type === 'dir' && !options.recursive) {
    const why = (yield* isModern()) ? '-r not specified; omitting' : 'omitting';
    yield* err(`${name}: ${why} directory ${quoted(from)}\n`);
    return false;
  }
  if (options.made && isSame(options.made, st)) {
    const top = options.named ?? { from, to };
    const what = `cannot copy a directory, ${quoted(top.from)}, into itself, ${quoted(top.to)}`;
    yield* err(`${name}: ${what}\n`);
    return false;
  }
  const way = yield* clear(options, from, st, to, keepLinks);
  if (way !== 'go on') return way === 'done';
  if (options.verbose && st.type !== 'dir') yield* out(`${quoted(from)} -> ${quoted(to)}\n`);
  const key = `${st.dev}:${st.ino}`;
  const first = options.copied?.get(key);
  if (first !== undefined && st.type !== 'dir')
    return yield* makeLink({ ...options, makes: 'hard links' }, first, to);
  if (options.keep.links && st.nlink > 1) options.copied?.set(key, to);
  if (options.makes !== 'copies' && st.type !== 'dir') return yield* makeLink(options, from, to);
  const special = st.type === 'symlink' || (st.type !== 'file' && options.recursive);
  const copier = st.type === 'dir' ? copyTree : special ? copySpecial : copyFile;
  const here = named ? { ...options, named: { from, to } } : options;
  const ok = yield* copier(here, from, to, st);
  if (ok) yield* preserve(options, from, to, st);
  return ok;
}
