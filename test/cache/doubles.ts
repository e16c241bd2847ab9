/**
 * QEMUs that do not behave: files of the test's host, made of system calls like every program there.
 */
import type { Programs } from '../../sim/kernel/program.ts';
import { command } from '../../sim/kernel/program.ts';
import {
  accept,
  err,
  getpid,
  kill,
  listen,
  nanosleep,
  read,
  write,
  writeFile,
} from '../../sim/libc/sys.ts';
import { becomeParent, daemonPipe, detach } from '../../sim/qemu/daemonize.ts';

const MINUTE = 60_000;

/** Says nothing for a minute, then gives up. */
const hangs = command(function* () {
  yield* nanosleep(MINUTE);
  yield* err('qemu-kvm: gave up\n');
  return 1;
});

const after = (argv: readonly string[], option: string): string =>
  argv[argv.indexOf(option) + 1] ?? '';

const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": ""}, "capabilities": []}}\r\n';

/** Becomes a daemon, greets whoever connects, and is killed when it is asked its first question. */
const killed = command(function* (start) {
  const pipe = daemonPipe(start);
  if (pipe === null) return yield* becomeParent(start, []);
  const path =
    after(start.argv, '-qmp')
      .replace(/^unix:/, '')
      .split(',')[0] ?? '';
  const listener = yield* listen(path);
  yield* writeFile(after(start.argv, '-pidfile'), `${yield* getpid()}\n`);
  yield* detach(pipe);
  if (typeof listener !== 'number') return 1;
  const client = yield* accept(listener);
  if (typeof client !== 'number') return 1;
  yield* write(client, GREETING);
  yield* read(client);
  yield* kill(yield* getpid(), 'SIGKILL');
  return 1;
});

export const doubles: Programs = { hangs, killed };
