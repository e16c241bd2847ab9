/**
 * stat's directives: `%a`, `%U`, `%-10s` and the rest.
 *
 * Models: coreutils 8.22 src/stat.c print_stat, print_it, default_format, human_access, human_time
 * Leaves out: SELinux contexts (%C), birth times.
 */
import { modeText } from '../../kernel/inode.ts';
import type { Stat } from '../../kernel/request.ts';
import { strftime } from '../../libc/time.ts';

/** What stat knows of one file. */
export type Subject = Readonly<{
  path: string;
  st: Stat;
  target: string | null;
  user: string;
  group: string;
  mountPoint: string;
  quote: (name: string) => string;
}>;

/**
 * Device numbers of the mounts, in the order of the mount table: the disk, devtmpfs, tmpfs, proc, sysfs.
 * The kernel of the model numbers its mounts; these are the numbers of a common host.
 */
const devices: Readonly<Record<string, readonly [number, number]>> = {
  '0': [253, 0],
  '1': [0, 5],
  '2': [0, 19],
  '3': [0, 3],
  '4': [0, 18],
};

const deviceOf = (st: Stat): readonly [number, number] => devices[st.dev] ?? [0, 0];
const deviceNumber = ([major, minor]: readonly [number, number]) => major * 256 + minor;

const kinds: Readonly<Record<Stat['type'], string>> = {
  file: 'regular file',
  dir: 'directory',
  symlink: 'symbolic link',
  char: 'character special file',
  block: 'block special file',
  fifo: 'fifo',
  socket: 'socket',
};

/** As file_type names it. */
export const kindText = (st: Stat): string =>
  st.type === 'file' && st.size === 0 ? 'regular empty file' : kinds[st.type];

const typeBits: Readonly<Record<Stat['type'], number>> = {
  file: 0o100000,
  dir: 0o040000,
  symlink: 0o120000,
  char: 0o020000,
  block: 0o060000,
  fifo: 0o010000,
  socket: 0o140000,
};

const fullTime = (ms: number) => strftime('%Y-%m-%d %H:%M:%S.%N +0000', ms);

const hex = (n: number) => n.toString(16);

/** One directive's text; null: there is no such directive. */
function directive(
  letter: string,
  { path, st, target, user, group, mountPoint, quote }: Subject,
): string | null {
  const [major, minor] = st.rdev ?? [0, 0];
  const texts: Readonly<Record<string, () => string>> = {
    a: () => st.mode.toString(8),
    A: () => modeText(st.type, st.mode),
    b: () => String(st.blocks),
    B: () => '512',
    C: () => '?',
    d: () => String(deviceNumber(deviceOf(st))),
    D: () => hex(deviceNumber(deviceOf(st))),
    f: () => hex(typeBits[st.type] | st.mode),
    F: () => kindText(st),
    g: () => String(st.gid),
    G: () => group,
    h: () => String(st.nlink),
    i: () => String(st.ino),
    m: () => mountPoint,
    n: () => path,
    N: () => (target === null ? quote(path) : `${quote(path)} -> ${quote(target)}`),
    r: () => String(deviceNumber(st.rdev ?? [0, 0])),
    R: () => hex(deviceNumber(st.rdev ?? [0, 0])),
    o: () => (st.type === 'block' ? '512' : '4096'),
    s: () => String(st.size),
    t: () => hex(major),
    T: () => hex(minor),
    u: () => String(st.uid),
    U: () => user,
    w: () => '-',
    W: () => '0',
    x: () => fullTime(st.atime),
    X: () => String(Math.floor(st.atime / 1000)),
    y: () => fullTime(st.mtime),
    Y: () => String(Math.floor(st.mtime / 1000)),
    z: () => fullTime(st.ctime),
    Z: () => String(Math.floor(st.ctime / 1000)),
  };
  return texts[letter]?.() ?? null;
}

/** `%H` and `%L` before d and r (coreutils 8.30): the major and the minor number. */
function halfOfDevice(which: string, letter: string, st: Stat): string {
  const numbers = letter === 'd' ? deviceOf(st) : (st.rdev ?? [0, 0]);
  return String(which === 'H' ? numbers[0] : numbers[1]);
}

const fractionDigits = (ms: number, digits: number) =>
  `${String(Math.floor(((ms % 1000) + 1000) % 1000)).padStart(3, '0')}000000`.slice(0, digits);

/** Flags, width and precision, as printf would have them; precision cuts text and adds decimals to seconds. */
function fitted(
  text: string,
  letter: string,
  flags: string,
  width: string,
  precision: string,
  st: Stat,
): string {
  let body = text;
  if (precision !== '') {
    const digits = precision === '.' ? 9 : Number(precision.slice(1));
    const times = { X: st.atime, Y: st.mtime, Z: st.ctime, W: 0 } as const;
    if (letter in times) {
      const ms = times[letter as keyof typeof times];
      body = digits === 0 ? text : `${text}.${fractionDigits(ms, digits)}`;
    } else
      body = /[AUGFnNmCxyzw]/.test(letter) ? text.slice(0, digits) : text.padStart(digits, '0');
  }
  if (flags.includes('#') && letter === 'a') body = `0${body}`;
  const signed = letter === 's' || /[XYZW]/.test(letter);
  if (signed && flags.includes('+')) body = `+${body}`;
  else if (signed && flags.includes(' ')) body = ` ${body}`;
  const size = Number(width || 0);
  if (flags.includes('-')) return body.padEnd(size);
  return body.padStart(size, flags.includes('0') ? '0' : ' ');
}

const pattern = /%([-#0+ ']*)(\d*)(\.\d*)?([HL]?[a-zA-Z%])/g;

/** A format with its directives replaced; an unknown one prints `?`. */
export function formatted(format: string, subject: Subject): string {
  return format.replace(
    pattern,
    (_, flags: string, width: string, precision: string | undefined, letters: string) => {
      const letter = letters.at(-1) ?? '';
      if (letter === '%') return '%';
      const text =
        letters.length === 2 && /[dr]/.test(letter)
          ? halfOfDevice(letters.charAt(0), letter, subject.st)
          : (directive(letter, subject) ?? '?');
      return fitted(text, letter, flags, width, precision ?? '', subject.st);
    },
  );
}

/** What stat prints without -c. */
export function defaultFormat({ st, path, target }: Subject, decimalDevices: boolean): string {
  // 9.1 quotes nothing here.
  const names = [path, ...(target === null ? [] : [target])].join(' -> ');
  const device = st.rdev !== null;
  const where = decimalDevices ? 'Device: %Hd,%Ld' : 'Device: %Dh/%dd';
  const type = decimalDevices ? 'Device type: %Hr,%Lr' : 'Device type: %t,%T';
  return [
    decimalDevices ? `  File: ${names.replaceAll('%', '%%')}` : '  File: %N',
    '  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F',
    device ? `${where}\tInode: %-10i  Links: %-5h ${type}` : `${where}\tInode: %-10i  Links: %h`,
    'Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)',
    'Access: %x',
    'Modify: %y',
    'Change: %z',
    ' Birth: %w',
    '',
  ].join('\n');
}
