/**
 * The lines of `ls -l`: columns as wide as their widest entry, a `+` where an ACL says more than the mode.
 *
 * Models: coreutils 8.22 src/ls.c print_long_format, gobble_file, long_time_expected_width; gnulib filemode.c
 *
 * Devices show their numbers where files show their size. Times older than half a year, or in the future,
 * show the year instead of the hour.
 */
import { modeText } from '../../kernel/inode.ts';
import type { Stat } from '../../kernel/request.ts';
import { strftime } from '../../libc/time.ts';

export type Row = Readonly<{
  name: string;
  st: Stat;
  /** Has an ACL beyond its mode, or a default ACL. */
  extended: boolean;
  /** Of a symlink. */
  target: string | null;
}>;

export type Look = Readonly<{
  now: number;
  user: (uid: number) => string;
  group: (gid: number) => string;
  owner: boolean;
  groupColumn: boolean;
  human: boolean;
  inode: boolean;
  /** Kilobytes before each name. */
  size: boolean;
  quoting: 'none' | 'quotes' | 'escape';

  time: 'mtime' | 'ctime' | 'atime';
  /** null: recent or old, by age; otherwise a strftime format. */
  timeFormat: string | null;
  /** What follows a name: nothing, a slash for directories, or a sign for its kind. */
  suffix: 'none' | 'slash' | 'kind';
}>;

const HALF_A_YEAR_MS = (31_556_952 / 2) * 1000;

function timeText(look: Look, at: number): string {
  if (look.timeFormat !== null) return strftime(look.timeFormat, at);
  const recent = at <= look.now && at > look.now - HALF_A_YEAR_MS;
  return strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', at);
}

const powers = ['', 'K', 'M', 'G', 'T', 'P'];

/** 1536 as 1.5K: rounded up, one decimal below ten. */
export function humanSize(bytes: number): string {
  let value = bytes;
  let power = 0;
  while (value >= 1024 && power < powers.length - 1) {
    value /= 1024;
    power++;
  }
  if (power === 0) return String(bytes);
  const tenths = Math.ceil(value * 10) / 10;
  return `${tenths < 10 ? tenths.toFixed(1) : Math.ceil(value)}${powers[power]}`;
}

export const sizeText = (bytes: number, human: boolean): string =>
  human ? humanSize(bytes) : String(bytes);

/** The sign of -F. */
export function suffixOf(st: Stat, look: Pick<Look, 'suffix'>): string {
  if (look.suffix === 'none') return '';
  if (st.type === 'dir') return '/';
  if (look.suffix === 'slash') return '';
  if (st.type === 'file') return st.mode & 0o111 ? '*' : '';
  return { symlink: '@', fifo: '|', socket: '=', char: '', block: '' }[st.type];
}

const quote = (name: string): string =>
  `"${name.replace(/[\\"]/g, (c) => `\\${c}`).replace(/\n/g, '\\n')}"`;

/** `-b` writes a blank with a backslash before it. */
const escaped = (name: string): string =>
  name.replace(/[\\ ]/g, (c) => `\\${c}`).replace(/\n/g, '\\n');

/** The name as -Q or -b would have it. */
export const shownName = (name: string, { quoting }: Look): string =>
  quoting === 'quotes' ? quote(name) : quoting === 'escape' ? escaped(name) : name;

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((t) => t.length));

function sizeColumn(rows: readonly Row[], look: Look): string[] {
  const numbers = rows.map(({ st }) => st.rdev?.map(String) ?? null);
  const major = widest(numbers.map((n) => n?.[0] ?? ''));
  const minor = widest(numbers.map((n) => n?.[1] ?? ''));
  const texts = rows.map(({ st }, i) => {
    const [a = '', b = ''] = numbers[i] ?? [];
    return numbers[i]
      ? `${a.padStart(major)}, ${b.padStart(minor)}`
      : sizeText(st.size, look.human);
  });
  const width = widest(texts);
  return texts.map((t) => t.padStart(width));
}

export function longLines(rows: readonly Row[], look: Look): string {
  const anyExtended = rows.some((r) => r.extended);
  const links = rows.map(({ st }) => String(st.nlink));
  const users = rows.map(({ st }) => look.user(st.uid));
  const groups = rows.map(({ st }) => look.group(st.gid));
  const inodes = rows.map(({ st }) => String(st.ino));
  const used = rows.map(({ st }) => sizeText(kilobytes(st) * (look.human ? 1024 : 1), look.human));
  const sizes = sizeColumn(rows, look);
  const times = rows.map(({ st }) => timeText(look, st[look.time]));
  const column = (texts: readonly string[], i: number, right: boolean) => {
    const width = widest(texts);
    const text = texts[i] ?? '';
    return right ? text.padStart(width) : text.padEnd(width);
  };
  return rows
    .map((row, i) => {
      const mode = modeText(row.st.type, row.st.mode);
      const access = row.extended ? '+' : anyExtended ? ' ' : '';
      const arrow =
        row.target === null ? suffixOf(row.st, look) : ` -> ${shownName(row.target, look)}`;
      const words = [
        ...(look.inode ? [column(inodes, i, true)] : []),
        ...(look.size ? [column(used, i, true)] : []),
        mode + access,
        column(links, i, true),
        ...(look.owner ? [column(users, i, /^\d+$/.test(users[i] ?? ''))] : []),
        ...(look.groupColumn ? [column(groups, i, /^\d+$/.test(groups[i] ?? ''))] : []),
        sizes[i] ?? '',
        column(times, i, true),
        shownName(row.name, look) + arrow,
      ];
      return `${words.join(' ')}\n`;
    })
    .join('');
}

/** Kilobytes on disk. */
export const kilobytes = (st: Stat): number => st.blocks / 2;
