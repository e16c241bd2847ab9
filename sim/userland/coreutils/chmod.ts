/**
 * chmod: change the mode bits of files.
 *
 * Models: coreutils 8.22 src/chmod.c main, process_file, mode_changed, describe_change
 * Leaves out: --preserve-root.
 *
 * A mode that begins with a minus, such as `-rw`, is taken out of the options before they are read. The
 * system call is made even when the mode already is what it should be: ctime always moves.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { modeText } from '../../kernel/inode.ts';
import { command } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { getopt } from '../../libc/getopt.ts';
import {
  chmod as chmodCall,
  err,
  lstat,
  out,
  readDir,
  type Sys,
  stat,
  umask,
} from '../../libc/sys.ts';
import { asRefusal } from '../beyond.ts';
import { isModern } from '../switches.ts';
import { changedMode, type ModeChange, parseMode } from './modechange.ts';
import { quoted, tryHelp } from './quote.ts';

const long = {
  changes: 'none',
  recursive: 'none',
  silent: 'none',
  quiet: 'none',
  verbose: 'none',
  reference: 'required',
} as const;

type Job = Readonly<{
  name: string;
  change: ModeChange;
  umask: number;
  /** The mode stood where options stand, as in `chmod -rw f`: then what the umask keeps back is told. */
  surprising: boolean;
  recursive: boolean;
  quiet: boolean;
  report: 'all' | 'changes' | 'none';
}>;

const octal = (mode: number) => mode.toString(8).padStart(4, '0');
const both = (mode: number) => `${octal(mode)} (${letters(mode)})`;
const fromTo = (path: string, old: number, mode: number) =>
  `mode of ${quoted(path)} from ${both(old)} to ${both(mode)}\n`;
const letters = (mode: number) => modeText('file', mode).slice(1);

function* report(job: Job, path: string, old: number, mode: number): Sys<void> {
  if (job.report === 'none' || (job.report === 'changes' && old === mode)) return;
  const text =
    old === mode ? `retained as ${both(old)}` : `changed from ${both(old)} to ${both(mode)}`;
  yield* out(`mode of ${quoted(path)} ${text}\n`);
}

/** CH_NO_STAT: since 8.32 -v tells of these too. */
function* notSeen(job: Job, path: string): Sys<void> {
  if (job.report === 'all' && (yield* isModern()))
    yield* out(`${quoted(path)} could not be accessed\n`);
}

function* refuse(job: Job, what: string, errno: Parameters<typeof strerror>[0]): Sys<boolean> {
  if (!job.quiet) yield* err(`${job.name}: ${what}: ${strerror(errno)}\n`);
  return false;
}

/** One file, and with -R what is below it. False: something could not be done. */
function* processFile(job: Job, path: string, top: boolean): Sys<boolean> {
  const itself = yield* lstat(path);
  if (failed(itself)) {
    yield* refuse(job, `cannot access ${quoted(path)}`, itself.errno);
    yield* notSeen(job, path);
    return false;
  }
  const isLink = itself.type === 'symlink';
  if (isLink && !top) {
    if (job.report === 'all')
      yield* out(`neither symbolic link ${quoted(path)} nor referent has been changed\n`);
    return true;
  }
  const st = isLink ? yield* stat(path) : itself;
  if (failed(st)) {
    const dangling = st.errno === 'ENOENT';
    const what = dangling ? 'cannot operate on dangling symlink' : 'cannot access';
    const why = dangling ? '' : `: ${strerror(st.errno)}`;
    if (!job.quiet) yield* err(`${job.name}: ${what} ${quoted(path)}${why}\n`);
    yield* notSeen(job, path);
    return false;
  }
  const mode = changedMode(st.mode, st.type === 'dir', job.umask, job.change);
  const done = yield* chmodCall(path, mode, 'coreutils 8.22 src/chmod.c process_file');
  if (failed(done)) {
    yield* refuse(job, `changing permissions of ${quoted(path)}`, done.errno);
    if (job.report === 'all') yield* out(`failed to change ${fromTo(path, st.mode, mode)}`);
    return false;
  }
  yield* report(job, path, st.mode, ((yield* stat(path)) as Stat).mode);
  const naive = changedMode(st.mode, st.type === 'dir', 0, job.change);
  const surprise = job.surprising && (mode & ~naive) !== 0;
  if (surprise) {
    const is = `new permissions are ${letters(mode)}, not ${letters(naive)}`;
    yield* err(`${job.name}: ${path}: ${is}\n`);
  }
  if (!job.recursive || st.type !== 'dir') return !surprise;
  const names = yield* readDir(path);
  if (failed(names))
    return yield* refuse(job, `cannot read directory ${quoted(path)}`, names.errno);
  let ok = true;
  for (const name of names) ok = (yield* processFile(job, `${path}/${name}`, false)) && ok;
  return ok;
}

/** `-rw` and the like are modes, not options. */
const isMode = (word: string) =>
  /^-[rwxXstugoa,0-7=+-]*$/.test(word) && /^-[rwxXst0-7ugoa,=+]/.test(word);

export const chmod = command(function* ({ argv }) {
  const [name = '', ...words] = argv;
  const dashed = words.findIndex((w) => isMode(w) && !/^-[Rcfv]+$/.test(w));
  const rest = dashed < 0 ? words : words.filter((_, i) => i !== dashed);
  const { options, operands, error } = getopt({ short: 'Rcfv', long }, [name, ...rest]);
  const value = (letter: string, word: string) => options.find(([o]) => o === letter || o === word);
  const reference = value('', 'reference')?.[1] ?? null;
  const given = [...(dashed < 0 ? [] : [words[dashed] ?? '']), ...operands];
  const [text = '', ...files] = reference === null ? given : ['', ...given];
  if (error !== null && asRefusal(error) !== error) {
    yield* err(`${asRefusal(error)}\n`);
    return 1;
  }
  const problem =
    error?.replace(`${name}: `, '') ??
    (given.length === 0 ? 'missing operand' : null) ??
    (files.length === 0 ? `missing operand after ${quoted(text)}` : null);
  if (problem !== null) {
    yield* err(`${name}: ${problem}\n${tryHelp(name)}`);
    return 1;
  }
  let change = parseMode(text);
  if (reference !== null) {
    const st = yield* stat(reference);
    if (failed(st)) {
      yield* err(
        `${name}: failed to get attributes of ${quoted(reference)}: ${strerror(st.errno)}\n`,
      );
      return 1;
    }
    change = { octal: st.mode, digits: 5 };
  }
  if (change === null) {
    yield* err(`${name}: invalid mode: ${quoted(text)}\n${tryHelp(name)}`);
    return 1;
  }
  const mask = yield* umask(0);
  yield* umask(mask);
  const job: Job = {
    name,
    change,
    umask: mask,
    surprising: dashed >= 0,
    recursive: value('R', 'recursive') !== undefined,
    quiet: [value('f', 'silent'), value('', 'quiet')].some((o) => o !== undefined),
    report: value('v', 'verbose') ? 'all' : value('c', 'changes') ? 'changes' : 'none',
  };
  let ok = true;
  for (const file of files) ok = (yield* processFile(job, file, true)) && ok;
  return ok ? 0 : 1;
});
