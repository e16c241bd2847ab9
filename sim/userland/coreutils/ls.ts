/**
 * ls: list files and directories.
 *
 * Models: coreutils 8.22 src/ls.c main, print_dir, gobble_file, extract_dirs_from_files
 * Leaves out: terminals (every ls writes as into a pipe), colours, -I, -w, -T, quoting styles but -Q and -b.
 */
import { failed } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Dirent } from '../../kernel/request.ts';
import { groups, users } from '../../libc/nss.ts';
import { clock, err, out, readEntries, stat } from '../../libc/sys.ts';
import { ended, type Given, given, unmodelled } from '../given.ts';
import { compareVersions } from '../text/filevercmp.ts';
import { kilobytes, type Look, longLines, type Row, shownName, sizeText } from './lsColumns.ts';
import { type Layout, shortLines } from './lsNames.ts';
import { complain, entryRow, type Needs, namedRow } from './lsRows.ts';
import { tryHelp } from './quote.ts';

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
  'file-type': '',
  'indicator-style:': '',
  literal: 'N',
  'hide-control-chars': 'q',
  width: 'w',
  'hide:': '',
  ignore: 'I',
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
  needs: Needs;
}>;

const has = (listing: Listing, letter: string) => listing.given.options.has(letter);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const extension = (name: string) => (name.includes('.') ? name.slice(name.lastIndexOf('.')) : '');

