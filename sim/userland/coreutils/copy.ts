/**
 * Copying one file or tree: what cp, mv (across file systems) and install have in common.
 *
 * Models: coreutils 8.22 src/copy.c copy_internal, copy_dir, copy_reg
 * Leaves out: holes, backups.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import {
  chmod,
  close,
  err,
  link,
  lstat,
  mkdir,
  mknod,
  open,
  out,
  readDir,
  readlink,
  rmdir,
  stat,
  symlink,
  unlink,
  write,
} from '../../libc/sys.ts';
import { textOf } from '../input.ts';
import { isModern } from '../switches.ts';
import { type Keeping, preserve } from './keep.ts';
import { mayOverwrite } from './overwrite.ts';
import { quoted, quotedIfNeeded } from './quote.ts';
import { type Act, isSame, sameName, sameness } from './sameFile.ts';

export type CopyOptions = Keeping &
  Readonly<{
    name: string;
    recursive: boolean;
    /** Links are followed: all of them, those that were named, or none. */
    follow: 'all' | 'named' | 'none';
    makes: Act['makes'];
    /** Remove a destination that cannot be opened, and try again. */
    force: boolean;
    /** What exists: is overwritten, removed first, stays, is overwritten if it is older, or after a question. */
    existing: 'overwritten' | 'removed' | 'kept' | 'if older' | 'asked';
    /** Say what is done. */
    verbose: boolean;
    /** mv to another file system. */
    moves?: boolean;
    /** POSIXLY_CORRECT: a link that leads nowhere is written through. */
    throughDangling?: boolean;
    /** What was named, for complaints about what is below it. */
    named?: Readonly<{ from: string; to: string }>;
    /** The first directory that was made, so that a tree does not go into itself for ever. */
    made?: Stat;
    /** Inode of a source with several names -> its first copy. */
    copied?: Map<string, string>;
  }>;

/** `into itself`: nothing more of this source is copied. */
type Copied = boolean | 'into itself';

function* complain(name: string, text: string, failure: Failure): Sys<false> {
  yield* err(`${name}: ${text}: ${strerror(failure.errno)}\n`);
  return false;
}

const SOURCE = 'coreutils 8.22 src/copy.c copy_internal';

/** A link that leads nowhere would be made to lead somewhere: copy_reg's first open is exclusive. */
function* leadsNowhere({ moves, throughDangling }: CopyOptions, to: string): Sys<boolean> {
  if (moves || throughDangling || !failed(yield* stat(to))) return false;
  const itself = yield* lstat(to);
  return !failed(itself) && itself.type === 'symlink';
}

