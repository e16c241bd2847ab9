/**
 * readlink and realpath: where a name leads.
 *
 * Models: coreutils 8.22 src/readlink.c, src/realpath.c; gnulib canonicalize.c canonicalize_filename_mode
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, getcwd, lstat, out, readlink as readlinkCall } from '../../libc/sys.ts';
import { ended, given, misuse } from '../given.ts';

/** How much of a path must exist: all of it, all but the last part, or nothing. */
type Must = 'all' | 'parents' | 'nothing';

/** The path without links and dots. */
export function* canonical(path: string, must: Must): Sys<string | Failure> {
  const whole = path.startsWith('/') ? path : `${yield* getcwd()}/${path}`;
  let todo = whole.split('/').filter((p) => p !== '' && p !== '.');
  let at = '';
  const seen = new Set<string>();
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
      if (must === 'nothing' && seen.has(next)) {
        at = next;
        continue;
      }
      seen.add(next);
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