function sorted(rows: readonly Row[], listing: Listing): Row[] {
  const time = (r: Row) => r.st?.[listing.look.time] ?? 0;
  const size = (r: Row) => r.st?.size ?? 0;
  const byName = (a: Row, b: Row) => compare(a.name, b.name);
  const sort = listing.given.options.get('sort');
  const order =
    has(listing, 't') || sort === 'time'
      ? (a: Row, b: Row) => time(b) - time(a) || byName(a, b)
      : has(listing, 'S') || sort === 'size'
        ? (a: Row, b: Row) => size(b) - size(a) || byName(a, b)
        : has(listing, 'X') || sort === 'extension'
          ? (a: Row, b: Row) => compare(extension(a.name), extension(b.name)) || byName(a, b)
          : has(listing, 'v') || sort === 'version'
            ? (a: Row, b: Row) => compareVersions(a.name, b.name)
            : byName;
  const none = has(listing, 'U') || has(listing, 'f') || sort === 'none';
  const all = none ? [...rows] : [...rows].sort(order);
  if (!none && has(listing, 'r')) all.reverse();
  if (!has(listing, 'group-directories-first')) return all;
  return [...all.filter((r) => r.type === 'dir'), ...all.filter((r) => r.type !== 'dir')];
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

const linesOf = (rows: readonly Row[], listing: Listing, measured: readonly Row[] = []): string =>
  listing.needs.long
    ? longLines(rows, listing.look, measured)
    : shortLines(rows, listing.look, layoutOf(listing.given));

/** One directory; with -R those below it after it. Answers the exit status. */
function* listDirectory(
  listing: Listing,
  path: string,
  heading: boolean,
  separate: boolean,
): Sys<number> {
  const entries = yield* readEntries(path);
  if (failed(entries)) {
    yield* complain(listing.given.name, 'cannot open directory', path, entries);
    return 2;
  }
  const everything = has(listing, 'a') || has(listing, 'f');
  const shown = [
    ...(everything ? ['.', '..'].map((name): Dirent => ({ name, type: 'dir' })) : []),
    ...entries
      .filter(({ name }) => everything || has(listing, 'A') || !name.startsWith('.'))
      .filter(({ name }) => !has(listing, 'B') || !name.endsWith('~')),
  ];
  const rows: Row[] = [];
  let status = 0;
  for (const entry of shown) {
    const { name } = entry;
    const full = path === '.' ? name : path.endsWith('/') ? path + name : `${path}/${name}`;
    const { row, ok } = yield* entryRow(listing.needs, listing.given.name, entry, full);
    if (!ok) status = 1;
    rows.push(row);
  }
  const inOrder = sorted(rows, listing);
  const size = rows.reduce((sum, { st }) => sum + (st ? kilobytes(st) : 0), 0);
  const { human } = listing.look;
  const total =
    listing.needs.long || listing.look.size
      ? `total ${sizeText(human ? size * 1024 : size, human)}\n`
      : '';
  yield* out(
    `${separate ? '\n' : ''}${heading ? `${shownName(path, listing.look)}:\n` : ''}${total}${linesOf(inOrder, listing)}`,
  );
  if (!has(listing, 'R')) return status;
  for (const { name, type } of inOrder) {
    if (type !== 'dir' || name === '.' || name === '..') continue;
    const full = path.endsWith('/') ? path + name : `${path}/${name}`;
    status = Math.max(status, (yield* listDirectory(listing, full, true, true)) > 0 ? 1 : 0);
  }
  return status;
}

/** What is named on the command line: files together first, then each directory. */
function* listAll(listing: Listing, named: readonly string[]): Sys<number> {
  const unnamed = named.length === 0 && !has(listing, 'd');
  const operands = named.length > 0 ? named : ['.'];
  const files: Row[] = [];
  const directories: Row[] = [];
  let status = 0;
  for (const path of operands) {
    // Nothing was named: the directory is opened without a look at it.
    if (unnamed) break;
    const row = yield* namedRow(listing.needs, path);
    if (failed(row)) {
      yield* complain(listing.given.name, 'cannot access', path, row);
      status = 2;
      continue;
    }
    const leads = row.type === 'symlink' && listing.needs.follow === 'directories';
    const target = leads ? yield* stat(path) : row;
    if (failed(target) && target.errno !== 'ENOENT') {
      yield* complain(listing.given.name, 'cannot access', path, target);
      status = 2;
      continue;
    }
    const directory = !failed(target) && target.type === 'dir' && !has(listing, 'd');
    if (directory) directories.push(row);
    else files.push(row);
  }
  if (files.length > 0) yield* out(linesOf(sorted(files, listing), listing, directories));
  const several = operands.length > 1 || has(listing, 'R');
  const ordered = unnamed ? operands : sorted(directories, listing).map(({ name }) => name);
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

/** The words after --time-style that name no format. In the C locale `iso` and `locale` are what no word gives. */
const unstyled = ['', 'locale', 'posix-locale', 'posix-long-iso', 'posix-iso', 'posix-full-iso'];

const BAD_STYLE = `Valid arguments are:
  - [posix-]full-iso
  - [posix-]long-iso
  - [posix-]iso
  - [posix-]locale
  - +FORMAT (e.g., +%H:%M) for a 'date'-style format
`;

/** null: there is no such style. */
function timeFormatOf(style: string): { format: string | null } | null {
  if (style.startsWith('+')) return { format: style.slice(1) };
  if (unstyled.includes(style)) return { format: null };
  const format = timeStyles[style];
  return format === undefined ? null : { format };
}

function suffixFor(options: Given['options']): Look['suffix'] {
  const style = options.get('indicator-style') ?? '';
  if (options.has('F') || style === 'classify') return 'kind';
  if (options.has('file-type') || style === 'file-type') return 'type';
  if (style === 'slash') return 'slash';
  return options.has('p') ? 'slash' : 'none';
}

function* lookOf({ options }: Given, timeFormat: string | null): Sys<Look> {
  const passwd = yield* users();
  const group = yield* groups();
  const numeric = options.has('n');
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
    timeFormat,
    suffix: suffixFor(options),
  };
}

function needsOf({ options }: Given, look: Look): Needs {
  const long = ['l', 'n', 'g', 'o', 'full-time'].some((o) => options.has(o));
  const byStat =
    ['t', 'S'].some((o) => options.has(o)) || /time|size/.test(options.get('sort') ?? '');
  const stays = long || options.has('d') || options.has('F');
  return {
    long,
    stat: long || byStat || look.size || look.inode,
    type: options.has('R') || look.suffix !== 'none' || options.has('group-directories-first'),
    suffix: look.suffix,
    follow: options.has('L') ? 'all' : options.has('H') ? 'named' : stays ? 'never' : 'directories',
  };
}

export const ls = command(function* ({ argv }) {
  const line = yield* given(argv, 'laAdnhiL1RtrSUfgoGFpcukCxmZHNqbQsBI:w:T:Xv', words, 2);
  if (ended(line)) return line;
  const { name, options } = line;
  for (const letter of ['Z', 'I', 'w', 'T', 'q'])
    if (options.has(letter)) return yield* unmodelled(name, `-${letter}`);
  if (options.has('hide')) return yield* unmodelled(name, '--hide');
  const style = options.has('full-time') ? 'full-iso' : (options.get('time-style') ?? '');
  if (style === 'iso') return yield* unmodelled(name, '--time-style=iso');
  const times = timeFormatOf(style);
  if (times === null) {
    yield* err(
      `${name}: invalid argument '${style}' for 'time style'\n${BAD_STYLE}${tryHelp(name)}`,
    );
    return 2;
  }
  const look = yield* lookOf(line, times.format);
  const listing: Listing = { given: line, look, needs: needsOf(line, look) };
  return yield* listAll(listing, line.operands);
});
