/**
 * kill, pkill, pgrep, pidof: find processes, send signals.
 *
 * Models: util-linux 2.23 misc-utils/kill.c; procps-ng 3.3.10 pgrep.c; sysvinit-tools pidof
 * Leaves out: signals that the kernel here does not know.
 */

import { failed, strerror } from '../../kernel/errno.ts';
import { own } from '../../kernel/own.ts';
import { command } from '../../kernel/program.ts';
import type { Signal } from '../../kernel/request.ts';
import { err, getpid, out, type Sys, kill as sendSignal } from '../../libc/sys.ts';
import { isModern } from '../switches.ts';
import { type Process, processes } from './processes.ts';

const numbers: Readonly<Record<string, Signal>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};
const known = new Set<string>(Object.values(numbers));

/** `9`, `KILL`, `SIGKILL`; null for others. '0' only asks whether the process exists. */
function signalOf(word: string): Signal | 'exists' | null {
  if (word === '0') return 'exists';
  const name = own(numbers, word) ?? (word.startsWith('SIG') ? word : `SIG${word}`);
  return known.has(name) ? (name as Signal) : null;
}

/** Leading `-9`, `-KILL`, `-s KILL`. */
function takeSignal(args: readonly string[]): {
  signal: Signal | 'exists' | null;
  rest: readonly string[];
  word: string;
} {
  const [first = '', second = ''] = args;
  if (first === '-s') return { signal: signalOf(second), rest: args.slice(2), word: second };
  if (/^-(\d+|SIG[A-Z0-9]+|[A-Z][A-Z0-9]+)$/.test(first))
    return { signal: signalOf(first.slice(1)), rest: args.slice(1), word: first.slice(1) };
  return { signal: 'SIGTERM', rest: args, word: '' };
}

/** `kill -l`, and with numbers or names each other's. */
function* listSignals(words: readonly string[]): Sys<number> {
  if (words.length === 0) {
    yield* err('kvmlab: kill -l without a signal is not modelled\n');
    return 2;
  }
  for (const word of words) {
    const number = /^\d+$/.test(word) ? Number(word) & 0x7f : null;
    const name = number === null ? signalOf(word.toUpperCase()) : own(numbers, String(number));
    const text =
      number === null ? Object.keys(numbers).find((n) => numbers[n] === name) : name?.slice(3);
    yield* out(`${text ?? word}\n`);
  }
  return 0;
}

export const kill = command(function* ({ argv: [, ...args] }) {
  if (args[0] === '-l') return yield* listSignals(args.slice(1));
  const { signal, rest, word } = takeSignal(args);
  const pids = rest[0] === '--' ? rest.slice(1) : rest;
  if (signal === null || pids.length === 0) {
    yield* err(
      signal === null
        ? `-bash: kill: ${word}: invalid signal specification\n`
        : 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
    );
    return signal === null || !(yield* isModern()) ? 1 : 2;
  }
  let code = 0;
  for (const pid of pids) {
    if (!/^\d+$/.test(pid)) {
      yield* err(`-bash: kill: ${pid}: arguments must be process or job IDs\n`);
      code = 1;
      continue;
    }
    // Signal 0 is asked for like any other; SIGCHLD, which nobody heeds, stands for it.
    const done = yield* sendSignal(Number(pid), signal === 'exists' ? 'SIGCHLD' : signal);
    if (!failed(done)) continue;
    yield* err(`-bash: kill: (${pid}) - ${strerror(done.errno)}\n`);
    code = 1;
  }
  return code;
});

function* matching(args: readonly string[]): Sys<Process[]> {
  const flags = args.filter((a) => a.startsWith('-')).join('');
  const [pattern = ''] = args.filter((a, i) => !a.startsWith('-') && args[i - 1] !== '-u');
  const user = args.includes('-u') ? args[args.indexOf('-u') + 1] : undefined;
  const self = yield* getpid();
  const exact = flags.includes('x');
  const regexp = new RegExp(exact ? `^(?:${pattern})$` : pattern);
  const all = yield* processes();
  return all.filter((p) => {
    const text = flags.includes('f') ? p.cmdline : p.comm;
    return (
      p.pid !== self &&
      regexp.test(text) &&
      (user === undefined || p.user === user || String(p.uid) === user)
    );
  });
}

export const pkill = command(function* ({ argv: [, ...args] }) {
  const { signal, rest } = takeSignal(args);
  if (signal === null) {
    yield* err('pkill: invalid signal\n');
    return 2;
  }
  const found = yield* matching(rest);
  for (const p of found) if (signal !== 'exists') yield* sendSignal(p.pid, signal);
  return found.length > 0 ? 0 : 1;
});

export const pgrep = command(function* ({ argv: [, ...args] }) {
  const found = yield* matching(args);
  const long = args.some((a) => /^-\w*l/.test(a));
  const whole = args.some((a) => /^-\w*a/.test(a));
  for (const p of found)
    yield* out(`${p.pid}${whole ? ` ${p.cmdline}` : long ? ` ${p.comm}` : ''}\n`);
  return found.length > 0 ? 0 : 1;
});

export const pidof = command(function* ({ argv: [, ...names] }) {
  const found = (yield* processes()).filter((p) =>
    names.some((n) => n.split('/').pop() === p.comm),
  );
  if (found.length > 0)
    yield* out(
      `${found
        .map((p) => p.pid)
        .reverse()
        .join(' ')}\n`,
    );
  return found.length > 0 ? 0 : 1;
});
