/**
 * ls: list files and directories.
 *
 * Models: coreutils 8.22 src/ls.c main, print_dir, gobble_file, extract_dirs_from_files
 * Leaves out: terminals (every ls writes as into a pipe), colours, -I, -w, -T, quoting styles but -Q and -b.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { groups, users } from '../../libc/nss.ts';
import { clock, err, getxattr, lstat, out, readDir, readlink, stat } from '../../libc/sys.ts';
import { ended, type Given, given, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { kilobytes, type Look, longLines, type Row, sizeText } from './lsColumns.ts';
import { type Layout, shortLines } from './lsNames.ts';
import { quoted } from './quote.ts';
import { versionOrder } from './version.ts';

const words = {
  all: 'a',
  'almost-all': 'A',
  directory: 'd',
  'numeric-uid-gid': 'n',
  'human-readable': 'h',
  inode: 'i',
  dereference: 'L',
  recursive: 'R',
  reverse: 'r',
  classify: 'F',
  'file-type': 'F',
  'no-group': 'G',
  'time-style:': '',
  'full-time': '',
  'sort:': '',
  'time:': '',
  'group-directories-first': '',
  'color?': '',
  size: 's',
  escape: 'b',
  'quote-name': 'Q',
  'ignore-backups': 'B',
} as const;

type Listing = Readonly<{
  given: Given;
  look: Look;
  long: boolean;
  /** Follow symlinks: always, on the command line, there only when they lead to a directory, or never. */
  follow: 'all' | 'named' | 'directories' | 'never';
}>;

const has = (listing: Listing, letter: string) => listing.given.options.has(letter);

/** The ACL that `+` stands for; only -l asks. */
function* isExtended(path: string, st: Stat): Sys<boolean> {
  if (st.type === 'symlink') return false;
  if (!failed(yield* getxattr(path, 'system.posix_acl_access'))) return true;
  return st.type === 'dir' && !failed(yield* getxattr(path, 'system.posix_acl_default'));
}

function* complain(name: string, doing: string, path: string, failure: Failure): Sys<void> {
  const shown = (yield* isModern()) ? quoted(path) : path;
  yield* err(`${name}: ${doing} ${shown}: ${strerror(failure.errno)}\n`);
}

