/**
 * find's tests and actions on one file.
 *
 * Models: findutils 4.5.11 find/pred.c
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { type FileType, modeText } from '../../kernel/inode.ts';
import type { Sys } from '../../kernel/program.ts';
import { getgrgid, getgrnam, getpwnam, getpwuid } from '../../libc/nss.ts';
import {
  access,
  clock,
  err,
  out,
  readDir,
  readlink,
  rmdir,
  spawn,
  stat,
  unlink,
  wait,
} from '../../libc/sys.ts';
import { changedMode, parseMode } from '../coreutils/modechange.ts';
import { findProgram } from '../exec.ts';
import type { Visit } from './find.ts';
import type { Expression } from './findExpression.ts';
import { undoEscapes } from './format.ts';
import { wildcard } from './wildcard.ts';

const types: Readonly<Record<FileType, string>> = {
  file: 'f',
  dir: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** `+5`, `-5`, `5`. */
function compare(word: string, value: number): boolean {
  const [, sign = '', digits = '0'] = /^([+-]?)(\d+)/.exec(word) ?? [];
  const n = Number(digits);
  return sign === '+' ? value > n : sign === '-' ? value < n : value === n;
}

function permission(word: string, mode: number): boolean {
  const [, kind = '', text = ''] = /^([-/]?)(.*)$/.exec(word) ?? [];
  const change = parseMode(text);
  const wanted = change === null ? -1 : changedMode(0, false, 0, change);
  if (kind === '-') return (mode & wanted) === wanted;
  if (kind === '/') return wanted === 0 || (mode & wanted) !== 0;
  return mode === wanted;
}

const units: Readonly<Record<string, number>> = {
  c: 1,
  w: 2,
  b: 512,
  '': 512,
  k: 1024,
  M: 1_048_576,
  G: 1_073_741_824,
};

function size(word: string, bytes: number): boolean {
  const [, number = '0', unit = ''] = /^([+-]?\d+)([cwbkMG]?)$/.exec(word) ?? [];
  return compare(number, Math.ceil(bytes / (units[unit] ?? 512)));
}

function* owner(name: string, value: string, file: Visit): Sys<boolean> {
  if (name === '-user') {
    const user = yield* getpwnam(value);
    return file.st.uid === (user?.uid ?? Number(value));
  }
  const group = yield* getgrnam(value);
  return file.st.gid === (group?.gid ?? Number(value));
}

function* empty(file: Visit): Sys<boolean> {
  if (file.st.type === 'file') return file.st.size === 0;
  if (file.st.type !== 'dir') return false;
  const names = yield* readDir(file.path);
  return !failed(names) && names.length === 0;
}

function* remove(file: Visit): Sys<boolean> {
  if (file.path === '.') return true;
  const done = file.st.type === 'dir' ? yield* rmdir(file.path) : yield* unlink(file.path);
  if (!failed(done)) return true;
  yield* err(`find: cannot delete '${file.path}': ${strerror(done.errno)}\n`);
  return false;
}

function* execute(
  args: readonly string[],
  file: Visit,
  env: Readonly<Record<string, string>>,
): Sys<boolean> {
  const argv = args.map((word) => word.replaceAll('{}', file.path));
  const path = yield* findProgram(argv[0] ?? '', env['PATH'] ?? '/bin:/usr/bin');
  const started =
    path === null ? ({ errno: 'ENOENT' } as const) : yield* spawn(path, argv, { env });
  if (failed(started)) {
    yield* err(`find: '${argv[0]}': ${strerror(started.errno)}\n`);
    return false;
  }
  const ended = yield* wait(started);
  return !failed(ended) && ended.signal === null && ended.code === 0;
}

