/**
 * One simple command: its redirections, its program, its end.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_disk_command, redir.c do_redirections, findcmd.c search_for_command
 *
 * What needs the host's own permission is done here, as the user, by system calls: finding the program and
 * opening redirections.
 */
import { type Failure, failed, strerror } from '../kernel/errno.ts';
import {
  access,
  clock,
  close,
  err,
  open,
  out,
  pipe,
  read,
  type Sys,
  spawn,
  stat,
  wait,
  write,
} from '../libc/sys.ts';
import { strftime } from '../libc/time.ts';
import { openingFailed, statusNotStarted, whyNotStarted } from './bashWords.ts';
import { dashEcho, echoText } from './text/format.ts';
import { type Clock, printfText } from './text/printf.ts';

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
  /** More descriptors with text to be read. */
  inputs?: Readonly<Record<number, string>>;
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
export type Fds = Record<number, number>;

const flags = {
  read: ['read'],
  write: ['write', 'create', 'trunc'],
  append: ['write', 'create', 'append'],
  readwrite: ['read', 'write', 'create'],
} as const;

/** Open the redirections in order; on the first failure say so and answer null. */
export function* redirect(line: CommandLine, fds: Fds, opened: number[]): Sys<boolean> {
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
    const text = (line.dash ? dashEcho : echoText)(line.argv.slice(1));
    return text === '' ? 0 : yield* written(line, fds, yield* write(fds[1] ?? 1, text));
  }
  const now = format?.includes('%(') ? yield* clock() : 0;
  const time: Clock = (shape, seconds) => strftime(shape, seconds === null ? now : seconds * 1000);
  const printed = printfText(format ?? '', args, (text) => text, time);
  const done = printed.text === '' ? 0 : yield* write(fds[1] ?? 1, printed.text);
  if (failed(done)) return yield* written(line, fds, done);
  for (const text of printed.complaints) yield* complain(line, fds, `printf: ${text}`);
  return printed.status;
}

export function* execute(line: CommandLine, fds: Fds): Sys<{ status: number } | { pid: number }> {
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
  return { status: statusNotStarted(line, started.errno) };
}

/** Give text to a descriptor through a pipe. */
function* feed(fd: number, text: string, fds: Fds, opened: number[]): Sys<void> {
  const ends = yield* pipe();
  if (failed(ends)) return;
  const [reader, writer] = ends;
  yield* write(writer, text);
  yield* close(writer);
  opened.push(reader);
  fds[fd] = reader;
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

export function* simpleCommand(
  line: CommandLine,
): Sys<{ status: number; background: number | null }> {
  const fds: Fds = {};
  const opened: number[] = [];
  let reader: number | null = null;
  if (line.stdin !== null) yield* feed(0, line.stdin, fds, opened);
  for (const [fd, text] of Object.entries(line.inputs ?? {}))
    yield* feed(Number(fd), text, fds, opened);
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