function* copyFile(options: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const { name } = options;
  const text = yield* textOf(from);
  const reading = failed(text) && (text.errno === 'EINVAL' || text.errno === 'EISDIR');
  if ((!failed(text) || reading) && (yield* leadsNowhere(options, to))) {
    yield* err(`${name}: not writing through dangling symlink ${quoted(to)}\n`);
    return false;
  }
  if (failed(text)) {
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

/** savedir's SAVEDIR_SORT_FASTREAD. The real one has the numbers from getdents. */
function* byInode(directory: string, names: readonly string[]): Sys<readonly string[]> {
  const found: { name: string; ino: number }[] = [];
  for (const name of names) {
    const st = yield* lstat(`${directory}/${name}`);
    found.push({ name, ino: failed(st) ? 0 : st.ino });
  }
  return found.sort((a, b) => a.ino - b.ino).map(({ name }) => name);
}

/** A new directory, with all rights for its owner until it is filled: what it had until then. */
function* newDirectory(options: CopyOptions, from: string, to: string, st: Stat) {
  const { name, verbose, moves } = options;
  const made = yield* mkdir(to, st.mode & 0o1777);
  if (failed(made)) {
    yield* complain(name, `cannot create directory ${quoted(to)}`, made);
    return null;
  }
  const own = yield* lstat(to);
  if (failed(own)) {
    yield* complain(name, `cannot stat ${quoted(to)}`, own);
    return null;
  }
  if ((own.mode & 0o700) !== 0o700) yield* chmod(to, own.mode | 0o700, SOURCE);
  if (verbose)
    yield* out(moves ? `created directory ${quoted(to)}\n` : `${quoted(from)} -> ${quoted(to)}\n`);
  return own;
}

function* copyTree(options: CopyOptions, from: string, to: string, st: Stat): Sys<Copied> {
  const { name } = options;
  const there = yield* lstat(to);
  const made = failed(there) ? yield* newDirectory(options, from, to, st) : null;
  if (failed(there) && made === null) return false;
  const inside = made && options.made === undefined ? { ...options, made } : options;
  const names = yield* readDir(from);
  let done: Copied = true;
  if (failed(names)) done = yield* complain(name, `cannot access ${quoted(from)}`, names);
  for (const each of failed(names) ? [] : yield* byInode(from, names)) {
    const one: Copied = yield* copyOne(inside, `${from}/${each}`, `${to}/${each}`, false);
    if (one !== true) done = one;
    if (one === 'into itself') break;
  }
  yield* preserve(options, from, to, st, made);
  return done;
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
  if (symbolic && !from.startsWith('/') && /\//.test(to.replace(/^\.\/+/, ''))) {
    const what = 'can make relative symbolic links only in current directory';
    yield* err(`${options.name}: ${quotedIfNeeded(to)}: ${what}\n`);
    return false;
  }
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
    (st.type !== 'file' && (options.recursive || keepLinks)) ||
    options.makes !== 'copies' ||
    existing === 'removed';
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
  const another =
    existing === 'removed' &&
    (there.type === 'symlink' || (there.nlink > 1 && !(yield* sameName(from, to))));
  if (verdict === 'the same file' && !another) {
    if (options.existing === 'kept') return 'done';
    return yield* refuse(`${quoted(from)} and ${quoted(to)} are the same file`);
  }
  if (verdict === 'done') return 'done';
  if (st.type !== 'dir') {
    if (existing === 'kept' || (existing === 'if older' && st.mtime <= there.mtime)) return 'done';
    if (existing === 'asked' && !(yield* mayOverwrite(name, to, there, options.force)))
      return 'done';
    if (there.type === 'dir') {
      return yield* refuse(`cannot overwrite directory ${quoted(to)} with non-directory`);
    }
  } else if (there.type !== 'dir')
    return yield* refuse(
      `cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`,
    );
  const replaced = (keepLinks && st.type !== 'file') || options.makes !== 'copies';
  const several = options.keep.links && there.nlink > 1;
  const goes = there.type !== 'dir' && (replaced || several || existing === 'removed');
  if (goes && !failed(yield* unlink(to, SOURCE)) && options.verbose)
    yield* out(`removed ${quoted(to)}\n`);
  return 'go on';
}

/** A cross-device mv acts as rename would: what is in the way goes. */
function* makeWay({ name }: CopyOptions, from: string, to: string, st: Stat): Sys<boolean> {
  const gone = yield* st.type === 'dir' ? rmdir(to) : unlink(to, SOURCE);
  if (!failed(gone) || gone.errno === 'ENOENT') return true;
  const what = `inter-device move failed: ${quoted(from)} to ${quoted(to)}; unable to remove target`;
  return yield* complain(name, what, gone);
}

function* copyOne(options: CopyOptions, from: string, to: string, named: boolean): Sys<Copied> {
  const { name, moves, verbose } = options;
  const keepLinks = options.follow === 'none' || (options.follow === 'named' && !named);
  const st = yield* keepLinks ? lstat(from) : stat(from);
  if (failed(st)) return yield* complain(name, `cannot stat ${quoted(from)}`, st);
  if (st.type === 'dir' && !options.recursive) {
    const why =
      options.privately || !(yield* isModern()) ? 'omitting' : '-r not specified; omitting';
    yield* err(`${name}: ${why} directory ${quoted(from)}\n`);
    return false;
  }
  if (options.made && isSame(options.made, st)) {
    const top = options.named ?? { from, to };
    const what = `cannot copy a directory, ${quoted(top.from)}, into itself, ${quoted(top.to)}`;
    yield* err(`${name}: ${what}\n`);
    return 'into itself';
  }
  const way = moves ? 'go on' : yield* clear(options, from, st, to, keepLinks);
  if (way !== 'go on') return way === 'done';
  if (verbose && !moves && st.type !== 'dir') yield* out(`${quoted(from)} -> ${quoted(to)}\n`);
  const key = `${st.dev}:${st.ino}`;
  const first = options.copied?.get(key);
  if (first !== undefined && st.type !== 'dir')
    return yield* makeLink({ ...options, makes: 'hard links' }, first, to);
  if (moves) {
    if (!(yield* makeWay(options, from, to, st))) return false;
    if (verbose && st.type !== 'dir') yield* out(`copied ${quoted(from)} -> ${quoted(to)}\n`);
  }
  if (options.keep.links && st.nlink > 1) options.copied?.set(key, to);
  if (options.makes !== 'copies' && st.type !== 'dir') return yield* makeLink(options, from, to);
  const here = named ? { ...options, named: { from, to } } : options;
  if (st.type === 'dir') return yield* copyTree(here, from, to, st);
  const before = options.modeDropped ? yield* lstat(to) : null;
  const isSpecial = st.type === 'symlink' || (st.type !== 'file' && options.recursive);
  const ok = yield* isSpecial ? copySpecial(here, from, to, st) : copyFile(here, from, to, st);
  if (ok) yield* preserve(options, from, to, st, before !== null && failed(before) ? st : null);
  return ok;
}

/** One source to one destination. False: something was complained about. */
export function* copy(options: CopyOptions, from: string, to: string): Sys<boolean> {
  return (yield* copyOne(options, from, to, true)) === true;
}
