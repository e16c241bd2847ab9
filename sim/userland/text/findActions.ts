/**
 * What find does with a file that fits: print, print in a format, run something, delete, stop.
 *
 * Models: findutils 4.9 find/pred.c, find/exec.c, find/print.c
 * Leaves out: times and file systems in -printf; -execdir and -okdir with `+`.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { modeText } from '../../kernel/inode.ts';
import type { Sys } from '../../kernel/program.ts';
import { getgrgid, getpwuid } from '../../libc/nss.ts';

import { err, getcwd, out, readlink, rmdir, spawn, stat, unlink, wait } from '../../libc/sys.ts';
import { strftime } from '../../libc/time.ts';
import { confirmed } from '../coreutils/overwrite.ts';
import { findProgram } from '../exec.ts';
import type { Search, Visit } from './find.ts';
import { typeLetter } from './findTypes.ts';
import { undoEscapes } from './format.ts';

function* remove(file: Visit): Sys<boolean> {
  if (file.path === '.') return true;
  const done = file.st.type === 'dir' ? yield* rmdir(file.path) : yield* unlink(file.path);
  if (!failed(done)) return true;
  yield* err(`find: cannot delete '${file.path}': ${strerror(done.errno)}\n`);
  return false;
}

/** Run a command and wait for it. */
export function* launch(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Sys<boolean> {
  const path = yield* findProgram(argv[0] ?? '', env['PATH'] ?? '/bin:/usr/bin');
  const started =
    path === null
      ? ({ errno: 'ENOENT' } as const)
      : yield* spawn(path, argv, { env, ...(cwd === undefined ? {} : { cwd }) });
  if (failed(started)) {
    yield* err(`find: '${argv[0]}': ${strerror(started.errno)}\n`);
    return false;
  }
  const ended = yield* wait(started);
  return !failed(ended) && ended.signal === null && ended.code === 0;
}

/** The directory a file is in, from where find was started. */
function* directoryOf({ path }: Visit): Sys<string> {
  const at = path.lastIndexOf('/');
  const parent = at < 0 ? '.' : path.slice(0, at) || '/';
  return parent.startsWith('/') ? parent : `${yield* getcwd()}/${parent}`;
}

function* execute(
  name: string,
  args: readonly string[],
  file: Visit,
  search: Search,
): Sys<boolean> {
  const within = name.endsWith('dir');
  const shown = within ? `./${file.name}` : file.path;
  const argv = args.map((word) => word.replaceAll('{}', shown));
  if (name.startsWith('-ok') && !(yield* confirmed(`< ${args[0]} ... ${shown} > ? `))) return false;
  return yield* launch(argv, search.env, within ? yield* directoryOf(file) : undefined);
}

function* valueFor(letter: string, file: Visit): Sys<string | null> {
  const { st } = file;
  switch (letter) {
    case 'u':
      return (yield* getpwuid(st.uid))?.name ?? String(st.uid);
    case 'g':
      return (yield* getgrgid(st.gid))?.name ?? String(st.gid);
    case 'l': {
      const target = st.type === 'symlink' ? yield* readlink(file.path) : '';
      return failed(target) ? '' : target;
    }
    case 'Y': {
      const there = yield* stat(file.path);
      if (failed(there)) return there.errno === 'ELOOP' ? 'L' : 'N';
      return typeLetter(there);
    }
    case 't':
      return ctime(st.mtime);
    case 'a':
      return ctime(st.atime);
    case 'c':
      return ctime(st.ctime);
    case 'h':
      return file.path.includes('/') ? file.path.replace(/\/[^/]*$/, '') : '.';
    default:
      return plainValue(letter, file);
  }
}

const fraction = (ms: number) => `${String(ms % 1000).padStart(3, '0')}0000000`;

/** `%t`: as ctime(3) writes it, with fractions of a second. */
const ctime = (ms: number): string =>
  strftime('%a %b %e %H:%M:%S.', ms) + fraction(ms) + strftime(' %Y', ms);

/** `%Tk`: one field of a time; `@` is the seconds since 1970. */
function timeField(ms: number, field: string): string {
  if (field === '@') return `${Math.floor(ms / 1000)}.${fraction(ms)}`;
  if (field === '+') return `${strftime('%Y-%m-%d+%H:%M:%S', ms)}.${fraction(ms)}`;
  return strftime(`%${field}`, ms) + (/[STX]/.test(field) ? `.${fraction(ms)}` : '');
}

function plainValue(letter: string, { path, below, name, depth, st, root }: Visit): string | null {
  const values: Readonly<Record<string, string | number>> = {
    p: path,
    f: name,
    P: below,
    H: root,
    m: (st.mode & 0o7777).toString(8),
    M: modeText(st.type, st.mode),
    s: st.size,
    b: st.blocks,
    k: Math.ceil(st.blocks / 2),
    y: typeLetter(st),
    U: st.uid,
    G: st.gid,
    i: st.ino,
    n: st.nlink,
    d: depth,
    '%': '%',
  };
  const value = values[letter];
  return value === undefined ? null : String(value);
}

/** A format with its directives replaced, and as wide as they ask. */
function* format(text: string, file: Visit): Sys<boolean> {
  const pattern = /%([-0 #+]*)(\d*)(?:\.(\d+))?([ACT][a-zA-Z@+]|[a-zA-Z%])/g;
  let made = '';
  let from = 0;
  const shape = undoEscapes(text, 'format').text;
  for (const match of shape.matchAll(pattern)) {
    const [whole, flags = '', width = '', precision, letter = ''] = match;
    const time = { A: file.st.atime, C: file.st.ctime, T: file.st.mtime }[letter.charAt(0)];
    const value =
      letter.length === 2 && time !== undefined
        ? timeField(time, letter.charAt(1))
        : yield* valueFor(letter, file);
    if (value === null) {
      yield* err(`kvmlab: find -printf %${letter} is not modelled\n`);
      return false;
    }
    const cut = precision === undefined ? value : value.slice(0, Number(precision));
    const size = Number(width || 0);
    made += shape.slice(from, match.index);
    made += flags.includes('-')
      ? cut.padEnd(size)
      : cut.padStart(size, flags.includes('0') ? '0' : ' ');
    from = match.index + whole.length;
  }
  yield* out(made + shape.slice(from));
  return true;
}

export function* act(
  name: string,
  args: readonly string[],
  file: Visit,
  search: Search,
): Sys<boolean> {
  switch (name) {
    case '-print':
      yield* out(`${file.path}\n`);
      return true;
    case '-print0':
      yield* out(`${file.path}\0`);
      return true;
    case '-printf':
      return yield* format(args[0] ?? '', file);
    case '-prune':
      search.prune = true;
      return true;
    case '-quit':
      search.quit = true;
      return true;
    case '-delete':
      return yield* remove(file);
    case '-exec +':
      search.gathered.set(args, [...(search.gathered.get(args) ?? []), file.path]);
      return true;
    case '-execdir +':
    case '-ok +':
    case '-okdir +':
      yield* err(`kvmlab: find ${name} is not modelled\n`);
      return false;
    default:
      return yield* execute(name, args, file, search);
  }
}
