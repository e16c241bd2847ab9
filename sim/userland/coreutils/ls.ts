/**
 * ls: list files and directories.
 *
 * Models: coreutils 8.22 src/ls.c main, print_dir, gobble_file, extract_dirs_from_files
 * Leaves out: columns across a terminal (one name a line, as into a pipe), colours, -s, quoting styles.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { groups, users } from '../../libc/nss.ts';
import { clock, err, getxattr, lstat, out, readDir, readlink, stat } from '../../libc/sys.ts';
import { ended, type Given, given, unmodelled } from '../given.ts';
import { userlandSwitches } from '../switches.ts';
import { blocks, type Look, longLines, type Row, sizeText, suffixOf } from './lsColumns.ts';
import { quoted } from './quote.ts';

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
} as const;

type Listing = Readonly<{
  given: Given;
  look: Look;
  long: boolean;
  /** Follow symlinks: always, on the command line only when it leads to a directory, or never. */
  follow: 'all' | 'directories' | 'never';
}>;

const has = (listing: Listing, letter: string) => listing.given.options.has(letter);

/** The ACL that `+` stands for; only -l asks. */
function* isExtended(path: string, st: Stat): Sys<boolean> {
  if (st.type === 'symlink') return false;
  if (!failed(yield* getxattr(path, 'system.posix_acl_access'))) return true;
  return st.type === 'dir' && !failed(yield* getxattr(path, 'system.posix_acl_default'));
}

function* complain(name: string, doing: string, path: string, failure: Failure): Sys<void> {
  const { lsQuotes } = yield* userlandSwitches();
  const shown = lsQuotes ? quoted(path) : path;
  yield* err(`${name}: ${doing} ${shown}: ${strerror(failure.errno)}\n`);
}

function* rowOf(listing: Listing, name: string, path: string): Sys<Row | Failure> {
  const itself = yield* lstat(path);
  if (failed(itself)) return itself;
  const isLink = itself.type === 'symlink';
  const followed = isLink && listing.follow === 'all' ? yield* stat(path) : itself;
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

function sorted(rows: readonly Row[], listing: Listing): Row[] {
  const time = (r: Row) => r.st[listing.look.time];
  const byName = (a: Row, b: Row) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const sort = listing.given.options.get('sort');
  const order =
    has(listing, 't') || sort === 'time'
      ? (a: Row, b: Row) => time(b) - time(a) || byName(a, b)
      : has(listing, 'S') || sort === 'size'
        ? (a: Row, b: Row) => b.st.size - a.st.size || byName(a, b)
        : byName;
  const none = has(listing, 'U') || has(listing, 'f') || sort === 'none';
  const all = none ? [...rows] : [...rows].sort(order);
  if (has(listing, 'r')) all.reverse();
  if (!has(listing, 'group-directories-first')) return all;
  return [...all.filter((r) => r.st.type === 'dir'), ...all.filter((r) => r.st.type !== 'dir')];
}

function linesOf(rows: readonly Row[], listing: Listing): string {
  if (listing.long) return longLines(rows, listing.look);
  const width = Math.max(0, ...rows.map((r) => String(r.st.ino).length));
  return rows
    .map(({ name, st }) => {
      const inode = listing.look.inode ? `${String(st.ino).padStart(width)} ` : '';
      return `${inode}${name}${suffixOf(st, listing.look)}\n`;
    })
    .join('');
}

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
    ...names.filter((n) => everything || has(listing, 'A') || !n.startsWith('.')),
  ];
  const rows: Row[] = [];
  let status = 0;
  for (const name of shown) {
    const full = path.endsWith('/') ? path + name : `${path}/${name}`;
    const row = yield* rowOf(listing, name, full);
    if (failed(row)) {
      yield* complain(listing.given.name, 'cannot access', full, row);
      status = 1;
    } else rows.push(row);
  }
  const inOrder = sorted(rows, listing);
  const kilobytes = rows.reduce((sum, r) => sum + blocks(r.st), 0);
  const total = listing.long
    ? `total ${sizeText(listing.look.human ? kilobytes * 1024 : kilobytes, listing.look.human)}\n`
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
    const row = yield* rowOf(listing, path, path);
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
    inode: options.has('i'),
    time: options.has('c') ? 'ctime' : options.has('u') ? 'atime' : 'mtime',
    timeFormat: style.startsWith('+') ? style.slice(1) : (timeStyles[style] ?? null),
    suffix: options.has('F') ? 'kind' : options.has('p') ? 'slash' : 'none',
  };
}

export const ls = command(function* ({ argv }) {
  const line = yield* given(argv, 'laAdnhiL1RtrSUfgoGFpcukCxmZHNqbQsBIw:T:', words, 2);
  if (ended(line)) return line;
  for (const letter of ['C', 'x', 'm', 'Z', 'Q', 's', 'B', 'I', 'w', 'T'])
    if (line.options.has(letter)) return yield* unmodelled(line.name, `-${letter}`);
  const long = ['l', 'n', 'g', 'o', 'full-time'].some((o) => line.options.has(o));
  const stays = long || line.options.has('d') || line.options.has('F');
  const listing: Listing = {
    given: line,
    look: yield* lookOf(line),
    long,
    follow: line.options.has('L')
      ? 'all'
      : stays && !line.options.has('H')
        ? 'never'
        : 'directories',
  };
  return yield* listAll(listing, line.operands.length > 0 ? line.operands : ['.']);
});
