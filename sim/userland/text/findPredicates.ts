/**
 * find's tests of one file.
 *
 * Models: findutils 4.5.11 find/pred.c
 */
import { failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { getgrgid, getgrnam, getpwnam, getpwuid } from '../../libc/nss.ts';
import { access, clock, err, lstat, readDir, readlink, stat } from '../../libc/sys.ts';
import { parseDate } from '../coreutils/datetime.ts';
import { changedMode, parseMode } from '../coreutils/modechange.ts';
import type { Search, Visit } from './find.ts';
import { act } from './findActions.ts';
import type { Expression } from './findExpression.ts';
import { look } from './findLook.ts';
import { typeLetter } from './findTypes.ts';
import { toRegExp } from './regex.ts';
import { wildcard } from './wildcard.ts';

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

const times: Readonly<Record<string, 'atime' | 'ctime' | 'mtime'>> = {
  a: 'atime',
  c: 'ctime',
  m: 'mtime',
};

/** -newer, -anewer, -cnewer: a time of this file against when that one was changed. */
function* newer(name: string, path: string, file: Visit): Sys<boolean> {
  const other = yield* look(path, file.namedFollowed);
  const time = times[name.charAt(1)] ?? 'mtime';
  return !failed(other) && file.st[time] > other.mtime;
}

/** emacs, find's own: groups and alternatives are written with backslashes, `+` and `?` without. */
const emacsToExtended = (pattern: string): string =>
  pattern.replace(
    /\\([()|])|([(){}|])|\\?[\s\S]/g,
    (whole, written?: string, plain?: string) =>
      written ?? (plain === undefined ? whole : `\\${plain}`),
  );

function regex(pattern: string, syntax: string, path: string, flags: string): boolean {
  const basic = /^(posix-basic|grep|sed|ed)$/.test(syntax);
  const emacs = syntax === 'emacs' || syntax === 'findutils-default';
  const source = emacs ? emacsToExtended(pattern) : pattern;
  const compiled = toRegExp(source, basic ? 'basic' : 'extended', flags);
  return 'regexp' in compiled && new RegExp(`^(?:${compiled.regexp.source})$`, flags).test(path);
}

/** -xtype: the type on the other side of following links or not. */
function* otherType(value: string, file: Visit): Sys<boolean> {
  const other = yield* file.followed ? lstat(file.path) : stat(file.path);
  if (failed(other) && other.errno === 'ELOOP') {
    yield* err(`find: '${file.path}': ${strerror(other.errno)}\n`);
    return false;
  }
  return value.split(',').includes(failed(other) ? 'l' : typeLetter(other));
}

function* same(path: string, file: Visit): Sys<boolean> {
  const other = yield* look(path, file.namedFollowed);
  return !failed(other) && file.st.ino === other.ino && file.st.dev === other.dev;
}

/** Tests that need nothing but the file's stat. */
function known(
  name: string,
  [value = '', syntax = '']: readonly string[],
  { st, path, name: base }: Visit,
): boolean | null {
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
    case '-regex':
    case '-iregex':
      return regex(value, syntax, path, name === '-iregex' ? 'i' : '');
    case '-type':
      return value.split(',').includes(typeLetter(st));
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

/** What must be asked for; null: it is an action. */
function* asked(name: string, value: string, file: Visit): Sys<boolean | null> {
  switch (name) {
    case '-empty':
      return yield* empty(file);
    case '-newer':
    case '-anewer':
    case '-cnewer':
      return yield* newer(name, value, file);
    case '-newermt': {
      const at = parseDate(value, yield* clock());
      return at !== null && file.st.mtime > at;
    }
    case '-samefile':
      return yield* same(value, file);
    case '-xtype':
      return yield* otherType(value, file);
    case '-user':
    case '-group':
      return yield* owner(name, value, file);
    case '-nouser':
      return (yield* getpwuid(file.st.uid)) === null;
    case '-nogroup':
      return (yield* getgrgid(file.st.gid)) === null;
    case '-lname':
    case '-ilname': {
      const target = yield* readlink(file.path);
      return !failed(target) && wildcard(value, target, name === '-ilname');
    }
    case '-readable':
    case '-writable':
    case '-executable':
      return !failed(yield* access(file.path, rights[name] ?? 0));
    default: {
      const [, which = '', kind] = /^-([acm])(time|min)$/.exec(name) ?? [];
      if (kind === undefined) return null;
      const unit = kind === 'time' ? 86_400_000 : 60_000;
      const age = (yield* clock()) - file.st[times[which] ?? 'mtime'];
      // Minutes count from the moment, days are whole.
      return compare(value, kind === 'time' ? Math.floor(age / unit) : Math.ceil(age / unit));
    }
  }
}

export function* holds(e: Expression, file: Visit, search: Search): Sys<boolean> {
  if (e.kind === 'not') return !(yield* holds(e.inner, file, search));
  if (e.kind === 'primary') {
    const test = known(e.name, e.args, file) ?? (yield* asked(e.name, e.args[0] ?? '', file));
    return test ?? (yield* act(e.name, e.args, file, search));
  }
  const left = yield* holds(e.left, file, search);
  if (search.quit) return left;
  if (e.kind === 'and' && !left) return false;
  if (e.kind === 'or' && left) return true;
  return yield* holds(e.right, file, search);
}