function* format(text: string, file: Visit): Sys<void> {
  const { st } = file;
  const user = (yield* getpwuid(st.uid))?.name ?? String(st.uid);
  const group = (yield* getgrgid(st.gid))?.name ?? String(st.gid);
  const values: Record<string, string> = {
    p: file.path,
    f: file.name,
    P: file.below,

    m: (st.mode & 0o7777).toString(8),
    M: modeText(st.type, st.mode),
    u: user,
    g: group,
    s: String(st.size),
    y: types[st.type],
    U: String(st.uid),
    G: String(st.gid),
    i: String(st.ino),
    n: String(st.nlink),
    d: String(file.depth),
    h: file.path.includes('/') ? file.path.replace(/\/[^/]*$/, '') : '.',
    '%': '%',
  };
  if (text.includes('%l')) {
    const target = yield* readlink(file.path);
    values['l'] = failed(target) ? '' : target;
  }
  yield* out(
    undoEscapes(text, 'format').text.replace(
      /%([a-zA-Z%])/g,
      (whole, c: string) => values[c] ?? whole,
    ),
  );
}

function* newer(path: string, file: Visit): Sys<boolean> {
  const other = yield* stat(path);
  return !failed(other) && file.st.mtime > other.mtime;
}

/** Tests that need nothing but the file's stat. */
function known(name: string, value: string, { st, path, name: base }: Visit): boolean | null {
  switch (name) {
    case '-true':
      return true;
    case '-false':
      return false;
    case '-name':
      return wildcard(value, base, false);
    case '-iname':
      return wildcard(value, base, true);
    case '-path':
    case '-wholename':
      return wildcard(value, path, false);
    case '-ipath':
      return wildcard(value, path, true);
    case '-type':
      return value.split(',').includes(types[st.type]);
    case '-uid':
      return compare(value, st.uid);
    case '-gid':
      return compare(value, st.gid);
    case '-perm':
      return permission(value, st.mode & 0o7777);
    case '-size':
      return size(value, st.size);
    case '-links':
      return compare(value, st.nlink);
    case '-inum':
      return compare(value, st.ino);
    default:
      return null;
  }
}

const rights: Readonly<Record<string, number>> = {
  '-readable': 4,
  '-writable': 2,
  '-executable': 1,
};

function* act(
  name: string,
  args: readonly string[],
  file: Visit,
  state: { prune: boolean },
  env: Readonly<Record<string, string>>,
): Sys<boolean> {
  const [value = ''] = args;
  switch (name) {
    case '-print':
      yield* out(`${file.path}\n`);
      return true;
    case '-print0':
      yield* out(`${file.path}\0`);
      return true;
    case '-printf':
      yield* format(value, file);
      return true;
    case '-prune':
      state.prune = true;
      return true;
    case '-delete':
      return yield* remove(file);
    case '-exec':
      return yield* execute(args, file, env);
    case '-empty':
      return yield* empty(file);
    case '-newer':
      return yield* newer(value, file);
    case '-user':
    case '-group':
      return yield* owner(name, value, file);
    case '-nouser':
      return (yield* getpwuid(file.st.uid)) === null;
    case '-nogroup':
      return (yield* getgrgid(file.st.gid)) === null;
    case '-lname': {
      const target = yield* readlink(file.path);
      return !failed(target) && wildcard(value, target, false);
    }
    case '-mtime':
    case '-mmin': {
      const unit = name === '-mtime' ? 86_400_000 : 60_000;
      return compare(value, Math.floor(((yield* clock()) - file.st.mtime) / unit));
    }
    default:
      return !failed(yield* access(file.path, rights[name] ?? 0));
  }
}

export function* holds(
  e: Expression,
  file: Visit,
  state: { prune: boolean },
  env: Readonly<Record<string, string>>,
): Sys<boolean> {
  if (e.kind === 'not') return !(yield* holds(e.inner, file, state, env));
  if (e.kind === 'primary') {
    return known(e.name, e.args[0] ?? '', file) ?? (yield* act(e.name, e.args, file, state, env));
  }
  const left = yield* holds(e.left, file, state, env);
  if (e.kind === 'and' && !left) return false;
  if (e.kind === 'or' && left) return true;
  return yield* holds(e.right, file, state, env);
}
