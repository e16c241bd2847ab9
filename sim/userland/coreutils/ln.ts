/**
 * ln: a second name for a file, or a link to one.
 *
 * Models: coreutils 8.22 src/ln.c main, do_link
 * Leaves out: backups, prompts.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, link, lstat, out, stat, symlink, unlink } from '../../libc/sys.ts';
import { ended, type Given, given, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { backups, lastPart, pairs, words } from './operands.ts';
import { quoted, quotedIfNeeded } from './quote.ts';
import { canonical } from './readlink.ts';
import { sameName } from './sameFile.ts';

/** convert_abs_rel: the target as seen from where the link is. */
function* relative(from: string, to: string): Sys<string> {
  const parent = to.includes('/') ? to.slice(0, to.lastIndexOf('/')) || '/' : '.';
  const [target, directory] = [
    yield* canonical(from, 'nothing'),
    yield* canonical(parent, 'nothing'),
  ];
  if (failed(target) || failed(directory)) return from;
  const [a, b] = [target, directory].map((path) => path.split('/').filter((part) => part !== ''));
  let common = 0;
  while (common < (b?.length ?? 0) && a?.[common] === b?.[common]) common++;
  const up = (b ?? []).slice(common).map(() => '..');
  return [...up, ...(a ?? []).slice(common)].join('/') || '.';
}

function* makeLink(line: Given, from: string, to: string): Sys<boolean> {
  const { name, options } = line;
  const symbolic = options.has('s');
  const follows = !symbolic && line.order.findLast(([o]) => o === 'L' || o === 'P')?.[0] === 'L';
  // A hard link to a symlink is one to the link itself unless -L says otherwise.
  const source = yield* symbolic || follows ? stat(from) : lstat(from);
  if (!symbolic) {
    const st = source;
    if (failed(st)) {
      yield* err(`${name}: failed to access ${quoted(from)}: ${strerror(st.errno)}\n`);
      return false;
    }
    if (st.type === 'dir') {
      const shown = (yield* isModern()) ? quotedIfNeeded(from) : quoted(from);
      yield* err(`${name}: ${shown}: hard link not allowed for directory\n`);
      return false;
    }
  }
  const there = yield* lstat(to);
  const itself =
    !failed(there) && !failed(source) && there.ino === source.ino && there.dev === source.dev;
  // Removing the one would remove the other.
  const sameLink = !failed(source) && (source.nlink === 1 || (yield* sameName(from, to)));
  if (options.has('f') && !failed(there) && there.type === 'dir' && (yield* isModern())) {
    yield* err(`${name}: ${quotedIfNeeded(to)}: cannot overwrite directory\n`);
    return false;
  }
  if (itself && sameLink && options.has('f')) {
    yield* err(`${name}: ${quoted(from)} and ${quoted(to)} are the same file\n`);
    return false;
  }
  if (options.has('f') && failed(there) && there.errno !== 'ENOENT') {
    yield* err(`${name}: failed to access ${quoted(to)}: ${strerror(there.errno)}\n`);
    return false;
  }
  if (options.has('f') && !failed(there) && there.type !== 'dir')
    yield* unlink(to, 'coreutils 8.22 src/ln.c do_link');
  const real = follows ? yield* canonical(from, 'all') : from;
  const text = symbolic && options.has('r') ? yield* relative(from, to) : from;
  const done = yield* symbolic ? symlink(text, to) : link(failed(real) ? from : real, to);
  if (failed(done)) {
    const kind = symbolic ? 'symbolic' : 'hard';
    const arrow = symbolic || done.errno === 'EEXIST' ? '' : ` => ${quoted(from)}`;
    yield* err(
      `${name}: failed to create ${kind} link ${quoted(to)}${arrow}: ${strerror(done.errno)}\n`,
    );
    return false;
  }
  if (options.has('v')) yield* out(`${quoted(to)} ${symbolic ? '->' : '=>'} ${quoted(from)}\n`);
  return true;
}

export const ln = command(function* ({ argv }) {
  const line = yield* given(argv, 'bdfinrsS:t:TvLP', {
    ...backups,
    ...words,
    logical: 'L',
    physical: 'P',
    relative: 'r',
  });
  if (ended(line)) return line;
  const { options, operands } = line;
  for (const letter of ['i', 'b', 'S'])
    if (options.has(letter)) return yield* unmodelled(line.name, `-${letter}`);
  const [only = ''] = operands;
  const target = operands.at(-1) ?? '';
  const targetLink = options.has('n') ? yield* lstat(target) : null;
  const asName = targetLink !== null && !failed(targetLink) && targetLink.type === 'symlink';
  const oneToOne = asName && operands.length === 2;
  const all =
    operands.length === 1 && !options.has('t')
      ? [{ from: only, to: `./${lastPart(only)}` }]
      : oneToOne
        ? [{ from: only, to: target }]
        : yield* pairs(line);
  if (typeof all === 'number') return all;
  let status = 0;
  for (const { from, to } of all) if (!(yield* makeLink(line, from, to))) status = 1;
  return status;
});
