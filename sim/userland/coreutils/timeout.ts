/**
 * timeout: a command that is ended when it takes too long.
 *
 * Models: coreutils 8.22 src/timeout.c main, parse_duration, cleanup
 * Leaves out: -k; the command's own process group.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import type { Signal } from '../../kernel/request.ts';
import { clock, err, kill, nanosleep, spawn, wait, waitNohang } from '../../libc/sys.ts';
import { findProgram } from '../exec.ts';
import { ended, given } from '../given.ts';
import { quoted, tryHelp } from './quote.ts';

const CANCELED = 125;
const TIMED_OUT = 124;
const POLL_MS = 50;

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

function seconds(word: string): number | null {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(word) ?? [];
  return number === '' ? null : Number(number) * (units[unit] ?? 1);
}

const signals: Readonly<Record<string, readonly [Signal, number]>> = {
  TERM: ['SIGTERM', 15],
  KILL: ['SIGKILL', 9],
  INT: ['SIGINT', 2],
  HUP: ['SIGHUP', 1],
};

export const timeout = command(function* ({ argv, env }) {
  const words = { signal: 's', 'kill-after': 'k', 'preserve-status': '', foreground: '' };
  const line = yield* given(argv, '+s:k:', words, CANCELED);
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const [duration, ...rest] = operands;
  const [program = ''] = rest;
  const refuse = (text: string) => err(`${text}${tryHelp(name)}`);
  const limit = seconds(duration ?? '');
  const wanted = options.get('s') ?? 'TERM';
  const signal = signals[wanted.replace(/^SIG/, '')];
  const wrong =
    signal === undefined
      ? `${name}: ${quoted(wanted)}: invalid signal\n`
      : rest.length === 0
        ? ''
        : limit === null
          ? `${name}: invalid time interval ${quoted(duration ?? '')}\n`
          : null;
  if (wrong !== null || signal === undefined) {
    yield* refuse(wrong ?? '');
    return CANCELED;
  }
  const path = yield* findProgram(program, env['PATH'] ?? '/bin:/usr/bin');
  const started =
    path === null ? ({ errno: 'ENOENT' } as const) : yield* spawn(path, rest, { env });
  if (failed(started)) {
    yield* err(`${name}: failed to run command ${quoted(program)}: ${strerror(started.errno)}\n`);
    return started.errno === 'ENOENT' ? 127 : 126;
  }
  const due = (yield* clock()) + (limit ?? 0) * 1000;
  let over = false;
  for (;;) {
    const done = yield* limit === 0 || over ? wait(started) : waitNohang(started);
    if (failed(done)) return CANCELED;
    if (done !== null) {
      const own = done.signal === null ? done.code : 128 + signal[1];
      return over && signal[0] !== 'SIGKILL' && !options.has('preserve-status') ? TIMED_OUT : own;
    }
    if ((yield* clock()) >= due) {
      over = true;
      yield* kill(started, signal[0]);
    } else yield* nanosleep(POLL_MS);
  }
});
