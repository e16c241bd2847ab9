/**
 * Programs that rules start: PROGRAM, IMPORT{program}, RUN.
 *
 * Models: systemd v219 src/udev/udev-event.c udev_event_spawn, udev_build_argv, spawn_read, spawn_wait;
 *   v252 udev_event_spawn, on_spawn_io, on_spawn_sigchld
 * Leaves out: timeouts, the 16 kB limit on what is read.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { ExitStatus } from '../kernel/request.ts';
import { close, pipe, read, spawn, wait } from '../libc/sys.ts';
import { publicProperties } from './device.ts';
import { note, type UdevEvent } from './event.ts';

const LIBEXEC = '/usr/lib/udev';

/** udev_build_argv: blanks separate, a word in single quotes stays whole. */
function words219(command: string): string[] {
  if (!command.includes(' ')) return [command];
  return [...command.matchAll(/'([^']*)'? *|([^ ]+) */g)].map((m) => m[1] ?? m[2] ?? '');
}

/** strv_split_full with EXTRACT_UNQUOTE | EXTRACT_RELAX | EXTRACT_RETAIN_ESCAPE. */
function words252(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"?|'[^']*'?|[^\s"'])+/g)].map((m) =>
    m[0].replace(/"([^"]*)"?|'([^']*)'?/g, (_, double, single) => double ?? single ?? ''),
  );
}

export function commandWords(command: string, version: 219 | 252): string[] {
  return version === 219 ? words219(command) : words252(command);
}

function* drain(fd: number): Sys<string> {
  let all = '';
  for (;;) {
    const piece = yield* read(fd);
    if (failed(piece) || piece === '') break;
    all += piece;
  }
  yield* close(fd);
  return all;
}

function logOutput(event: UdevEvent, command: string, where: 'out' | 'err', text: string): void {
  for (const line of text.split('\n')) {
    if (line !== '') note(event, 'debug', `'${command}'(${where}) '${line}'`);
  }
}

const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGPIPE: 13,
  SIGTERM: 15,
};

function logEnd(event: UdevEvent, command: string, end: ExitStatus, quiet: boolean): void {
  if (event.switches.version === 219) {
    const text = end.signal
      ? `terminated by signal ${signalNumbers[end.signal] ?? 0} (${end.signal})`
      : `exit with return code ${end.code}`;
    note(event, end.signal ? 'err' : 'debug', `'${command}' [${end.pid}] ${text}`);
  } else if (end.signal) {
    const signal = end.signal.slice('SIG'.length);
    note(event, 'err', `Process '${command}' terminated by signal ${signal}.`);
  } else if (end.code === 0) {
    note(event, 'debug', `Process '${command}' succeeded.`);
  } else {
    const text = `Process '${command}' failed with exit code ${end.code}.`;
    note(event, quiet ? 'debug' : 'warning', text);
  }
}

export type Ended = Readonly<{ code: number; output: string }>;

/** Runs a command to its end. `quiet`: its failure is an answer, not a fault (accept_failure). */
export function* runProgram(event: UdevEvent, command: string, quiet: boolean): Sys<Ended | null> {
  const v219 = event.switches.version === 219;
  const [program = '', ...args] = commandWords(command, event.switches.version);
  if (program === '') {
    note(event, 'err', `Invalid command '${command}'`);
    return null;
  }
  const path = program.startsWith('/') ? program : `${LIBEXEC}/${program}`;
  const out = yield* pipe();
  const err = yield* pipe();
  if (failed(out) || failed(err)) return null;
  note(event, 'debug', v219 ? `starting '${command}'` : `Starting '${command}'`);
  const pid = yield* spawn(path, [path, ...args], {
    env: publicProperties(event.device),
    fds: { 1: out[1], 2: err[1] },
    inherit: false,
  });
  yield* close(out[1]);
  yield* close(err[1]);
  const output = yield* drain(out[0]);
  logOutput(event, command, 'out', output);
  logOutput(event, command, 'err', yield* drain(err[0]));
  if (failed(pid)) {
    // The real child fails in execve and tells by its exit code.
    logEnd(event, command, { pid: 0, code: v219 ? 2 : 1, signal: null }, quiet);
    return { code: v219 ? 2 : 1, output };
  }
  const end = yield* wait(pid);
  if (failed(end)) return null;
  logEnd(event, command, end, quiet);
  return { code: end.signal ? -1 : end.code, output };
}
