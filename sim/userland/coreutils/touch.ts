/**
 * touch: set a file's times, creating it if need be.
 *
 * Models: coreutils 8.22 src/touch.c main, touch
 *
 * On /dev/kvm this moves ctime without changing who may open it: libvirt then looks anew.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { clock, close, err, lstat, lutimens, open, stat, utimensat } from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse } from '../given.ts';
import { parseDate, parseStamp } from './datetime.ts';
import { quoted } from './quote.ts';

const timeWords: Readonly<Record<string, 'a' | 'm'>> = {
  atime: 'a',
  access: 'a',
  use: 'a',
  mtime: 'm',
  modify: 'm',
};
const TIMES = `Valid arguments are:
  - 'atime', 'access', 'use'
  - 'mtime', 'modify'`;

type Times = Readonly<{ atime: number | null; mtime: number | null }>;

/** The times asked for; null in them is now. Answers a status after a complaint. */
function* timesOf({ name, options }: Given): Sys<Times | number> {
  const now = yield* clock();
  const date = options.get('d');
  const stamp = options.get('t');
  const reference = options.get('r');
  if (reference !== null && reference !== undefined) {
    const st = yield* stat(reference);
    if (!failed(st)) return { atime: st.atime, mtime: st.mtime };
    const why = strerror(st.errno);
    return yield* complain(name, `failed to get attributes of ${quoted(reference)}: ${why}`);
  }
  const given = date ?? stamp;
  if (given === null || given === undefined) return { atime: null, mtime: null };
  const at = date ? parseDate(date, now) : parseStamp(given, now);
  if (at === null) return yield* complain(name, `invalid date format ${quoted(given)}`);
  return { atime: at, mtime: at };
}

function* touchOne({ options }: Given, path: string, times: Times): Sys<Failure | null> {
  const itself = options.has('h');
  let before = yield* itself ? lstat(path) : stat(path);
  if (failed(before)) {
    if (before.errno !== 'ENOENT') return before;
    if (options.has('c')) return null;
    if (itself) return before;
    const fd = yield* open(path, ['write', 'create'], 0o666);
    if (failed(fd)) return fd;
    yield* close(fd);
    before = yield* stat(path);
  }
  const word = timeWords[options.get('time') ?? ''];
  const [a, m] = [options.has('a') || word === 'a', options.has('m') || word === 'm'];
  const only = a !== m;
  const atime = only && m && !failed(before) ? before.atime : times.atime;
  const mtime = only && a && !failed(before) ? before.mtime : times.mtime;
  return yield* (itself ? lutimens : utimensat)(
    path,
    atime,
    mtime,
    'coreutils 8.22 src/touch.c touch',
  );
}

export const touch = command(function* ({ argv }) {
  const line = yield* given(argv, 'acd:fhmr:t:', {
    'no-create': 'c',
    date: 'd',
    reference: 'r',
    'no-dereference': 'h',
    'time:': '',
  });
  if (ended(line)) return line;
  const which = line.options.get('time');
  if (which !== undefined && which !== null && !Object.hasOwn(timeWords, which))
    return yield* misuse(line.name, `invalid argument ${quoted(which)} for '--time'\n${TIMES}`);
  if (line.operands.length === 0) return yield* misuse(line.name, 'missing file operand');
  const times = yield* timesOf(line);
  if (typeof times === 'number') return times;
  let status = 0;
  for (const path of line.operands) {
    const done = yield* touchOne(line, path, times);
    if (!failed(done)) continue;
    const doing =
      done.errno === 'EPERM' || line.options.has('h') ? 'setting times of' : 'cannot touch';
    yield* err(`${line.name}: ${doing} ${quoted(path)}: ${strerror(done.errno)}\n`);
    status = 1;
  }
  return status;
});
