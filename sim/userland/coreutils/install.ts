/**
 * install: copy files and set what they are allowed.
 *
 * Models: coreutils 8.22 src/install.c main, install_file_in_file, change_attributes
 * Leaves out: stripping, backups, SELinux contexts.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getgrnam, getpwnam } from '../../libc/nss.ts';
import { chmod, chown, mkdir, stat, unlink } from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse } from '../given.ts';
import { type CopyOptions, copy } from './copy.ts';
import { nothingKept } from './keep.ts';
import { modeOption } from './mkdir.ts';
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

function* parentsOf(path: string): Sys<void> {
  const parts = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/');
    if (part !== '') yield* mkdir(part, 0o755);
  }
}

export const install = command(function* ({ argv }) {
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
  const times = options.has('p');
  const how: CopyOptions = {
    name,
    recursive: false,
    keep: { ...nothingKept, times },
    follow: 'all',
    makes: 'copies',
    force: true,
    existing: 'overwritten',
    verbose: options.has('v'),
  };
  for (const { from, to } of all) {
    if (options.has('d')) {
      yield* parentsOf(`${to}/`);
      const made = yield* stat(to);
      if (failed(made) || made.type !== 'dir') {
        const why = strerror(failed(made) ? made.errno : 'EEXIST');
        status = yield* complain(name, `cannot create directory ${quoted(to)}: ${why}`);
        continue;
      }
    } else {
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
