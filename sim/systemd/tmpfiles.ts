/**
 * systemd-tmpfiles --create: directories, device nodes and rights that a host wants at every boot.
 *
 * Models: systemd v219, v252 src/tmpfiles/tmpfiles.c parse_line, create_item, path_set_perms
 *
 * A node made here before its driver is loaded stays the administrator's: the kernel finds the name taken and
 * leaves it. Lines that come later never undo earlier ones of the same path and type: the first counts.
 * Leaves out: every type but c, d and z, globs in z beyond `*` at the end, ages, specifiers, --clean and --remove.
 */
import { failed, strerror } from '../kernel/errno.ts';
import { command, type Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { getgrnam, getpwnam } from '../libc/nss.ts';
import { chmod, chown, err, mkdir, mknod, readDir, stat } from '../libc/sys.ts';
import { type ConfFile, confFiles } from './confFiles.ts';

const SOURCE = 'systemd v219 src/tmpfiles/tmpfiles.c path_set_perms';

export type Item = Readonly<{
  type: 'c' | 'd' | 'z';
  /** `!`: only with --boot. */
  bootOnly: boolean;
  path: string;
  mode: number | null;
  user: string | null;
  group: string | null;
  argument: string;
}>;

const given = (word: string | undefined): string | null =>
  word === undefined || word === '-' ? null : word;

/** One line; null for a type that is not modelled, which is said aloud. */
export function parseLine(line: string): Item | null {
  const [action = '', path = '', mode, user, group, , ...rest] = line.split(/\s+/);
  const [, type, marks = ''] = /^([cdz])([!+~-]*)$/.exec(action) ?? [];
  if (type === undefined || !path.startsWith('/')) return null;
  const octal = given(mode);
  return {
    type: type as Item['type'],
    bootOnly: marks.includes('!'),
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    mode: octal === null ? null : Number.parseInt(octal.replace(/^[~:]+/, ''), 8),
    user: given(user),
    group: given(group),
    argument: rest.join(' '),
  };
}

const id = (name: string, known: number | undefined): number =>
  /^\d+$/.test(name) ? Number(name) : (known ?? -1);

/** path_set_perms: the mode first, then the owner; an owner that nobody knows is left alone. */
function* setPerms(path: string, item: Item): Sys<void> {
  if (item.mode !== null) yield* chmod(path, item.mode, SOURCE);
  const uid = item.user === null ? -1 : id(item.user, (yield* getpwnam(item.user))?.uid);
  const gid = item.group === null ? -1 : id(item.group, (yield* getgrnam(item.group))?.gid);
  if (uid !== -1 || gid !== -1) yield* chown(path, uid, gid, SOURCE);
}

function* matching(path: string): Sys<readonly string[]> {
  if (!path.endsWith('*')) return [path];
  const directory = path.slice(0, path.lastIndexOf('/'));
  const start = path.slice(directory.length + 1, -1);
  const names = yield* readDir(directory === '' ? '/' : directory);
  if (failed(names)) return [];
  return names.filter((name) => name.startsWith(start)).map((name) => `${directory}/${name}`);
}

function* createNode(item: Item): Sys<string | null> {
  const [, major, minor] = /^(\d+):(\d+)$/.exec(item.argument) ?? [];
  if (major === undefined || minor === undefined) return "Can't parse device file major/minor";
  const made = yield* mknod(item.path, 'char', item.mode ?? 0o644, [Number(major), Number(minor)]);
  if (!failed(made)) yield* setPerms(item.path, item);
  if (!failed(made) || made.errno === 'EEXIST') return null;
  return `Failed to create device node ${item.path}: ${strerror(made.errno)}`;
}

function* createDirectory(item: Item): Sys<string | null> {
  const made = yield* mkdir(item.path, item.mode ?? 0o755);
  if (failed(made) && made.errno !== 'EEXIST') {
    return `Failed to create directory ${item.path}: ${strerror(made.errno)}`;
  }
  yield* setPerms(item.path, item);
  return null;
}

/** create_item: null, or what went wrong. */
function* create(item: Item): Sys<string | null> {
  if (item.type === 'c') return yield* createNode(item);
  if (item.type === 'd') return yield* createDirectory(item);
  for (const path of yield* matching(item.path)) {
    if (!failed(yield* stat(path))) yield* setPerms(path, item);
  }
  return null;
}

const below = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(prefix === '/' ? prefix : `${prefix}/`);

type Wanted = Readonly<{ boot: boolean; prefixes: readonly string[]; excluded: readonly string[] }>;

/** Which items of these files are to be created, in the order of their paths; the first of a path and type counts. */
function* items(files: readonly ConfFile[], wanted: Wanted): Sys<readonly Item[]> {
  const found: Item[] = [];
  for (const { path, lines } of files) {
    for (const line of lines) {
      const item = parseLine(line);
      if (item === null) {
        yield* err(`[${path}] kvmlab does not model this line: ${line}\n`);
        continue;
      }
      const twice = found.some((other) => other.path === item.path && other.type === item.type);
      if (twice || (item.bootOnly && !wanted.boot)) continue;
      if (wanted.prefixes.length > 0 && !wanted.prefixes.some((p) => below(item.path, p))) continue;
      if (!wanted.excluded.some((p) => below(item.path, p))) found.push(item);
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

const long = {
  create: 'none',
  remove: 'none',
  clean: 'none',
  boot: 'none',
  prefix: 'required',
  'exclude-prefix': 'required',
} as const;

export const systemdTmpfiles = command(function* ({ argv }) {
  const { options, error } = getopt({ short: '', long }, argv);
  if (error !== null) {
    yield* err(`${error}\n`);
    return 1;
  }
  const has = (name: string) => options.some(([option]) => option === name);
  if (!has('create') && !has('remove') && !has('clean')) {
    yield* err('You need to specify at least one of --clean, --create or --remove.\n');
    return 1;
  }
  const all = (name: string) => options.flatMap(([o, value]) => (o === name ? [value ?? ''] : []));
  const wanted = { boot: has('boot'), prefixes: all('prefix'), excluded: all('exclude-prefix') };
  let code = 0;
  for (const item of has('create') ? yield* items(yield* confFiles('tmpfiles.d'), wanted) : []) {
    const wrong = yield* create(item);
    if (wrong === null) continue;
    yield* err(`${wrong}\n`);
    code = 1;
  }
  return code;
});
