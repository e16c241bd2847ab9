/**
 * cp, mv, ln and install: give names and copies to files.
 *
 * Models: coreutils 8.22 src/cp.c do_copy, src/mv.c main, src/ln.c do_link, src/install.c install_file_in_file
 * Leaves out: backups, --update, prompts.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Program, type Sys } from '../../kernel/program.ts';
import { getgrnam, getpwnam } from '../../libc/nss.ts';
import {
  chmod,
  chown,
  err,
  link,
  lstat,
  mkdir,
  out,
  rename,
  stat,
  symlink,
  unlink,
} from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse } from '../given.ts';
import { type CopyOptions, copy } from './copy.ts';
import { modeOption } from './mkdir.ts';
import { quoted } from './quote.ts';

const lastPart = (path: string) => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
const into = (directory: string, path: string) =>
  `${directory.replace(/\/+$/, '')}/${lastPart(path)}`;

function* isDirectory(path: string): Sys<boolean> {
  const st = yield* stat(path);
  return !failed(st) && st.type === 'dir';
}

type Pair = Readonly<{ from: string; to: string }>;

/** Sources and their destinations: into a directory, or one to one. A status after a complaint. */
function* pairs(line: Given, what = 'file'): Sys<readonly Pair[] | number> {
  const { name, options, operands } = line;
  const directory = options.get('t') ?? null;
  if (operands.length === 0) return yield* misuse(name, `missing ${what} operand`);
  if (directory !== null) {
    if (yield* isDirectory(directory))
      return operands.map((from) => ({ from, to: into(directory, from) }));
    return yield* complain(name, `target ${quoted(directory)} is not a directory`);
  }
  const [from = '', to] = operands;
  if (to === undefined)
    return yield* misuse(name, `missing destination file operand after ${quoted(from)}`);
  const target = operands.at(-1) ?? '';
  if (!options.has('T') && (yield* isDirectory(target)))
    return operands.slice(0, -1).map((each) => ({ from: each, to: into(target, each) }));
  if (operands.length > 2)
    return yield* complain(name, `target ${quoted(target)} is not a directory`);
  return [{ from, to }];
}

const words = {
  archive: 'a',
  force: 'f',
  'no-dereference': 'P',
  dereference: 'L',
  recursive: 'r',
  'symbolic-link': 's',
  symbolic: 's',
  'target-directory': 't',
  'no-target-directory': 'T',
  verbose: 'v',
  preserve: 'p',
  'no-clobber': 'n',
} as const;

export const cp = command(function* ({ argv }) {
  const line = yield* given(argv, 'adfHiLnPprRt:Tuvx', words);
  if (ended(line)) return line;
  const all = yield* pairs(line);
  if (typeof all === 'number') return all;
  const { options } = line;
  const archive = options.has('a');
  const recursive = archive || options.has('r') || options.has('R');
  const how: CopyOptions = {
    name: line.name,
    recursive,
    preserve: archive || options.has('p'),
    keepLinks: (recursive && !options.has('L')) || options.has('P') || options.has('d'),
    force: options.has('f'),
    verbose: options.has('v'),
  };
  let status = 0;
  for (const { from, to } of all) {
    const kept = options.has('n') && !failed(yield* lstat(to));
    if (!kept && !(yield* copy(how, from, to))) status = 1;
  }
  return status;
});

/** mv across file systems: an exact copy, then the source goes. */
function* moveAcross(name: string, from: string, to: string): Sys<boolean> {
  const how = {
    name,
    recursive: true,
    preserve: true,
    keepLinks: true,
    force: true,
    verbose: false,
  };
  const st = yield* lstat(from);
  if (failed(st) || st.type === 'dir') {
    yield* err(`kvmlab: ${name} of a directory across file systems is not modelled\n`);
    return false;
  }
  if (!(yield* copy(how, from, to))) return false;
  return !failed(yield* unlink(from, 'coreutils 8.22 src/mv.c do_move'));
}

