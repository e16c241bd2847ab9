/**
 * -daemonize: the parent waits until the daemon says that it stands, or is gone.
 *
 * Models: QEMU v2.12.0 os-posix.c os_daemonize, os_setup_post
 *
 * The real QEMU forks in the middle of main. Here the parent starts itself once more, with an environment
 * variable that names the pipe; argv stays as it was, so ps shows the same. Everything that the child
 * complains about goes to the descriptor 2 it shares with the parent: that is how libvirt gets to see why.
 */
import { failed } from '../kernel/errno.ts';
import type { Start, Sys } from '../kernel/program.ts';
import { chdir, close, err, open, pipe, read, readlink, spawn, write } from '../libc/sys.ts';

const MARK = 'KVMLAB_QEMU_DAEMON_PIPE';
const OK = '\0';

/** The daemon's end of the pipe, in the child. */
export const daemonPipe = (start: Start): number | null =>
  MARK in start.env ? Number(start.env[MARK]) : null;

/** The parent's whole remaining life; its exit code. `keep`: descriptors that the command line names. */
export function* becomeParent(start: Start, keep: readonly number[]): Sys<number> {
  const ends = yield* pipe();
  if (failed(ends)) return 1;
  const [from, to] = ends;
  const self = yield* readlink('/proc/self/exe');
  const child = Math.max(2, ...keep) + 1;
  const kept = Object.fromEntries(keep.map((fd) => [fd, fd]));
  const pid = yield* spawn(failed(self) ? (start.argv[0] ?? '') : self, start.argv, {
    env: { ...start.env, [MARK]: String(child) },
    fds: { ...kept, [child]: to },
    umask: 0o027,
    tty: null,
    daemon: true,
  });
  yield* close(to);
  if (failed(pid)) return 1;
  const status = yield* read(from);
  return status === OK ? 0 : 1;
}

/** os_setup_post: away from the terminal, then the byte the parent waits for. False: exit 1. */
export function* detach(pipeFd: number): Sys<boolean> {
  const home = yield* chdir('/');
  if (failed(home)) {
    yield* err('not able to chdir to /\n');
    return false;
  }
  for (const fd of [0, 1, 2]) {
    yield* close(fd);
    const sink = yield* open('/dev/null', ['read', 'write']);
    if (failed(sink)) return false;
  }
  const told = yield* write(pipeFd, OK);
  yield* close(pipeFd);
  return !failed(told);
}
