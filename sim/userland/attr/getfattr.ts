/**
 * getfattr and setfattr: the extended attributes themselves, an ACL's bytes among them.
 *
 * Models: attr 2.4.46 getfattr/getfattr.c do_print, list_attributes; setfattr/setfattr.c do_set, restore
 * Leaves out: --only-values of bytes that are no ASCII (the model's output is text).
 *
 * `setfattr -x system.posix_acl_access` takes the ACL away and leaves the mode as the mask had set it. On
 * el7 ctime does not move then, so libvirt does not see the repair.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { getopt } from '../../libc/getopt.ts';
import { err, getxattr, listxattr, lstat, print, removexattr, setxattr } from '../../libc/sys.ts';
import { quote } from '../acl/names.ts';
import { type Visit, type Walk, walkTree } from '../acl/walkTree.ts';
import { unmodelled } from '../given.ts';
import { linesOf, textOf } from '../input.ts';
import { bytesOf, decoded, type Encoding, encoded } from './encoding.ts';

/** libattr's sentence for ENODATA is its own. */
const sentence = (failure: Failure): string =>
  failure.errno === 'ENODATA' ? 'No such attribute' : strerror(failure.errno);

const VERSION = '2.4.46';
const GET_USAGE = '[-hRLP] [-n name|-d] [-e en] [-m pattern] path...';

type Asked = Readonly<{
  name: string;
  /** -n: this attribute alone. */
  attribute: string | null;
  values: boolean;
  onlyValues: boolean;
  encoding: Encoding | null;
  pattern: RegExp | null;
  absolute: boolean;
}>;

/** `name=value` or `name`. null: the file has no such attribute. */
function* attributeLine(asked: Asked, path: string, attribute: string): Sys<string | Failure> {
  const value = yield* getxattr(path, attribute);
  if (failed(value)) return value;
  const show = asked.values || asked.attribute !== null;
  return show ? `${attribute}=${encoded(value, asked.encoding)}` : attribute;
}

/** The bytes and nothing else. */
function* plainValues(name: string, lines: readonly string[]): Sys<number> {
  const bytes = lines.flatMap((line) => bytesOf(line.slice(line.indexOf('=') + '=0x'.length)));
  if (bytes.some((byte) => byte >= 0x80))
    return yield* unmodelled(name, '--only-values of bytes that are no ASCII');
  yield* print(String.fromCharCode(...bytes));
  return 0;
}

function printer(asked: Asked): Visit {
  let warned = false;
  return function* visit(path: string, st: Stat | Failure): Sys<number> {
    if (failed(st)) {
      yield* err(`${asked.name}: ${quote(path, '\n\r')}: ${strerror(st.errno)}\n`);
      return 1;
    }
    const all = yield* listxattr(path);
    const listed = failed(all) ? [] : all.filter((a) => asked.pattern?.test(a) ?? true).sort();
    const lines: string[] = [];
    for (const attribute of asked.attribute === null ? listed : [asked.attribute]) {
      const line = yield* attributeLine(asked, path, attribute);
      if (!failed(line)) lines.push(line);
      else if (asked.attribute !== null) {
        yield* err(`${quote(path, '\n\r')}: ${attribute}: ${sentence(line)}\n`);
        return 1;
      }
    }
    if (lines.length === 0) return 0;
    if (asked.onlyValues) return yield* plainValues(asked.name, lines);
    if (path.startsWith('/') && !asked.absolute && !warned) {
      warned = true;
      yield* err(`${asked.name}: Removing leading '/' from absolute path names\n`);
    }
    const shown = asked.absolute ? path : path.replace(/^(?:\/+|\.\/+)/, '') || '.';
    yield* print(`# file: ${quote(shown, '\n\r')}\n${lines.join('\n')}\n\n`);
    return 0;
  };
}

const getLong = {
  name: 'required',
  dump: 'none',
  encoding: 'required',
  match: 'required',
  'only-values': 'none',
  'no-dereference': 'none',
  recursive: 'none',
  logical: 'none',
  physical: 'none',
  'absolute-names': 'none',
  version: 'none',
  help: 'none',
} as const;

const encodings: Readonly<Record<string, Encoding>> = {
  text: 'text',
  hex: 'hex',
  base64: 'base64',
};

