/**
 * rm: remove names.
 *
 * Models: coreutils 8.22 src/rm.c main, src/remove.c rm_fts, excise
 * Leaves out: -I (refused loudly); a write-protected file is removed without being asked for, as where there is no terminal.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { access, err, lstat, out, readDir, rmdir as rmdirCall, unlink } from '../../libc/sys.ts';
import { ended, type Given, given, misuse, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { confirmed } from './overwrite.ts';
import { quoted, quotedIfNeeded } from './quote.ts';
import { kindText } from './statFormat.ts';

/** Of the options r, d, f, i and v are looked at. */
type Asked = Pick<Given, 'name' | 'options'>;
type End = 'removed' | 'declined' | 'failed';

function* fail(line: Asked, text: string): Sys<End> {
  yield* err(`${line.name}: ${text}\n`);
  return 'failed';
}

const cannot = (path: string, errno: Parameters<typeof strerror>[0]) =>
  `cannot remove ${quoted(path)}: ${strerror(errno)}`;

const isDots = (path: string) => /(^|\/)\.\.?\/*$/.test(path);

/** prompt: nobody is asked without -i, for there is no terminal. */
function* agreed(
  { name, options }: Asked,
  path: string,
  st: Stat,
  descends: boolean,
): Sys<boolean> {
  if (!options.has('i')) return true;
  const guarded = st.type !== 'symlink' && failed(yield* access(path, 2)) ? 'write-protected ' : '';
  const question = descends
    ? `descend into ${guarded}directory`
    : `remove ${guarded}${kindText(st)}`;
  return yield* confirmed(`${name}: ${question} ${quoted(path)}? `);
}

/** What is in a directory goes first; what stays keeps it. */
function* empty(line: Asked, path: string, st: Stat): Sys<End> {
  const names = yield* readDir(path);
  // What cannot be read may be empty: rmdir will tell.
  if (failed(names)) return 'removed';
  if (!(yield* agreed(line, path, st, names.length > 0))) return 'declined';
  let end: End = 'removed';
  for (const name of names) {
    const one: End = yield* remove(line, `${path}/${name}`);
    if (one !== 'removed' && end !== 'failed') end = one;
  }
  const again = names.length > 0 && end === 'removed';
  return again && !(yield* agreed(line, path, st, false)) ? 'declined' : end;
}

/** `named`: on the command line, where `.` and `..` are not taken. */
export function* remove(line: Asked, path: string, named = false): Sys<End> {
  const { options } = line;
  const st = yield* lstat(path);
  if (failed(st)) {
    // nonexistent_file_errno.
    if (['ENOENT', 'ENOTDIR'].includes(st.errno) && options.has('f')) return 'removed';
    return yield* fail(line, cannot(path, st.errno));
  }
  const isDirectory = st.type === 'dir';
  if (isDirectory && !options.has('r')) {
    if (!options.has('d')) return yield* fail(line, cannot(path, 'EISDIR'));
    const inside = yield* readDir(path);
    if (!failed(inside) && inside.length > 0) return yield* fail(line, cannot(path, 'ENOTEMPTY'));
  }
  if (isDirectory && named && isDots(path))
    return yield* fail(line, `refusing to remove '.' or '..' directory: skipping ${quoted(path)}`);
  if (isDirectory) {
    const end = yield* empty(line, path, st);
    if (end !== 'removed') return end;
  } else if (!(yield* agreed(line, path, st, false))) return 'declined';
  const done = yield* isDirectory
    ? rmdirCall(path)
    : unlink(path, 'coreutils 8.22 src/remove.c excise');
  if (failed(done)) return yield* fail(line, cannot(path, done.errno));
  const kind = isDirectory ? ((yield* isModern()) ? 'directory ' : 'directory: ') : '';
  if (options.has('v')) yield* out(`removed ${kind}${quoted(path)}\n`);
  return 'removed';
}

const words = {
  force: 'f',
  recursive: 'r',
  dir: 'd',
  verbose: 'v',
  'no-preserve-root': '',
  'preserve-root': '',
  'one-file-system': '',
  interactive: 'i',
} as const;

/** diagnose_leading_hyphen: a file that is called like an option. */
function* leadingHyphen([name, ...args]: readonly string[]): Sys<string> {
  for (const arg of args)
    if (/^-./.test(arg) && !failed(yield* lstat(arg)))
      return `Try '${name} ./${quotedIfNeeded(arg)}' to remove the file ${quoted(arg)}.\n`;
  return '';
}

export const rm = command(function* ({ argv }) {
  const line = yield* given(argv, 'dfirvIR', words, 1, leadingHyphen);
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (options.has('I')) return yield* unmodelled(name, '-I (prompting once)');
  if (operands.length === 0) return options.has('f') ? 0 : yield* misuse(name, 'missing operand');
  const recursive = options.has('r') || options.has('R');
  const asks = line.order.findLast(([o]) => o === 'i' || o === 'f')?.[0];
  const all = new Map(options);
  if (recursive) all.set('r', null);
  if (asks !== 'i') all.delete('i');
  let status = 0;
  for (const operand of operands) {
    if (recursive && /^\/+$/.test(operand) && !options.has('no-preserve-root')) {
      yield* err(
        `${name}: it is dangerous to operate recursively on '/'\n${name}: use --no-preserve-root to override this failsafe\n`,
      );
      status = 1;
    } else if ((yield* remove({ ...line, options: all }, operand, true)) === 'failed') status = 1;
  }
  return status;
});

export const rmdir = command(function* ({ argv }) {
  const line = yield* given(argv, 'pv', {
    parents: 'p',
    verbose: 'v',
    'ignore-fail-on-non-empty': '',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  let status = 0;
  for (const operand of operands) {
    const above = options.has('p')
      ? operand.split('/').map((_, i, parts) => parts.slice(0, parts.length - i).join('/'))
      : [operand];
    for (const path of above.filter((p) => p !== '')) {
      if (options.has('v')) yield* out(`${name}: removing directory, ${quoted(path)}\n`);
      const done = yield* rmdirCall(path);
      if (!failed(done)) continue;
      if (done.errno === 'ENOTEMPTY' && options.has('ignore-fail-on-non-empty')) break;
      const what = path === operand ? 'failed to remove' : 'failed to remove directory';
      yield* err(`${name}: ${what} ${quoted(path)}: ${strerror(done.errno)}\n`);
      status = 1;
      break;
    }
  }
  return status;
});