function* rowOf(listing: Listing, name: string, path: string, named = false): Sys<Row | Failure> {
  const itself = yield* lstat(path);
  if (failed(itself)) return itself;
  const isLink = itself.type === 'symlink';
  const follows = listing.follow === 'all' || (named && listing.follow === 'named');
  const followed = isLink && follows ? yield* stat(path) : itself;
  if (failed(followed)) return followed;
  const st = followed;
  const target = listing.long && st.type === 'symlink' ? yield* readlink(path) : null;
  return {
    name,
    st,
    extended: listing.long && (yield* isExtended(path, st)),
    target: failed(target) ? null : target,
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const extension = (name: string) => (name.includes('.') ? name.slice(name.lastIndexOf('.')) : '');

function sorted(rows: readonly Row[], listing: Listing): Row[] {
  const time = (r: Row) => r.st[listing.look.time];
  const byName = (a: Row, b: Row) => compare(a.name, b.name);
  const sort = listing.given.options.get('sort');
  const order =
    has(listing, 't') || sort === 'time'
      ? (a: Row, b: Row) => time(b) - time(a) || byName(a, b)
      : has(listing, 'S') || sort === 'size'
        ? (a: Row, b: Row) => b.st.size - a.st.size || byName(a, b)
        : has(listing, 'X') || sort === 'extension'
          ? (a: Row, b: Row) => compare(extension(a.name), extension(b.name)) || byName(a, b)
          : has(listing, 'v') || sort === 'version'
            ? (a: Row, b: Row) => versionOrder(a.name, b.name) || byName(a, b)
            : byName;
  const none = has(listing, 'U') || has(listing, 'f') || sort === 'none';
  const all = none ? [...rows] : [...rows].sort(order);
  if (has(listing, 'r')) all.reverse();
  if (!has(listing, 'group-directories-first')) return all;
  return [...all.filter((r) => r.st.type === 'dir'), ...all.filter((r) => r.st.type !== 'dir')];
}

const layouts: Readonly<Record<string, Layout>> = {
  C: 'columns',
  x: 'across',
  m: 'commas',
  '1': 'lines',
};

/** The last of -C, -x, -m and -1 counts. */
function layoutOf({ order }: Given): Layout {
  const last = order.findLast(([letter]) => letter in layouts);
  return layouts[last?.[0] ?? '1'] ?? 'lines';
}

const linesOf = (rows: readonly Row[], listing: Listing): string =>
  listing.long
    ? longLines(rows, listing.look)
    : shortLines(rows, listing.look, layoutOf(listing.given));

/** One directory; with -R those below it after it. Answers the exit status. */
function* listDirectory(
  listing: Listing,
  path: string,
  heading: boolean,
  separate: boolean,
): Sys<number> {
  const names = yield* readDir(path);
  if (failed(names)) {
    yield* complain(listing.given.name, 'cannot open directory', path, names);
    return 2;
  }
  const everything = has(listing, 'a') || has(listing, 'f');
  const shown = [
    ...(everything ? ['.', '..'] : []),
    ...names
      .filter((n) => everything || has(listing, 'A') || !n.startsWith('.'))
      .filter((n) => !has(listing, 'B') || !n.endsWith('~')),
  ];
  const rows: Row[] = [];
  let status = 0;
  for (const name of shown) {
    const full = path === '.' ? name : path.endsWith('/') ? path + name : `${path}/${name}`;
    const row = yield* rowOf(listing, name, full);
    if (failed(row)) {
      yield* complain(listing.given.name, 'cannot access', full, row);
      status = 1;
    } else rows.push(row);
  }
  const inOrder = sorted(rows, listing);
  const size = rows.reduce((sum, r) => sum + kilobytes(r.st), 0);
  const { human } = listing.look;
  const total =
    listing.long || listing.look.size
      ? `total ${sizeText(human ? size * 1024 : size, human)}\n`
      : '';
  yield* out(
    `${separate ? '\n' : ''}${heading ? `${path}:\n` : ''}${total}${linesOf(inOrder, listing)}`,
  );
  if (!has(listing, 'R')) return status;
  for (const { name, st } of inOrder) {
    if (st.type !== 'dir' || name === '.' || name === '..') continue;
    const full = path.endsWith('/') ? path + name : `${path}/${name}`;
    status = Math.max(status, (yield* listDirectory(listing, full, true, true)) > 0 ? 1 : 0);
  }
  return status;
}

/** What is named on the command line: files together first, then each directory. */
function* listAll(listing: Listing, operands: readonly string[]): Sys<number> {
  const files: Row[] = [];
  const directories: string[] = [];
  let status = 0;
  for (const path of operands) {
    const row = yield* rowOf(listing, path, path, true);
    if (failed(row)) {
      yield* complain(listing.given.name, 'cannot access', path, row);
      status = 2;
      continue;
    }
    const leads = row.st.type === 'symlink' && listing.follow === 'directories';
    const target = leads ? yield* stat(path) : row.st;
    const directory = !failed(target) && target.type === 'dir' && !has(listing, 'd');
    if (directory) directories.push(path);
    else files.push(row);
  }
  if (files.length > 0) yield* out(linesOf(sorted(files, listing), listing));
  const several = operands.length > 1 || has(listing, 'R');
  const ordered = has(listing, 'r') ? [...directories].sort().reverse() : [...directories].sort();
  for (const [i, path] of ordered.entries()) {
    const separate = i > 0 || files.length > 0;
    status = Math.max(status, yield* listDirectory(listing, path, several, separate));
  }
  return status;
}

const timeStyles: Readonly<Record<string, string>> = {
  'full-iso': '%Y-%m-%d %H:%M:%S.%N %z',
  'long-iso': '%Y-%m-%d %H:%M',
};

function* lookOf({ options }: Given): Sys<Look> {
  const passwd = yield* users();
  const group = yield* groups();
  const numeric = options.has('n');
  const style = options.has('full-time') ? 'full-iso' : (options.get('time-style') ?? '');
  return {
    now: yield* clock(),
    user: (uid) => (numeric ? null : passwd.find((u) => u.uid === uid)?.name) ?? String(uid),
    group: (gid) => (numeric ? null : group.find((g) => g.gid === gid)?.name) ?? String(gid),
    owner: !options.has('g'),
    groupColumn: !options.has('o') && !options.has('G'),
    human: options.has('h'),
    size: options.has('s'),
    quoting: options.has('Q') ? 'quotes' : options.has('b') ? 'escape' : 'none',
    inode: options.has('i'),
    time: options.has('c') ? 'ctime' : options.has('u') ? 'atime' : 'mtime',
    timeFormat: style.startsWith('+') ? style.slice(1) : (timeStyles[style] ?? null),
    suffix: options.has('F') ? 'kind' : options.has('p') ? 'slash' : 'none',
  };
}

export const ls = command(function* ({ argv }) {
  const line = yield* given(argv, 'laAdnhiL1RtrSUfgoGFpcukCxmZHNqbQsBI:w:T:Xv', words, 2);
  if (ended(line)) return line;
  for (const letter of ['Z', 'I', 'w', 'T'])
    if (line.options.has(letter)) return yield* unmodelled(line.name, `-${letter}`);
  const long = ['l', 'n', 'g', 'o', 'full-time'].some((o) => line.options.has(o));
  const stays = long || line.options.has('d') || line.options.has('F');
  const listing: Listing = {
    given: line,
    look: yield* lookOf(line),
    long,
    follow: line.options.has('L')
      ? 'all'
      : line.options.has('H')
        ? 'named'
        : stays
          ? 'never'
          : 'directories',
  };
  return yield* listAll(listing, line.operands.length > 0 ? line.operands : ['.']);
});
