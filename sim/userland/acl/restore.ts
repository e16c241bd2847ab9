/**
 * setfacl --restore: put back what `getfacl -R` has printed, with owners and flags.
 *
 * Models: acl 2.2.51 setfacl/setfacl.c restore; setfacl/parse.c read_acl_comments
 *
 * An owner that does not exist is passed over in silence. The position of a mistake is told only when
 * the backup comes from a named file; of a header that is wrong in standard input the real tool says
 * "Success", because it prints an errno that nobody has set.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { chmod, chown, err, stat } from '../../libc/sys.ts';
import { linesOf, textOf } from '../input.ts';
import { doSet, type SetOptions } from './doSet.ts';
import { type Ids, lookUp, quote, unquote } from './names.ts';
import { parseLines, wholeAcl } from './sequence.ts';

type Header = Readonly<{
  /** Lines used; 0 at the end of the backup. */
  used: number;
  comments: boolean;
  path: string | null;
  uid: number | null;
  gid: number | null;
  flags: number;
  wrong: boolean;
}>;

function flagsOf(text: string): number | null {
  const [, s = '', g = '', t = ''] = /^([s-])([s-])([t-])$/.exec(text) ?? [];
  if (s === '') return null;
  return (s === 's' ? 0o4000 : 0) | (g === 's' ? 0o2000 : 0) | (t === 't' ? 0o1000 : 0);
}

/** read_acl_comments: the `# file:`, `# owner:`, `# group:` and `# flags:` lines before the entries. */
function readHeader(lines: readonly string[], ids: Ids): Header {
  let found: Header = {
    used: 0,
    comments: false,
    path: null,
    uid: null,
    gid: null,
    flags: 0,
    wrong: false,
  };
  for (const line of lines) {
    const text = line.replace(/^[ \t\r]+/, '');
    if (text !== '' && !text.startsWith('#')) break;
    found = { ...found, used: found.used + 1, comments: found.comments || text !== '' };
    const [, key = '', value = ''] =
      /^#[ \t]*(file|owner|group|flags):[ \t]*(.*?)\r*$/.exec(text) ?? [];
    if (key === 'file') {
      if (found.path !== null) return { ...found, wrong: true };
      found = { ...found, path: unquote(value) };
    } else if (key === 'owner') found = { ...found, uid: ids.uid(value) };
    else if (key === 'group') found = { ...found, gid: ids.gid(value) };
    else if (key === 'flags') {
      const flags = flagsOf(value);
      if (flags === null) return { ...found, wrong: true };
      found = { ...found, flags };
    }
  }
  return found;
}

const SOURCE = 'acl 2.2.51 setfacl/setfacl.c restore';
const SPECIAL = 0o7000;

/** Owner first, since chown clears the set-id bits; then the flags. */
function* restoreOwner(name: string, header: Header, path: string, before: number): Sys<number> {
  const st = yield* stat(path);
  if (failed(st)) return 0;
  let status = 0;
  const uid = header.uid !== null && header.uid !== st.uid ? header.uid : -1;
  const gid = header.gid !== null && header.gid !== st.gid ? header.gid : -1;
  if (uid !== -1 || gid !== -1) {
    const done = yield* chown(path, uid, gid, SOURCE);
    if (failed(done)) {
      yield* err(`${name}: ${path}: Cannot change owner/group: ${strerror(done.errno)}\n`);
      status = 1;
    }
  }
  const after = yield* stat(path);
  if (failed(after) || (after.mode & SPECIAL) === header.flags) return status;
  // args.mode is what acl_equiv_mode found; where that is 0 the mode of before stands in for it.
  const rights = after.mode & 0o777 || before & 0o777;
  const done = yield* chmod(path, header.flags | rights, SOURCE);
  if (!failed(done)) return status;
  yield* err(`${name}: ${path}: Cannot change mode: ${strerror(done.errno)}\n`);
  return 1;
}

export function* restore(name: string, from: string, options: SetOptions): Sys<number> {
  const text = yield* textOf(from);
  if (failed(text)) {
    yield* err(`${name}: ${quote(from, '\n\r')}: ${strerror(text.errno)}\n`);
    return 2;
  }
  const { ids, names } = yield* lookUp();
  const lines = linesOf(text);
  let at = 0;
  let status = 0;
  for (;;) {
    const start = at;
    const header = readHeader(lines.slice(at), ids);
    at += header.used;
    if (header.wrong) {
      yield* err(from === '-' ? `${name}: Success\n` : `${name}: ${from}: Invalid argument\n`);
      return 1;
    }
    if (!header.comments) return status;
    if (header.path === null) {
      const where = from === '-' ? `line ${start} of standard input` : `line ${start}`;
      const file = from === '-' ? '' : `${quote(from, '\n\r')}: `;
      yield* err(`${name}: ${file}No filename found in ${where}, aborting\n`);
      return 1;
    }
    const body = parseLines(lines.slice(at), { verb: 'replace', promote: false }, ids, true);
    at += body.used;
    if (body.wrong) {
      yield* err(
        from === '-'
          ? `${name}: Invalid argument\n`
          : `${name}: ${from}: Invalid argument in line ${at}\n`,
      );
      return 1;
    }
    const clean = [wholeAcl('remove-acl', 'access'), wholeAcl('remove-acl', 'default')];
    const set = doSet(name, [...clean, ...body.commands], options, names);
    const st = yield* stat(header.path);
    if ((yield* set(header.path, st)) > 0) status = 1;
    else if (
      !options.test &&
      (yield* restoreOwner(name, header, header.path, failed(st) ? 0 : st.mode)) > 0
    )
      status = 1;
  }
}
