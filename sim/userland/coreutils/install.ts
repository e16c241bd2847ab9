/**
 * install: copy files and set what they are allowed.
 *
 * Models: coreutils 8.22 src/install.c main, install_file_in_file, change_attributes, need_copy
 * Leaves out: stripping and backups (refused), SELinux contexts.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getgrnam, getpwnam } from '../../libc/nss.ts';
import { chmod, getcred, lchown, lstat, mkdir, out, stat, umask } from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse, unmodelled } from '../given.ts';
import { textOf } from '../input.ts';
import { type CopyOptions, copy } from './copy.ts';
import { nothingKept } from './keep.ts';
import { changedMode, parseMode } from './modechange.ts';
import { pairs } from './operands.ts';
import { quoted } from './quote.ts';

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

const SOURCE = 'coreutils 8.22 src/install.c change_attributes';

/** mkancesdirs: 0755 whatever the umask, which install has put away. False after a complaint. */
function* parentsOf({ name, options }: Given, path: string): Sys<boolean> {
  const parts = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/');
    if (part === '') continue;
    const made = yield* mkdir(part, 0o755);
    if (!failed(made)) {
      if (options.has('v')) yield* out(`${name}: creating directory ${quoted(part)}\n`);
      continue;
    }
    const there = yield* stat(part);
    if (!failed(there) && there.type === 'dir') continue;
    const found = failed(there) ? there.errno : 'ENOTDIR';
    const errno = made.errno === 'EEXIST' ? found : made.errno;
    yield* complain(name, `cannot create directory ${quoted(part)}: ${strerror(errno)}`);
    return false;
  }
  return true;
}

type Wanted = Readonly<{ mode: number; uid: number; gid: number }>;

function* changeAttributes(name: string, path: string, wanted: Wanted): Sys<boolean> {
  const { mode, uid, gid } = wanted;
  const owned = uid === -1 && gid === -1 ? null : yield* lchown(path, uid, gid, SOURCE);
  if (failed(owned)) {
    yield* complain(name, `cannot change ownership of ${quoted(path)}: ${strerror(owned.errno)}`);
    return false;
  }
  const allowed = yield* chmod(path, mode, SOURCE);
  if (!failed(allowed)) return true;
  const why = strerror(allowed.errno);
  yield* complain(name, `cannot change permissions of ${quoted(path)}: ${why}`);
  return false;
}

/** install -d, make_dir_parents: the directory itself under -m, what is above it 0755. */
function* makeDirectory(line: Given, path: string, wanted: Wanted): Sys<boolean> {
  const { name, options } = line;
  const plain = path.replace(/\/+$/, '') || path;
  if (!(yield* parentsOf(line, plain))) return false;
  const made = yield* mkdir(plain, 0o755);
  if (!failed(made) && options.has('v'))
    yield* out(`${name}: creating directory ${quoted(path)}\n`);
  const there = yield* stat(path);
  if (!failed(there) && there.type === 'dir') {
    const asItIs = there.mode === wanted.mode && wanted.uid === -1 && wanted.gid === -1;
    return asItIs || (yield* changeAttributes(name, path, wanted));
  }
  const errno = failed(made) ? made.errno : 'EEXIST';
  const unseen = failed(there) && there.errno !== 'ENOTDIR' && errno !== 'ENOENT';
  const owned = wanted.uid === -1 && wanted.gid === -1 ? '' : 'owner and ';
  const what = unseen ? `change ${owned}permissions of` : 'create directory';
  const why = strerror(unseen ? there.errno : errno);
  yield* complain(name, `cannot ${what} ${quoted(path)}: ${why}`);
  return false;
}

/** need_copy, for -C: what is there may do as it is. */
function* isThere(from: string, to: string, wanted: Wanted): Sys<boolean> {
  const [source, there] = [yield* stat(from), yield* lstat(to)];
  if (failed(source) || failed(there) || wanted.mode > 0o777) return false;
  const plain = [source, there].every((st) => st.type === 'file' && st.mode <= 0o777);
  const { uid, gid } = yield* getcred();
  const same =
    there.mode === wanted.mode &&
    there.uid === (wanted.uid === -1 ? uid : wanted.uid) &&
    there.gid === (wanted.gid === -1 ? gid : wanted.gid);
  const [a, b] = plain && same ? [yield* textOf(from), yield* textOf(to)] : [null, ''];
  return a === b;
}

function* wantedBy(line: Given): Sys<Wanted | number> {
  const owner = yield* installOwner(line);
  if (typeof owner === 'number') return owner;
  const text = line.options.get('m') ?? '755';
  const change = parseMode(text);
  if (change === null) return yield* complain(line.name, `invalid mode ${quoted(text)}`);
  return { ...owner, mode: changedMode(0, line.options.has('d'), 0, change) };
}

const copying = ({ name, options }: Given): CopyOptions => ({
  name,
  recursive: false,
  keep: { ...nothingKept, times: options.has('p') },
  privately: true,
  follow: 'all',
  makes: 'copies',
  force: true,
  existing: 'removed',
  verbose: options.has('v'),
});

export const install = command(function* ({ argv }) {
  const line = yield* given(argv, 'bcCdDg:m:o:psS:t:Tv', {
    mode: 'm',
    owner: 'o',
    group: 'g',
    directory: 'd',
    compare: 'C',
    strip: 's',
    'preserve-timestamps': 'p',
    'target-directory': 't',
    'no-target-directory': 'T',
    verbose: 'v',
    suffix: 'S',
    'backup?': 'b',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  for (const letter of ['b', 'S', 's'])
    if (options.has(letter)) return yield* unmodelled(name, `-${letter}`);
  const wanted = yield* wantedBy(line);
  if (typeof wanted === 'number') return wanted;
  yield* umask(0);
  let status = 0;
  if (options.has('d')) {
    if (operands.length === 0) return yield* misuse(name, 'missing file operand');
    for (const path of operands) if (!(yield* makeDirectory(line, path, wanted))) status = 1;
    return status;
  }
  const directory = options.get('t');
  const above = directory ? `${directory}/` : (operands.at(-1) ?? '');
  if (options.has('D') && !(yield* parentsOf(line, above))) return 1;
  const all = yield* pairs(line);
  if (typeof all === 'number') return all;
  for (const { from, to } of all) {
    const done = options.has('C') && (yield* isThere(from, to, wanted));
    const copied = done || (yield* copy(copying(line), from, to));
    if (!copied || !(yield* changeAttributes(name, to, wanted))) status = 1;
  }
  return status;
});
