/**
 * Names of files as text: basename, dirname, pwd, readlink, realpath, which, mktemp.
 *
 * Models: coreutils 8.22 src/basename.c, dirname.c, pwd.c, readlink.c, realpath.c, mktemp.c; gnulib canonicalize.c
 *   canonicalize_filename_mode; which 2.20
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import {
  access,
  clock,
  close,
  err,
  getcwd,
  getpid,
  lstat,
  mkdir,
  open,
  out,
  readlink as readlinkCall,
  stat,
} from '../../libc/sys.ts';
import { complain, ended, given, misuse } from '../given.ts';
import { quoted } from './quote.ts';

const baseOf = (path: string): string =>
  /^\/+$/.test(path) ? '/' : (path.replace(/\/+$/, '').split('/').at(-1) ?? '');

function dirOf(path: string): string {
  const bare = path.replace(/\/+$/, '');
  if (bare === '') return path.startsWith('/') ? '/' : '.';
  const at = bare.lastIndexOf('/');
  if (at < 0) return '.';
  return bare.slice(0, at).replace(/\/+$/, '') || '/';
}

export const basename = command(function* ({ argv }) {
  const line = yield* given(argv, '+as:z', { multiple: 'a', suffix: 's', zero: 'z' });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const [path, second, third] = operands;
  if (path === undefined) return yield* misuse(name, 'missing operand');
  const many = options.has('a') || options.has('s');
  if (!many && third !== undefined) return yield* misuse(name, `extra operand ${quoted(third)}`);
  const suffix = options.get('s') ?? (many ? '' : (second ?? ''));
  for (const each of many ? operands : [path]) {
    const base = baseOf(each);
    const cut = suffix !== '' && base.endsWith(suffix) && base !== suffix;
    const shown = cut ? base.slice(0, -suffix.length) : base;
    yield* out(shown + (options.has('z') ? '\0' : '\n'));
  }
  return 0;
});

export const dirname = command(function* ({ argv }) {
  const line = yield* given(argv, '+z', { zero: 'z' });
  if (ended(line)) return line;
  if (line.operands.length === 0) return yield* misuse(line.name, 'missing operand');
  for (const path of line.operands) yield* out(dirOf(path) + (line.options.has('z') ? '\0' : '\n'));
  return 0;
});

export const pwd = command(function* ({ argv }) {
  const line = yield* given(argv, 'LP', { logical: 'L', physical: 'P' });
  if (ended(line)) return line;
  yield* out(`${yield* getcwd()}\n`);
  return 0;
});

/** How much of a path must exist: all of it, all but the last part, or nothing. */
type Must = 'all' | 'parents' | 'nothing';

/** The path without links and dots. */
export function* canonical(path: string, must: Must): Sys<string | Failure> {
  const whole = path.startsWith('/') ? path : `${yield* getcwd()}/${path}`;
  let todo = whole.split('/').filter((p) => p !== '' && p !== '.');
  let at = '';
  for (let links = 0; todo.length > 0; ) {
    const [name = '', ...rest] = todo;
    todo = rest;
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      continue;
    }
    const next = `${at}/${name}`;
    const st = yield* lstat(next);
    const last = rest.length === 0;
    if (failed(st)) {
      if (must === 'all' || (must === 'parents' && !(last && st.errno === 'ENOENT'))) return st;
      at = next;
    } else if (st.type === 'symlink') {
      if (++links > 40) return { errno: 'ELOOP' };
      const target = yield* readlinkCall(next);
      if (failed(target)) return target;
      todo = [...target.split('/').filter((p) => p !== '' && p !== '.'), ...rest];
      if (target.startsWith('/')) at = '';
    } else if (!last && st.type !== 'dir' && must !== 'nothing') return { errno: 'ENOTDIR' };
    else at = next;
  }
  return at === '' ? '/' : at;
}

const mustOf = (options: ReadonlyMap<string, unknown>, otherwise: Must): Must =>
  options.has('m') ? 'nothing' : options.has('e') ? 'all' : otherwise;

