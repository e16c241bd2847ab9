/**
 * The login shell as the host sees it: one simple command after another, already parsed.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_disk_command, redir.c do_redirections, findcmd.c search_for_command;
 *   builtins cd, umask, exit
 * Leaves out: parsing, expansion and control flow; they happen outside the host (sim/shell), which sends
 *   each simple command as one line of JSON to the terminal.
 *
 * A script behind `bash -c` is such a line too: sim/shell reads the script and starts one `bash -c` for
 * each of its commands. Plain words without any syntax are taken as they are; anything else is refused.
 *
 * What needs the host's own permission is done here, as the user, by system calls: finding the program,
 * opening redirections, changing the directory.
 */
import { type Failure, failed, strerror } from '../kernel/errno.ts';
import { daemon } from '../kernel/program.ts';
import {
  access,
  chdir,
  close,
  err,
  open,
  out,
  pipe,
  read,
  type Sys,
  spawn,
  stat,
  umask,
  wait,
  write,
} from '../libc/sys.ts';
import { openingFailed, whyNotStarted } from './bashWords.ts';
import { echoText } from './text/format.ts';
import { printfText } from './text/printf.ts';

/** `2>>log` is {fd: 2, mode: 'append', path: 'log'}; `2>&1` is {fd: 2, mode: 'dup', from: 1}. */
export type Redirect =
  | Readonly<{ fd: number; mode: 'read' | 'write' | 'append' | 'readwrite'; path: string }>
  | Readonly<{ fd: number; mode: 'dup'; from: number }>
  | Readonly<{ fd: number; mode: 'close' }>;

export type CommandLine = Readonly<{
  argv: readonly string[];
  /** Variables beside those of the login. */
  env: Readonly<Record<string, string>>;
  /** Text on standard input; null leaves it to the terminal. */
  stdin: string | null;
  redirects: readonly Redirect[];
  /** Standard output is a pipe, as in `cmd | ...` and `$(cmd)`. */
  piped: boolean;
  /** `cmd &`: do not wait. */
  background: boolean;
  /** What complaints begin with: `-bash` at a prompt, `script: line 3` in a script. */
  complainAs: string;
  /** Only behind `bash -c`: the directory that the script is in. */
  cwd?: string;
  /** Only behind `bash -c`: the mask that the script has set. */
  umask?: number;
  /** Debian's /bin/sh speaks: dash has words of its own. */
  dash?: true;
}>;

/** `done` counts command lines, so that who sent one can see that it has ended. */
export type BashMemory = Readonly<{
  env: Readonly<Record<string, string>>;
  status: number;
  done: number;
  background: readonly number[];
  /** The script of `bash -c`. */
  script?: string;
}>;

type Fds = Record<number, number>;

const flags = {
  read: ['read'],
  write: ['write', 'create', 'trunc'],
  append: ['write', 'create', 'append'],
  readwrite: ['read', 'write', 'create'],
} as const;

/** Open the redirections in order; on the first failure say so and answer null. */
function* redirect(line: CommandLine, fds: Fds, opened: number[]): Sys<boolean> {
  for (const r of line.redirects) {
    if (r.mode === 'dup') fds[r.fd] = fds[r.from] ?? r.from;
    else if (r.mode === 'close') delete fds[r.fd];
    else {
      const fd = yield* open(r.path, flags[r.mode]);
      if (failed(fd)) {
        yield* err(`${line.complainAs}: ${openingFailed(line, r.mode, r.path, fd.errno)}\n`);
        return false;
      }
      opened.push(fd);
      fds[r.fd] = fd;
    }
  }
  return true;
}

/** search_for_command: a name with a slash as it is, others along PATH; the first executable wins. */
function* findCommand(name: string, path: string): Sys<string | null> {
  if (name.includes('/')) return name;
  let unusable: string | null = null;
  for (const directory of path.split(':')) {
    const candidate = `${directory}/${name}`;
    const st = yield* stat(candidate);
    if (failed(st) || st.type !== 'file') continue;
    if (!failed(yield* access(candidate, 1))) return candidate;
    unusable ??= candidate;
  }
  return unusable;
}

function* complain(line: CommandLine, fds: Fds, text: string): Sys<void> {
  yield* write(fds[2] ?? 2, `${line.complainAs}: ${text}\n`);
}

/** sh_wrerror. */
function* written(line: CommandLine, fds: Fds, done: number | Failure): Sys<number> {
  if (!failed(done)) return 0;
  yield* complain(line, fds, `${line.argv[0]}: write error: ${strerror(done.errno)}`);
  return 1;
}

/** echo and printf write where the redirections of this line lead. */
function* printing(line: CommandLine, fds: Fds): Sys<number> {
  const [name, format, ...args] = line.argv;
  if (name === 'echo') {
    const text = echoText(line.argv.slice(1));
    return text === '' ? 0 : yield* written(line, fds, yield* write(fds[1] ?? 1, text));
  }
  const printed = printfText(format ?? '', args, (text) => text);
  const done = printed.text === '' ? 0 : yield* write(fds[1] ?? 1, printed.text);
  if (failed(done)) return yield* written(line, fds, done);
  for (const text of printed.complaints) yield* complain(line, fds, `printf: ${text}`);
  return printed.status;
}

