/**
 * stat: what the kernel knows of a file.
 *
 * Models: coreutils 8.22 src/stat.c main, do_stat, do_statfs
 * Leaves out: -f beyond %T and %n.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getgrgid, getpwuid } from '../../libc/nss.ts';
import { err, lstat, out, readFile, readlink, stat as statCall } from '../../libc/sys.ts';
import { ended, given, misuse, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { unescaped } from './escape.ts';
import { quoted, shellQuoted } from './quote.ts';
import { defaultFormat, formatted, type Subject } from './statFormat.ts';

/** `[type, mount point]` of the mount that a device number stands for: the lines of /proc/mounts in order. */
function* mountOf(dev: string): Sys<readonly [string, string]> {
  const text = yield* readFile('/proc/mounts');
  const line = failed(text) ? '' : (text.split('\n')[Number(dev)] ?? '');
  const [type = 'UNKNOWN', path = '/'] = line.split(' ');
  return [type, path];
}

function* subjectOf(path: string, follow: boolean): Sys<Subject | ReturnType<typeof failure>> {
  const st = yield* follow ? statCall(path) : lstat(path);
  if (failed(st)) return failure(st.errno);
  const target = st.type === 'symlink' ? yield* readlink(path) : null;
  const user = (yield* getpwuid(st.uid))?.name ?? 'UNKNOWN';
  const group = (yield* getgrgid(st.gid))?.name ?? 'UNKNOWN';
  const [, mountPoint] = yield* mountOf(st.dev);
  const quote = (yield* isModern()) ? shellQuoted : quoted;
  return { path, st, target: failed(target) ? null : target, user, group, mountPoint, quote };
}

const failure = (errno: Parameters<typeof strerror>[0]) => ({ errno });

const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n';

/** statfs: only the type of the file system. */
function* fileSystem(name: string, path: string, format: string | null): Sys<boolean> {
  const st = yield* statCall(path);
  if (failed(st)) {
    yield* err(
      `${name}: cannot read file system information for ${quoted(path)}: ${strerror(st.errno)}\n`,
    );
    return false;
  }
  const [type] = yield* mountOf(st.dev);
  const shown = type === 'devtmpfs' ? 'tmpfs' : type;
  if (format === null || /%[^Tn%]/.test(format)) {
    yield* unmodelled(name, '-f beyond %T and %n');
    return false;
  }
  yield* out(format.replaceAll('%T', shown).replaceAll('%n', path));
  return true;
}

/** --printf: what a backslash cannot stand before is said, and the backslash goes. */
function* escaped(name: string, format: string): Sys<string> {
  const odd = [...format.matchAll(/\\(?:\\|[^\\])/g)].map(([two]) => two.charAt(1));
  for (const letter of odd)
    if (!/[abefnrtvx0-7\\"]/.test(letter))
      yield* err(`${name}: warning: unrecognized escape '\\${letter}'\n`);
  return unescaped(format.replace(/\\([^abefnrtvx0-7\\"])/g, '$1'));
}

export const stat = command(function* ({ argv }) {
  const line = yield* given(argv, 'c:fLt', {
    format: 'c',
    'printf:': '',
    'file-system': 'f',
    dereference: 'L',
    terse: 't',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  const modern = yield* isModern();
  const custom = options.get('c');
  const printf = options.get('printf');
  const format = printf
    ? yield* escaped(name, printf)
    : custom === undefined
      ? null
      : `${custom}\n`;
  let status = 0;
  for (const path of operands) {
    if (options.has('f')) {
      if (!(yield* fileSystem(name, path, format))) status = 1;
      continue;
    }
    const subject = yield* subjectOf(path, options.has('L'));
    if (failed(subject)) {
      yield* err(
        `${name}: cannot ${modern ? 'statx' : 'stat'} ${quoted(path)}: ${strerror(subject.errno)}\n`,
      );
      status = 1;
      continue;
    }
    // No file system here labels its files.
    const labels = format !== null && /%[-#0+ ']*\d*(?:\.\d*)?C/.test(format);
    if (labels) {
      yield* err(
        `${name}: failed to get security context of ${quoted(path)}: ${strerror('ENODATA')}\n`,
      );
      status = 1;
    }
    const usual = options.has('t') ? TERSE : defaultFormat(subject, modern);
    yield* out(formatted(format ?? usual, subject));
  }
  return status;
});
