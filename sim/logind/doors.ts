/**
 * Where people come in: a getty on each console, sshd, and gdm with its greeter.
 *
 * Models: util-linux 2.23 term-utils/agetty.c; OpenSSH 7.4 sshd.c; gdm 3.28 daemon/gdm-local-display-factory.c
 * Leaves out: passwords and keys; X. The line that arrives is the user's name, for sshd `<pty> <user>`.
 *
 * gdm's greeter is a session of user gdm (uid 42) in front of seat0: a non-root login before anybody has typed a word.
 */
import { failed } from '../kernel/errno.ts';
import { command, daemon } from '../kernel/program.ts';
import { askSocket } from '../libc/jsonSocket.ts';
import { getpwnam } from '../libc/nss.ts';
import { execve, getpid, open, read, spawn, wait } from '../libc/sys.ts';
import { type Question, type Reply, SOCKET } from './logind.ts';

const LOGIN = '/usr/bin/login';

/** argv: agetty TTY. Waits for a name, becomes login; PID 1 starts the next one. */
export const agetty = command(function* ({ argv: [, tty = 'tty1'] }) {
  const fd = yield* open(`/dev/${tty}`, ['read', 'write']);
  const name = failed(fd) ? fd : yield* read(fd);
  if (failed(name)) return 1;
  yield* execve(LOGIN, ['login', tty, name.trim(), 'login'], {});
  return 1;
});

type Listening = Readonly<{ network: number }>;

/** Connections arrive as lines `pts/0 root` on the terminal called network. */
export const sshd = daemon<Listening | null>({
  begin: () => null,
  *turn(memory) {
    if (memory === null) {
      const fd = yield* open('/dev/network', ['read', 'write']);
      return failed(fd) ? { exit: 1 } : { again: { network: fd } };
    }
    const line = yield* read(memory.network);
    if (failed(line)) return { exit: 0 };
    const [tty = '', name = ''] = line.trim().split(' ');
    yield* spawn(LOGIN, ['sshd', tty, name, 'sshd'], { inherit: false });
    return { again: memory };
  },
});

type Greeting = Readonly<{ terminal: number; greeter: string | null }>;

function* greet() {
  const gdm = yield* getpwnam('gdm');
  if (gdm === null) return null;
  const leader = yield* getpid();
  const question = {
    verb: 'create',
    uid: gdm.uid,
    user: 'gdm',
    class: 'greeter',
    service: 'gdm-launch-environment',
    tty: 'tty1',
    leader,
  } as const;
  const reply = yield* askSocket<Reply>(SOCKET, question satisfies Question);
  return failed(reply) ? null : (reply.id ?? null);
}

/** A graphical login: the greeter's session ends, the user's begins on the same console; afterwards the greeter is back. */
export const gdm = daemon<Greeting | null>({
  begin: () => null,
  *turn(memory) {
    if (memory === null) {
      const terminal = yield* open('/dev/tty1', ['read', 'write']);
      return failed(terminal) ? { exit: 1 } : { again: { terminal, greeter: yield* greet() } };
    }
    const name = yield* read(memory.terminal);
    if (failed(name)) return { exit: 0 };
    if (memory.greeter !== null)
      yield* askSocket<Reply>(SOCKET, { verb: 'release', id: memory.greeter });
    const pid = yield* spawn(LOGIN, ['gdm-session-worker', 'tty1', name.trim(), 'gdm-password'], {
      inherit: false,
    });
    if (!failed(pid)) yield* wait(pid);
    return { again: { ...memory, greeter: yield* greet() } };
  },
});