export const getfattr = command(function* ({ argv }) {
  const [name = ''] = argv;
  const { options, operands, error } = getopt({ short: 'hn:de:m:RLPVv', long: getLong }, argv);
  const value = (...words: string[]) => options.findLast(([o]) => words.includes(o))?.[1] ?? null;
  const has = (...words: string[]) => options.some(([o]) => words.includes(o));
  if (has('version')) {
    yield* print(`getfattr ${VERSION}\n`);
    return 0;
  }
  const wish = value('e', 'encoding');
  const encoding = wish === null ? null : (encodings[wish] ?? undefined);
  if (error !== null || operands.length === 0 || encoding === undefined) {
    const usage = `Usage: ${name} ${GET_USAGE}\nTry \`${name} --help' for more information.\n`;
    yield* err((error === null ? '' : `${error}\n`) + usage);
    return 2;
  }
  const match = value('m', 'match') ?? '^user\\.';
  const asked: Asked = {
    name,
    attribute: value('n', 'name'),
    values: has('d', 'dump'),
    onlyValues: has('only-values'),
    encoding: has('only-values') ? 'hex' : encoding,
    pattern: match === '-' ? null : new RegExp(match),
    absolute: has('absolute-names'),
  };
  const links: Walk['links'] = has('P', 'physical', 'h', 'no-dereference')
    ? 'none'
    : has('L', 'logical')
      ? 'all'
      : 'command line';
  const visit = printer(asked);
  let errors = 0;
  for (const path of operands)
    errors += yield* walkTree(path, { recursive: has('R', 'recursive'), links }, visit);
  return errors > 0 ? 1 : 0;
});

const SOURCE = 'attr 2.4.46 setfattr/setfattr.c do_set';

/** Set or remove one attribute of one file; says what went wrong. */
function* change(
  name: string,
  path: string,
  attribute: string,
  value: string | null,
): Sys<boolean> {
  const there = yield* lstat(path);
  const hex = value === null ? null : decoded(value);
  if (value !== null && hex === null) {
    yield* err('bad input encoding\n');
    return false;
  }
  const act =
    hex === null ? removexattr(path, attribute, SOURCE) : setxattr(path, attribute, hex, SOURCE);
  const done = failed(there) ? there : yield* act;
  if (!failed(done)) return true;
  yield* err(`${name}: ${quote(path, '\n\r')}: ${sentence(done)}\n`);
  return false;
}

/** --restore: what `getfattr -d` has printed. */
function* restoreAll(name: string, from: string): Sys<number> {
  const text = yield* textOf(from);
  if (failed(text)) {
    yield* err(`${name}: ${from}: ${strerror(text.errno)}\n`);
    return 1;
  }
  let path: string | null = null;
  let status = 0;
  for (const line of linesOf(text)) {
    const [, file] = /^# file: (.*)$/.exec(line) ?? [];
    if (file !== undefined) path = file;
    const at = line.indexOf('=');
    if (path === null || line.startsWith('#') || at < 0) continue;
    if (!(yield* change(name, path, line.slice(0, at), line.slice(at + 1)))) status = 1;
  }
  return status;
}

const SET_USAGE = (name: string) =>
  `Usage: ${name} {-n name} [-v value] [-h] file...\n       ${name} {-x name} [-h] file...\nTry \`${name} --help' for more information.\n`;

const setLong = {
  name: 'required',
  value: 'required',
  remove: 'required',
  restore: 'required',
  'no-dereference': 'none',
  version: 'none',
  help: 'none',
} as const;

export const setfattr = command(function* ({ argv }) {
  const [name = ''] = argv;
  const { options, operands, error } = getopt({ short: 'hn:x:v:V', long: setLong }, argv);
  const value = (...words: string[]) => options.findLast(([o]) => words.includes(o))?.[1] ?? null;
  if (options.some(([o]) => o === 'version')) {
    yield* print(`setfattr ${VERSION}\n`);
    return 0;
  }
  const backup = value('restore');
  if (error === null && backup !== null) return yield* restoreAll(name, backup);
  const set = value('n', 'name');
  const gone = value('x', 'remove');
  if (error !== null || operands.length === 0 || (set === null) === (gone === null)) {
    yield* err((error === null ? '' : `${error}\n`) + SET_USAGE(name));
    return 2;
  }
  let status = 0;
  for (const path of operands) {
    const wanted = set === null ? null : (value('v', 'value') ?? '');
    const itself = options.some(([o]) => o === 'h' || o === 'no-dereference');
    const st = itself ? yield* lstat(path) : null;
    // Nobody but the kernel's trusted.* can be kept on a link; those are left out here.
    if (st !== null && !failed(st) && st.type === 'symlink') {
      yield* err(`kvmlab: ${name} -h of a symbolic link is not modelled\n`);
      status = 2;
      continue;
    }
    if (!(yield* change(name, path, set ?? gone ?? '', wanted))) status = 1;
  }
  return status;
});
