/**
 * mv: give a file another name.
 *
 * Models: coreutils 8.22 src/mv.c main, do_move; src/copy.c copy_internal (move_mode)
 * Leaves out: backups.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, lstat, out, rename } from '../../libc/sys.ts';
import { ended, type Given, given, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { type CopyOptions, copy } from './copy.ts';
import { allKept } from './keep.ts';
import { backups, pairs, words } from './operands.ts';
import { mayOverwrite } from './overwrite.ts';
import { quoted } from './quote.ts';
import { remove } from './rm.ts';
import { sameness } from './sameFile.ts';

/** mv across file systems: an exact copy, then the source goes. */
function* moveAcross(
  name: string,
  from: string,
  to: string,
  verbose: boolean,
  copied: Map<string, string>,
): Sys<boolean> {
  const how: CopyOptions = {
    name,
    recursive: true,
    keep: allKept,
    follow: 'none',
    makes: 'copies',
    force: true,
    existing: 'overwritten',
    verbose,
    moves: true,
    copied,
  };
  if (!(yield* copy(how, from, to))) return false;
  const options = new Map([['r', null], ...(verbose ? [['v', null] as const] : [])]);
  return (yield* remove({ name, options }, from)) === 'removed';
}

function* move(line: Given, from: string, to: string, copied: Map<string, string>): Sys<boolean> {
  const { name, options } = line;
  const fail = (text: string) => err(`${name}: ${text}\n`);
  const st = yield* lstat(from);
  if (failed(st)) {
    yield* fail(`cannot stat ${quoted(from)}: ${strerror(st.errno)}`);
    return false;
  }
  const there = yield* lstat(to);
  if (failed(there) && there.errno !== 'ENOENT' && (yield* isModern())) {
    yield* fail(`cannot stat ${quoted(to)}: ${strerror(there.errno)}`);
    return false;
  }
  if (!failed(there)) {
    const act = { move: true, keepLinks: true, makes: 'copies' } as const;
    const same = (yield* sameness(act, from, st, to, there)) === 'the same file';
    if (same && !options.has('n')) {
      yield* fail(`${quoted(from)} and ${quoted(to)} are the same file`);
      return false;
    }
    if (options.has('n') || (options.has('u') && st.mtime <= there.mtime)) return true;
    if (options.has('i') && !(yield* mayOverwrite(name, to, there, true))) return true;
    if (there.type === 'dir' && st.type !== 'dir') {
      yield* fail(`cannot overwrite directory ${quoted(to)} with non-directory`);
      return false;
    }
    if (there.type !== 'dir' && st.type === 'dir') {
      yield* fail(`cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`);
      return false;
    }
  }
  const done = yield* rename(from, to);
  if (failed(done) && done.errno === 'EXDEV')
    return yield* moveAcross(name, from, to, options.has('v'), copied);
  if (failed(done) && done.errno === 'EINVAL') {
    yield* fail(`cannot move ${quoted(from)} to a subdirectory of itself, ${quoted(to)}`);
    return false;
  }
  if (failed(done)) {
    yield* fail(`cannot move ${quoted(from)} to ${quoted(to)}: ${strerror(done.errno)}`);
    return false;
  }
  const what = (yield* isModern()) ? 'renamed ' : '';
  if (line.options.has('v')) yield* out(`${what}${quoted(from)} -> ${quoted(to)}\n`);
  return true;
}

export const mv = command(function* ({ argv }) {
  const line = yield* given(argv, 'bfinuvS:t:T', {
    ...backups,
    ...words,
    interactive: 'i',
    update: 'u',
  });
  if (ended(line)) return line;
  if (line.options.has('b') || line.options.has('S'))
    return yield* unmodelled(line.name, '-b (backups)');
  const all = yield* pairs(line);
  if (typeof all === 'number') return all;
  let status = 0;
  const copied = new Map<string, string>();
  for (const { from, to } of all) if (!(yield* move(line, from, to, copied))) status = 1;
  return status;
});
