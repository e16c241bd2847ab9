/**
 * udevadm settle: wait until udevd has nothing left to do.
 *
 * Models: systemd v219 src/udev/udevadm-settle.c adm_settle; v252 settle_main
 * Leaves out: inotify on /run/udev. The real tool wakes when the queue file goes away; this one listens to
 *   udevd's messages and looks again after a pause that grows from 10 ms to 1 s.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { access, clock, err, getcred, netlink, out, poll, recvmsg } from '../libc/sys.ts';
import { CONTROL, QUEUE, tellUdevd } from './control.ts';
import { settleHelp } from './help.ts';
import type { UdevSwitches } from './switches.ts';

const FIRST_PAUSE = 10;

/** What the waiting remembers from one look to the next. */
export type Settling = Readonly<{
  deadline: number;
  exists: string | null;
  socket: number;
  pause: number;
}>;

const spec = (v219: boolean) => ({
  short: v219 ? 't:E:hs:e:q' : 't:E:Vhs:e:q',
  long: {
    timeout: 'required',
    'exit-if-exists': 'required',
    help: 'none',
    'seq-start': 'required',
    'seq-end': 'required',
    quiet: 'none',
    ...(v219 ? {} : { version: 'none' as const }),
  } as const,
});

const removed: Readonly<Record<string, string>> = {
  s: 's',
  e: 'e',
  q: 'q',
  'seq-start': 's',
  'seq-end': 'e',
  quiet: 'q',
};

type Wish = { timeout: number; exists: string | null };

/** Null to go on; otherwise the exit code. */
function* setOption(
  wish: Wish,
  name: string,
  value: string,
  switches: UdevSwitches,
): Sys<number | null> {
  const v219 = switches.version === 219;
  if (name === 't' || name === 'timeout') {
    if (!/^\s*\d+$/.test(value)) {
      const text = v219 ? 'Invalid timeout value' : 'Failed to parse timeout value';
      yield* err(`${text} '${value}': Invalid argument\n`);
      return 1;
    }
    wish.timeout = Number(value);
  } else if (name === 'E' || name === 'exit-if-exists') wish.exists = value;
  else if (name === 'h' || name === 'help') {
    yield* out(settleHelp(switches));
    return 0;
  } else if (name === 'V' || name === 'version') {
    yield* out(`${switches.version}\n`);
    return 0;
  } else {
    yield* err(`Option -${removed[name] ?? name} no longer supported.\n`);
    return 1;
  }
  return null;
}

/** "guarantee that the udev daemon isn't pre-processing". Null: go on and wait. */
function* askDaemon(v219: boolean): Sys<number | null> {
  if ((yield* getcred()).uid === 0) {
    return (yield* tellUdevd({ type: 'ping' })) ? null : 0;
  }
  if (v219 || !failed(yield* access(CONTROL, 0))) return null;
  yield* err('systemd-udevd is not running.\n');
  return 1;
}

export function* beginSettle(
  argv: readonly string[],
  switches: UdevSwitches,
): Sys<Settling | number> {
  const v219 = switches.version === 219;
  const { options, operands, error } = getopt(spec(v219), argv);
  const wish: Wish = { timeout: 120, exists: null };
  for (const [name, value] of options) {
    const code = yield* setOption(wish, name, value ?? '', switches);
    if (code !== null) return code;
  }
  if (error !== null || (v219 && operands.length > 0)) {
    yield* err(`${error ?? `Extraneous argument: '${operands[0]}'`}\n`);
    return 1;
  }
  const deadline = (yield* clock()) + wish.timeout * 1000;
  const code = yield* askDaemon(v219);
  if (code !== null) return code;
  const socket = yield* netlink('udev');
  if (failed(socket)) {
    yield* err(`unable to get udev queue: ${strerror(socket.errno)}\n`);
    return 1;
  }
  return { deadline, exists: wish.exists, socket, pause: FIRST_PAUSE };
}

/** One look; an exit code, or what to remember until the next. */
export function* keepSettling(wait: Settling, switches: UdevSwitches): Sys<Settling | number> {
  if (wait.exists !== null && !failed(yield* access(wait.exists, 0))) return 0;
  if (failed(yield* access(QUEUE, 0))) return 0;
  const now = yield* clock();
  if (now >= wait.deadline) {
    const text = 'Timed out for waiting the udev queue being empty.\n';
    if (switches.version !== 219) yield* err(text);
    return 1;
  }
  const ready = yield* poll([wait.socket], Math.min(wait.pause, wait.deadline - now));
  if (!failed(ready) && ready.length > 0) {
    yield* recvmsg(wait.socket);
    return { ...wait, pause: FIRST_PAUSE };
  }
  return { ...wait, pause: Math.min(1000, wait.pause * 2) };
}