function* execute(line: CommandLine, fds: Fds): Sys<{ status: number } | { pid: number }> {
  const [name = ''] = line.argv;
  if (name === 'echo' || name === 'printf') return { status: yield* printing(line, fds) };
  const path = yield* findCommand(name, line.env['PATH'] ?? '/usr/bin');
  if (path === null) {
    yield* complain(line, fds, `${name}: ${line.dash ? 'not found' : 'command not found'}`);
    return { status: 127 };
  }
  const started = yield* spawn(path, line.argv, { env: line.env, fds });
  if (!failed(started)) return { pid: started };
  const st = yield* stat(path);
  const directory = !failed(st) && st.type === 'dir';
  const shown = name.includes('/') ? name : path;
  yield* complain(
    line,
    fds,
    `${shown}: ${directory ? 'Is a directory' : yield* whyNotStarted(line, !failed(st), started.errno)}`,
  );
  return { status: started.errno === 'ENOENT' ? 127 : 126 };
}

function* cd(line: CommandLine): Sys<number> {
  const to = line.argv[1] ?? line.env['HOME'] ?? '/';
  const done = yield* chdir(to);
  if (!failed(done)) return 0;
  yield* err(`${line.complainAs}: cd: ${to}: ${strerror(done.errno)}\n`);
  return 1;
}

function* setUmask(line: CommandLine): Sys<number> {
  const [, given] = line.argv;
  if (given !== undefined) {
    yield* umask(Number.parseInt(given, 8));
    return 0;
  }
  const old = yield* umask(0);
  yield* umask(old);
  yield* out(`${old.toString(8).padStart(4, '0')}\n`);
  return 0;
}

/** Give text to standard input through a pipe. */
function* feed(text: string, fds: Fds, opened: number[]): Sys<void> {
  const ends = yield* pipe();
  if (failed(ends)) return;
  const [reader, writer] = ends;
  yield* write(writer, text);
  yield* close(writer);
  opened.push(reader);
  fds[0] = reader;
}

/** $?: 128 and the signal's number for a process that a signal has ended. */
export const exitStatus = (status: { code: number; signal: string | null }) =>
  status.signal === null
    ? status.code
    : status.signal === 'SIGINT'
      ? 130
      : status.signal === 'SIGKILL'
        ? 137
        : 143;

/** Everything the pipe holds, once its writers are gone. */
function* drain(reader: number): Sys<void> {
  for (;;) {
    const text = yield* read(reader);
    if (failed(text) || text === '') break;
    yield* out(text);
  }
  yield* close(reader);
}

function* simpleCommand(line: CommandLine): Sys<{ status: number; background: number | null }> {
  const fds: Fds = {};
  const opened: number[] = [];
  let reader: number | null = null;
  if (line.stdin !== null) yield* feed(line.stdin, fds, opened);
  if (line.piped) {
    const ends = yield* pipe();
    if (!failed(ends)) {
      reader = ends[0];
      fds[1] = ends[1];
      opened.push(ends[1]);
    }
  }
  const ready = yield* redirect(line, fds, opened);
  const begun =
    ready && line.argv.length > 0
      ? yield* execute(line, fds)
      : { status: ready ? 0 : line.dash ? 2 : 1 };
  for (const fd of opened) yield* close(fd);
  let status = 'status' in begun ? begun.status : 0;
  if ('pid' in begun && !line.background) {
    const ended = yield* wait(begun.pid);
    status = failed(ended) ? 0 : exitStatus(ended);
  }
  if (reader !== null) yield* drain(reader);
  return { status, background: 'pid' in begun && line.background ? begun.pid : null };
}

/** Words that mean nothing but themselves. */
const plainWords = /^[A-Za-z0-9_./:=@%+, \t-]+$/;

/** `bash -c SCRIPT`: one line of JSON from sim/shell, or plain words. */
function* once(memory: BashMemory, script: string): Sys<number> {
  const blank = { env: {}, stdin: null, redirects: [], piped: false, background: false };
  const plain = { ...blank, argv: script.trim().split(/[ \t]+/), complainAs: 'bash' };
  const given = script.startsWith('{')
    ? { ...blank, ...(JSON.parse(script) as Partial<CommandLine>) }
    : plain;
  if (given === plain && !plainWords.test(script)) {
    yield* err(
      `kvmlab: a shell started by another program runs plain words only, not: ${script}\n`,
    );
    return 2;
  }
  const line: CommandLine = { ...plain, ...given, env: { ...memory.env, ...given.env } };
  if (line.umask !== undefined) yield* umask(line.umask);
  if (line.cwd !== undefined) yield* chdir(line.cwd);
  return (yield* simpleCommand(line)).status;
}

function scriptOf(argv: readonly string[]): { script?: string } {
  const at = argv.findIndex((word) => /^-[a-z]*c$/.test(word));
  if (at > 0) return { script: argv[at + 1] ?? '' };
  const file = argv.slice(1).find((word) => !word.startsWith('-'));
  return file === undefined ? {} : { script: `$file ${file}` };
}

export const bash = daemon<BashMemory>({
  begin: ({ argv, env }) => ({ env, status: 0, done: 0, background: [], ...scriptOf(argv) }),
  *turn(memory) {
    if (memory.script !== undefined) return { exit: yield* once(memory, memory.script) };
    const typed = yield* read(0);
    if (failed(typed) || typed === '') return { exit: memory.status };
    const given = JSON.parse(typed) as CommandLine;
    const line = { ...given, env: { ...memory.env, ...given.env } };
    const [name] = line.argv;
    const done = memory.done + 1;
    if (name === 'exit' || name === 'logout')
      return { exit: Number(line.argv[1] ?? memory.status) };
    if (name === 'cd') return { again: { ...memory, done, status: yield* cd(line) } };
    if (name === 'umask') return { again: { ...memory, done, status: yield* setUmask(line) } };
    const { status, background } = yield* simpleCommand(line);
    const jobs = background === null ? memory.background : [...memory.background, background];
    return { again: { ...memory, status, done, background: jobs } };
  },
});
