/**
 * Running a program and keeping what it says on stderr.
 *
 * Models: libvirt v5.0.0 src/util/vircommand.c virCommandRun, virCommandRunAsync, virCommandToString,
 *   virCommandAddEnvPassCommon, virExec, virCommandTranslateStatus
 *
 * stderr goes into one debug line, between quotes and with its newlines.
 * Leaves out: stdin, stdout (the modelled callers want neither), handshakes, working directories.
 */
import type { Credentials } from '../kernel/credentials.ts';
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { close, pipe, read, spawn, wait } from '../libc/sys.ts';
import { type Log, source } from './virLog.ts';

const log = source('util.command');

export type Env = Readonly<Record<string, string>>;

export type VirCommand = Readonly<{
  binary: string;
  args: readonly string[];
  env: Env;
  credentials: Credentials;
}>;

/** What a child gets of the daemon's environment; LC_ALL=C comes first. */
export function passCommon(own: Env): Env {
  const env: Record<string, string> = { LC_ALL: 'C' };
  for (const name of [
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'TMPDIR',
  ]) {
    const value = own[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** virBufferEscapeShell: bare where every character is harmless. */
const shellWord = (word: string): string =>
  word !== '' && /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;

export const commandText = ({ binary, args, env }: VirCommand): string =>
  [
    ...Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`),
    ...[binary, ...args].map(shellWord),
  ].join(' ');

export type Result = Readonly<{
  status: number;
  signal: string | null;
  stderr: string;
  pid: number;
}>;

const EXIT_CANNOT_INVOKE = 126;
const EXIT_ENOENT = 127;

function* collect(fd: number): Sys<string> {
  let text = '';
  for (;;) {
    const more = yield* read(fd);
    if (failed(more) || more === '') return text;
    text += more;
  }
}

function* launch(command: VirCommand): Sys<Result> {
  const ends = yield* pipe();
  const [reader, writer] = failed(ends) ? [-1, -1] : ends;
  const { binary, args, env, credentials } = command;
  const options = { env, credentials, inherit: false, fds: { 2: writer }, cwd: '/' };
  const pid = yield* spawn(binary, [binary, ...args], options);
  yield* close(writer);
  if (failed(pid)) {
    yield* close(reader);
    const stderr = `libvirt:  error : cannot execute binary ${binary}: ${strerror(pid.errno)}\n`;
    const status = pid.errno === 'ENOENT' ? EXIT_ENOENT : EXIT_CANNOT_INVOKE;
    return { status, signal: null, stderr, pid: -1 };
  }
  const stderr = yield* collect(reader);
  yield* close(reader);
  const ended = yield* wait(pid);
  if (failed(ended)) return { status: -1, signal: null, stderr, pid };
  return { status: ended.code, signal: ended.signal, stderr, pid };
}

/** virCommandRun: waits for the child; `-daemonize` makes that the moment when QEMU's socket is there. */
export function* runCommand(to: Log, command: VirCommand): Sys<Result> {
  yield* log.debug(to, 'virCommandRunAsync:2488', `About to run ${commandText(command)}`);
  const result = yield* launch(command);
  yield* log.debug(to, 'virCommandRunAsync:2490', `Command result 0, with PID ${result.pid}`);
  const how =
    result.signal === null ? `exit status ${result.status}` : `fatal signal ${result.signal}`;
  const text = `Result ${how}, stdout: '' stderr: '${result.stderr}'`;
  yield* log.debug(to, 'virCommandRun:2336', text);
  return result;
}

/** virCommandToString(cmd, linebreaks): the form of the guest's log, one option a line. */
export function commandLines({ binary, args, env }: VirCommand): string {
  const lines = [
    ...Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`),
    binary,
  ];
  for (const arg of args) {
    const value = !arg.startsWith('-') && lines.at(-1)?.startsWith('-') === true;
    if (value && !lines.at(-1)?.includes(' ')) lines[lines.length - 1] += ` ${shellWord(arg)}`;
    else lines.push(shellWord(arg));
  }
  return lines.join(' \\\n');
}
