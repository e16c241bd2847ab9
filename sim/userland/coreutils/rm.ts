/**
 * rm: remove names.
 *
 * Models: coreutils 8.22 src/rm.c main, src/remove.c rm_fts, excise
 * Leaves out: prompts (-i is refused loudly; a write-protected file is removed without being asked for).
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, lstat, out, readDir, rmdir as rmdirCall, unlink } from '../../libc/sys.ts';
import { ended, type Given, given, misuse, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { quoted } from './quote.ts';

function* fail(line: Given, text: string): Sys<boolean> {
  yield* err(`${line.name}: ${text}\n`);
  return false;
}

const cannot = (path: string, errno: Parameters<typeof strerror>[0]) =>
  `cannot remove ${quoted(path)}: ${strerror(errno)}`;

function* remove(line: Given, path: string): Sys<boolean> {
  const { options } = line;
  const st = yield* lstat(path);
  if (failed(st)) {
    if (st.errno === 'ENOENT' && options.has('f')) return true;
    return yield* fail(line, cannot(path, st.errno));
  }
  const isDirectory = st.type === 'dir';
  if (isDirectory && !options.has('r') && !options.has('d'))
    return yield* fail(line, cannot(path, 'EISDIR'));
  if (isDirectory && options.has('r')) {
    const names = yield* readDir(path);
    if (failed(names)) return yield* fail(line, cannot(path, names.errno));
    let ok = true;
    for (const name of names) ok = (yield* remove(line, `${path}/${name}`)) && ok;
    if (!ok) return false;
  }
  const done = yield* isDirectory
    ? rmdirCall(path)
    : unlink(path, 'coreutils 8.22 src/remove.c excise');
  if (failed(done)) return yield* fail(line, cannot(path, done.errno));
  const kind = isDirectory ? ((yield* isModern()) ? 'directory ' : 'directory: ') : '';
  if (options.has('v')) yield* out(`removed ${kind}${quoted(path)}\n`);
  return true;
}

export const rm = command(function* ({ argv }) {
  const line = yield* given(argv, 'dfirvIR', {
    force: 'f',
    recursive: 'r',
    dir: 'd',
    verbose: 'v',
    'no-preserve-root': '',
    'preserve-root': '',
    'one-file-system': '',
    interactive: 'i',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (options.has('i') || options.has('I')) return yield* unmodelled(name, '-i (prompting)');
  if (operands.length === 0) return options.has('f') ? 0 : yield* misuse(name, 'missing operand');
  const recursive = options.has('r') || options.has('R');
  const all = recursive ? new Map([...options, ['r', null] as const]) : options;
  let status = 0;
  for (const operand of operands) {
    const last = operand.replace(/\/+$/, '').split('/').at(-1);
    if (recursive && (last === '.' || last === '..')) {
      yield* err(
        `${name}: refusing to remove '.' or '..' directory: skipping ${quoted(operand)}\n`,
      );
      status = 1;
    } else if (recursive && /^\/+$/.test(operand) && !options.has('no-preserve-root')) {
      yield* err(
        `${name}: it is dangerous to operate recursively on '/'\n${name}: use --no-preserve-root to override this failsafe\n`,
      );
      status = 1;
    } else if (!(yield* remove({ ...line, options: all }, operand))) status = 1;
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