function* move(line: Given, from: string, to: string): Sys<boolean> {
  const { name } = line;
  const fail = (text: string) => err(`${name}: ${text}\n`);
  const st = yield* lstat(from);
  if (failed(st)) {
    yield* fail(`cannot stat ${quoted(from)}: ${strerror(st.errno)}`);
    return false;
  }
  const there = yield* lstat(to);
  if (!failed(there)) {
    if (there.ino === st.ino && there.dev === st.dev) {
      yield* fail(`${quoted(from)} and ${quoted(to)} are the same file`);
      return false;
    }
    if (there.type === 'dir' && st.type !== 'dir') {
      yield* fail(`cannot overwrite directory ${quoted(to)} with non-directory`);
      return false;
    }
    if (there.type !== 'dir' && st.type === 'dir') {
      yield* fail(`cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`);
      return false;
    }
    if (line.options.has('n')) return true;
  }
  const done = yield* rename(from, to);
  if (failed(done) && done.errno === 'EXDEV') return yield* moveAcross(name, from, to);
  if (failed(done)) {
    yield* fail(`cannot move ${quoted(from)} to ${quoted(to)}: ${strerror(done.errno)}`);
    return false;
  }
  if (line.options.has('v')) yield* out(`${quoted(from)} -> ${quoted(to)}\n`);
  return true;
}

export const mv = command(function* ({ argv }) {
  const line = yield* given(argv, 'finuvt:T', words);
  if (ended(line)) return line;
  const all = yield* pairs(line);
  if (typeof all === 'number') return all;
  let status = 0;
  for (const { from, to } of all) if (!(yield* move(line, from, to))) status = 1;
  return status;
});

function* makeLink(line: Given, from: string, to: string): Sys<boolean> {
  const { name, options } = line;
  const symbolic = options.has('s');
  if (!symbolic) {
    const st = yield* stat(from);
    if (failed(st)) {
      yield* err(`${name}: failed to access ${quoted(from)}: ${strerror(st.errno)}\n`);
      return false;
    }
    if (st.type === 'dir') {
      yield* err(`${name}: ${quoted(from)}: hard link not allowed for directory\n`);
      return false;
    }
  }
  const there = yield* lstat(to);
  if (options.has('f') && !failed(there) && there.type !== 'dir')
    yield* unlink(to, 'coreutils 8.22 src/ln.c do_link');
  const done = yield* symbolic ? symlink(from, to) : link(from, to);
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
  const line = yield* given(argv, 'bdfinrst:TvLP', words);
  if (ended(line)) return line;
  const { options, operands } = line;
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

/** Owner and group of -o and -g; -1 where not given; a status after a complaint. */
function* installOwner({ name, options }: Given): Sys<{ uid: number; gid: number } | number> {
  const owner = options.get('o') ?? null;
  const group = options.get('g') ?? null;
  const user = owner === null ? null : yield* getpwnam(owner);
  const members = group === null ? null : yield* getgrnam(group);
  const uid = owner === null ? -1 : (user?.uid ?? (/^\d+$/.test(owner) ? Number(owner) : null));
  const gid = group === null ? -1 : (members?.gid ?? (/^\d+$/.test(group) ? Number(group) : null));
  if (uid === null) return yield* complain(name, `invalid user ${quoted(owner ?? '')}`);
  if (gid === null) return yield* complain(name, `invalid group ${quoted(group ?? '')}`);
  return { uid, gid };
}

function* parentsOf(path: string): Sys<void> {
  const parts = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/');
    if (part !== '') yield* mkdir(part, 0o755);
  }
}

export const install: Program = command(function* ({ argv }) {
  const line = yield* given(argv, 'bcCdDg:m:o:pst:Tv', {
    mode: 'm',
    owner: 'o',
    group: 'g',
    directory: 'd',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const owner = yield* installOwner(line);
  if (typeof owner === 'number') return owner;
  const wanted = yield* modeOption(line, 0);
  if (typeof wanted === 'number') return wanted;
  const source = 'coreutils 8.22 src/install.c change_attributes';
  let status = 0;
  if (options.has('d') && operands.length === 0) return yield* misuse(name, 'missing file operand');
  if (options.has('D')) yield* parentsOf(operands.at(-1) ?? '');
  const all = options.has('d') ? operands.map((to) => ({ from: '', to })) : yield* pairs(line);
  if (typeof all === 'number') return all;
  const how = {
    name,
    recursive: false,
    preserve: false,
    keepLinks: false,
    force: true,
    verbose: options.has('v'),
  };
  for (const { from, to } of all) {
    if (options.has('d')) yield* parentsOf(`${to}/`);
    else {
      yield* unlink(to, source);
      if (!(yield* copy(how, from, to))) {
        status = 1;
        continue;
      }
    }
    if (owner.uid !== -1 || owner.gid !== -1) yield* chown(to, owner.uid, owner.gid, source);
    yield* chmod(to, wanted.mode ?? 0o755, source);
  }
  return status;
});
