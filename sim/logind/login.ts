/**
 * Opening and closing a session around a shell: what login, sshd and gdm have in common.
 *
 * Models: util-linux 2.23 login-utils/login.c main, fork_session; systemd v219 src/login/pam_systemd.c
 *   pam_sm_open_session, pam_sm_close_session
 * Leaves out: passwords, PAM stacks, terminal settings.
 *
 * A session lives exactly as long as the shell in it. Groups are those of the moment of login: a later
 * usermod -aG reaches only the next login.
 */
import { allCapabilities, type Credentials } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import { command, type Sys } from '../kernel/program.ts';
import { askSocket } from '../libc/jsonSocket.ts';
import { getgrouplist, getpwnam, type User } from '../libc/nss.ts';
import { close, err, getpid, kill, open, sigaction, spawn, stat, wait } from '../libc/sys.ts';
import { type Question, type Reply, SOCKET } from './logind.ts';

export function* credentialsOf(user: User): Sys<Credentials> {
  const groups = yield* getgrouplist(user.name, user.gid);
  return { uid: user.uid, gid: user.gid, groups, caps: user.uid === 0 ? allCapabilities : [] };
}

/** 0, 1 and 2 are the terminal: the two for reading share one open, stderr has its own. */
function* takeTerminal(tty: string): Sys<void> {
  for (const fd of [0, 1, 2]) yield* close(fd);
  yield* open(`/dev/${tty}`, ['read', 'write']);
  yield* open(`/dev/${tty}`, ['read', 'write']);
  yield* open(`/dev/${tty}`, ['write']);
}

function* openSession(user: User, tty: string, service: string): Sys<string | null> {
  const leader = yield* getpid();
  const question = {
    verb: 'create',
    uid: user.uid,
    user: user.name,
    class: 'user',
    service,
    tty,
    leader,
  } as const;
  const reply = yield* askSocket<Reply>(SOCKET, question satisfies Question);
  return failed(reply) ? null : (reply.id ?? null);
}

/** The user's shell, waited for; SIGTERM and SIGHUP to the session end the shell first. */
function* runShell(user: User, tty: string): Sys<void> {
  const credentials = yield* credentialsOf(user);
  const env = {
    HOME: user.home,
    USER: user.name,
    LOGNAME: user.name,
    SHELL: user.shell,
    PATH:
      user.uid === 0
        ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/root/bin'
        : '/usr/local/bin:/usr/bin:/usr/local/sbin:/usr/sbin',
    LANG: 'C',
  };
  const home = yield* stat(user.home);
  const cwd = failed(home) ? '/' : user.home;
  const pid = yield* spawn(user.shell, ['-bash'], {
    env,
    credentials,
    cwd,
    tty,
    umask: user.uid === 0 ? 0o022 : 0o002,
  });
  if (failed(pid)) return;
  yield* sigaction(['SIGTERM', 'SIGHUP']);
  const status = yield* wait(pid);
  if (failed(status)) yield* kill(pid, 'SIGHUP');
}

/** argv: login TTY USER SERVICE. */
export const login = command(function* ({ argv: [, tty = 'tty1', name = '', service = 'login'] }) {
  yield* takeTerminal(tty);
  const user = yield* getpwnam(name);
  if (user === null || user.shell.endsWith('nologin')) {
    yield* err(user === null ? 'Login incorrect\n' : 'This account is currently not available.\n');
    return 1;
  }
  const session = yield* openSession(user, tty, service);
  yield* runShell(user, tty);
  if (session !== null)
    yield* askSocket<Reply>(SOCKET, { verb: 'release', id: session } satisfies Question);
  return 0;
});
