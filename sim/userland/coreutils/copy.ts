/**
 * Copying one file or tree: what cp, mv (across file systems) and install have in common.
 *
 * Models: coreutils 8.22 src/copy.c copy_internal, copy_reg, set_owner; libacl perm_copy_file
 * Leaves out: holes, hard links within a tree, backups.
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
import { quoted } from './quote.ts';

export type CopyOptions = Readonly<{
  name: string;
  recursive: boolean;
  /** Mode, owner, times and ACL. */
  preserve: boolean;
  /** Copy links as links. */
  keepLinks: boolean;
  /** Remove a destination that cannot be opened, and try again. */
  force: boolean;
  /** Say what is done. */
  verbose: boolean;
}>;

function* complain(name: string, text: string, failure: Failure): Sys<false> {
  yield* err(`${name}: ${text}: ${strerror(failure.errno)}\n`);
  return false;
}

const SOURCE = 'coreutils 8.22 src/copy.c copy_internal';
const ACL = 'system.posix_acl_access';

/** set_owner, set_acl, utimens: in an order that keeps the set-id bits. */
function* preserve(from: string, to: string, st: Stat): Sys<void> {
  yield* lchown(to, st.uid, st.gid, SOURCE);
  if (st.type === 'symlink') return;
  yield* chmod(to, st.mode, SOURCE);
  const acl = yield* getxattr(from, ACL);
  if (!failed(acl)) yield* setxattr(to, ACL, acl, SOURCE);
  yield* utimensat(to, st.atime, st.mtime, SOURCE);
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
    return yield* complain(name, `${what} ${quoted(to)}${rest}`, fd);
  }
  const written = text === '' ? 0 : yield* write(fd, text);
  yield* close(fd);
  return failed(written) ? yield* complain(name, `error writing ${quoted(to)}`, written) : true;
}

function* copyTree(options: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const { name } = options;
  const there = yield* lstat(to);
  if (failed(there)) {
    const made = yield* mkdir(to, st.mode & 0o777);
    if (failed(made)) return yield* complain(name, `cannot create directory ${quoted(to)}`, made);
  } else if (there.type !== 'dir') {
    yield* err(
      `${name}: cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}\n`,
    );
    return false;
  }
  const names = yield* readDir(from);
  if (failed(names)) return yield* complain(name, `cannot access ${quoted(from)}`, names);
  let ok = true;
  for (const each of names) ok = (yield* copy(options, `${from}/${each}`, `${to}/${each}`)) && ok;
  return ok;
}

/** What is neither a file nor a directory; an existing destination is replaced. */
function* copySpecial(options: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const { name } = options;
  const there = yield* lstat(to);
  if (!failed(there) && there.type !== 'dir') yield* unlink(to, SOURCE);
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

/** One source to one destination. False: something was complained about. */
export function* copy(options: CopyOptions, from: string, to: string): Sys<boolean> {
  const { name } = options;
  const st = yield* options.keepLinks ? lstat(from) : stat(from);
  if (failed(st)) return yield* complain(name, `cannot stat ${quoted(from)}`, st);
  if (st.type === 'dir' && !options.recursive) {
    const why = (yield* isModern()) ? '-r not specified; omitting' : 'omitting';
    yield* err(`${name}: ${why} directory ${quoted(from)}\n`);
    return false;
  }
  const there = yield* stat(to);
  if (!failed(there)) {
    if (there.ino === st.ino && there.dev === st.dev) {
      yield* err(`${name}: ${quoted(from)} and ${quoted(to)} are the same file\n`);
      return false;
    }
    if (there.type === 'dir' && st.type !== 'dir') {
      yield* err(
        `${name}: cannot overwrite directory ${quoted(to)} with non-directory${name === 'mv' ? '' : ` ${quoted(from)}`}\n`,
      );
      return false;
    }
  }
  if (options.verbose) yield* out(`${quoted(from)} -> ${quoted(to)}\n`);
  const special = st.type === 'symlink' || (st.type !== 'file' && options.recursive);
  const copier = st.type === 'dir' ? copyTree : special ? copySpecial : copyFile;
  const ok = yield* copier(options, from, to, st);
  if (ok && options.preserve) yield* preserve(from, to, st);
  return ok;
}