export const readlink = command(function* ({ argv }) {
  const line = yield* given(argv, 'efmnqsvz', {
    canonicalize: 'f',
    'canonicalize-existing': 'e',
    'canonicalize-missing': 'm',
    'no-newline': 'n',
    verbose: 'v',
    quiet: 'q',
    silent: 's',
    zero: 'z',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  const end = options.has('z') ? '\0' : options.has('n') && operands.length === 1 ? '' : '\n';
  const canonicalize = ['e', 'f', 'm'].some((o) => options.has(o));
  let status = 0;
  for (const path of operands) {
    const value = yield* canonicalize
      ? canonical(path, mustOf(options, 'parents'))
      : readlinkCall(path);
    if (!failed(value)) yield* out(value + end);
    else {
      status = 1;
      if (options.has('v')) yield* err(`${name}: ${path}: ${strerror(value.errno)}\n`);
    }
  }
  return status;
});

export const realpath = command(function* ({ argv }) {
  const line = yield* given(argv, 'eLmPqsz', {
    'canonicalize-existing': 'e',
    'canonicalize-missing': 'm',
    quiet: 'q',
    'no-symlinks': 's',
    strip: 's',
    zero: 'z',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  let status = 0;
  for (const path of operands) {
    const value = yield* canonical(path, mustOf(options, 'parents'));
    if (!failed(value)) yield* out(value + (options.has('z') ? '\0' : '\n'));
    else {
      status = 1;
      if (!options.has('q')) yield* err(`${name}: ${path}: ${strerror(value.errno)}\n`);
    }
  }
  return status;
});

export const which = command(function* ({ argv: [, ...argv], env }) {
  const path = env['PATH'] ?? '';
  let missing = 0;
  for (const name of argv.filter((a) => !a.startsWith('-'))) {
    const candidates = name.includes('/') ? [name] : path.split(':').map((d) => `${d}/${name}`);
    const all = argv.includes('-a');
    let found = 0;
    for (const candidate of candidates) {
      const st = yield* stat(candidate);
      if (failed(st) || st.type !== 'file' || failed(yield* access(candidate, 1))) continue;
      if (found++ === 0 || all) yield* out(`${candidate}\n`);
    }
    if (found > 0) continue;
    missing++;
    const where = name.includes('/') ? dirOf(name) : path;
    yield* err(`/usr/bin/which: no ${baseOf(name)} in (${where})\n`);
  }
  return Math.min(missing, 255);
});

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters from the clock and the process: no two files made on this host get the same, and every replay does. */
function lettersFor(seed: number, count: number): string {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ALPHABET.charAt((state >>> 8) % ALPHABET.length);
  }).join('');
}

export const mktemp = command(function* ({ argv, env }) {
  const line = yield* given(argv, 'dp:qtuV', {
    directory: 'd',
    'dry-run': 'u',
    quiet: 'q',
    'tmpdir:': 'p',
    'suffix:': '',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const template = operands[0] ?? 'tmp.XXXXXXXXXX';
  const [run = ''] = /X{3,}(?=[^X]*$)/.exec(template) ?? [];
  if (run === '') return yield* complain(name, `too few X's in template ${quoted(template)}`);
  const inTmp = operands.length === 0 || options.has('p') || options.has('t');
  const directory = inTmp ? `${options.get('p') ?? env['TMPDIR'] ?? '/tmp'}/` : '';
  const seed = ((yield* clock()) % 2 ** 31) * 31 + (yield* getpid());
  const at = template.lastIndexOf(run);
  const filled = lettersFor(seed, run.length);
  const path = `${directory}${template.slice(0, at)}${filled}${template.slice(at + run.length)}${options.get('suffix') ?? ''}`;
  if (!options.has('u')) {
    const kind = options.has('d') ? 'directory' : 'file';
    const made = yield* kind === 'directory'
      ? mkdir(path, 0o700)
      : open(path, ['read', 'write', 'create', 'excl'], 0o600);
    if (failed(made)) {
      const why = strerror(made.errno);
      return yield* complain(
        name,
        `failed to create ${kind} via template ${quoted(directory + template)}: ${why}`,
      );
    }
    if (made !== null) yield* close(made);
  }
  yield* out(`${path}\n`);
  return 0;
});
