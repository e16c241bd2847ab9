/**
 * The lines of `ls -l`: columns as wide as their widest entry, a `+` where an ACL says more than the mode.
 *
 * Models: coreutils 8.22 src/ls.c print_long_format, gobble_file, long_time_expected_width; gnulib filemode.c
 *
 * Devices show their numbers where files show their size. Times older than half a year, or in the future,
 * show the year instead of the hour.
 */
import { type FileType, modeText } from '../../kernel/inode.ts';
import type { Stat } from '../../kernel/request.ts';
import { strftime } from '../../libc/time.ts';

export type Row = Readonly<{
  name: string;
  /** As its directory says, or as stat does. */
  type: FileType;
  /** null: not asked for, or refused. */
  st: Stat | null;
  /** Has an ACL beyond its mode, or a default ACL. */
  extended: boolean;
  /** Of a symlink, and what it leads to. */
  target: Readonly<{ path: string; type: FileType; st: Stat | null }> | null;
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
  /** What follows a name: nothing, a slash for directories, or a sign for its type, or also for what can be run. */
  suffix: 'none' | 'slash' | 'type' | 'kind';
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
export function suffixOf(
  { type, st }: Pick<Row, 'type' | 'st'>,
  look: Pick<Look, 'suffix'>,
): string {
  if (look.suffix === 'none') return '';
  if (type === 'dir') return '/';
  if (look.suffix === 'slash') return '';
  if (type === 'file') return look.suffix === 'kind' && (st?.mode ?? 0) & 0o111 ? '*' : '';
  return { symlink: '@', fifo: '|', socket: '=', char: '', block: '' }[type];
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

/** A column as wide as what is known in it; what is not known shows as `?`. */
function column(texts: readonly (string | null)[]): string[] {
  const width = widest(texts.map((text) => text ?? ''));
  return texts.map((text) => (text ?? '?').padStart(width));
}

/** A name to the left, a number to the right. */
function owners(texts: readonly (string | null)[]): string[] {
  const width = widest(texts.map((text) => text ?? ''));
  return texts.map((text) =>
    /^\d+$/.test(text ?? '') ? (text ?? '').padStart(width) : (text ?? '?').padEnd(width),
  );
}

function sizeColumn(rows: readonly Row[], look: Look): string[] {
  const numbers = rows.map(({ st }) => st?.rdev?.map(String) ?? null);
  const major = widest(numbers.map((n) => n?.[0] ?? ''));
  const minor = widest(numbers.map((n) => n?.[1] ?? ''));
  const texts = rows.map(({ st }, i) => {
    const [a = '', b = ''] = numbers[i] ?? [];
    if (st === null) return null;
    return numbers[i]
      ? `${a.padStart(major)}, ${b.padStart(minor)}`
      : sizeText(st.size, look.human);
  });
  return column(texts);
}

/** What an unknown time is as wide as: the beginning of time in the same format. */
const timeOrNone = (look: Look, st: Stat | null): string =>
  st === null ? '?'.padStart(timeText(look, 0).length) : timeText(look, st[look.time]);

function modeColumn(rows: readonly Row[]): string[] {
  const anyExtended = rows.some((row) => row.extended);
  return rows.map(({ type, st, extended }) => {
    const bits = st === null ? `${modeText(type, 0).charAt(0)}?????????` : modeText(type, st.mode);
    return bits + (anyExtended ? (st === null ? '?' : extended ? '+' : ' ') : '');
  });
}

export const inodeColumn = (rows: readonly Row[]): string[] =>
  column(rows.map(({ st }) => (st === null ? null : String(st.ino))));

export const blockColumn = (rows: readonly Row[], look: Look): string[] =>
  column(
    rows.map(({ st }) =>
      st === null ? null : sizeText(kilobytes(st) * (look.human ? 1024 : 1), look.human),
    ),
  );

/** `measured`: files that count for the widths although their lines come elsewhere, or never. */
export function longLines(
  shown: readonly Row[],
  look: Look,
  measured: readonly Row[] = [],
): string {
  const rows = [...shown, ...measured];
  const known = <T>(of: (st: Stat) => T) => rows.map(({ st }) => (st === null ? null : of(st)));
  const columns = [
    ...(look.inode ? [inodeColumn(rows)] : []),
    ...(look.size ? [blockColumn(rows, look)] : []),
    modeColumn(rows),
    column(known((st) => String(st.nlink))),
    ...(look.owner ? [owners(known((st) => look.user(st.uid)))] : []),
    ...(look.groupColumn ? [owners(known((st) => look.group(st.gid)))] : []),
    sizeColumn(rows, look),
    rows.map(({ st }) => timeOrNone(look, st)),
  ];
  return shown
    .map((row, i) => {
      const { target } = row;
      const arrow =
        target === null
          ? suffixOf(row, look)
          : ` -> ${shownName(target.path, look)}${target.st ? suffixOf(target, look) : ''}`;
      return `${columns.map((texts) => texts[i]).join(' ')} ${shownName(row.name, look)}${arrow}\n`;
    })
    .join('');
}

/** Kilobytes on disk. */
export const kilobytes = (st: Stat): number => st.blocks / 2;
