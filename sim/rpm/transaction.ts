/**
 * Carry out a transaction's steps on the host.
 *
 * Models: RPM 4.11 lib/psm.c rpmpsmRun (%pre, files, %post), lib/fsm.c fsmMkfile, rpmugUid
 * Leaves out: triggers, file conflicts, digests, SELinux labels, progress bars.
 *
 * A file appears under a temporary name and is renamed into place, so a directory's mtime moves twice:
 * udevd's rules check sees that.
 */
import { failed } from '../kernel/errno.ts';
import { getgrnam, getpwnam } from '../libc/nss.ts';
import {
  chmod,
  chown,
  err,
  mkdir,
  open,
  rename,
  rmdir,
  run,
  type Sys,
  stat,
  symlink,
  unlink,
  writeFile,
} from '../libc/sys.ts';
import { record } from './database.ts';
import type { PackageFile, ScriptletCommand, Step } from './package.ts';

const PATH = ['/usr/sbin', '/usr/bin'];

/** A scriptlet's command, its output discarded as the real ones do; answers its exit status. */
function* runCommand(argv: readonly string[]): Sys<number> {
  const [name = ''] = argv;
  for (const directory of PATH) {
    const path = `${directory}/${name}`;
    if (failed(yield* stat(path))) continue;
    const sink = yield* open('/dev/null', ['read', 'write']);
    const fds = failed(sink) ? {} : { 0: sink, 1: sink, 2: sink };
    const env = { PATH: '/sbin:/bin:/usr/sbin:/usr/bin', LANG: 'C' };
    const status = yield* run(path, argv, { env, fds, cwd: '/' });
    return failed(status) ? 127 : status.code;
  }
  return 127;
}

function* scriptlet(command: ScriptletCommand): Sys<void> {
  if (command.unless && (yield* runCommand(command.unless)) === 0) return;
  yield* runCommand(command.argv);
}

function* makeDirectories(path: string): Sys<void> {
  const parts = path.split('/').filter(Boolean);
  for (let depth = 1; depth < parts.length; depth++) {
    const directory = `/${parts.slice(0, depth).join('/')}`;
    if (failed(yield* stat(directory))) yield* mkdir(directory, 0o755);
  }
}

/** rpmugUid: an owner that does not exist (yet) becomes root, with a warning. */
function* ids(file: PackageFile): Sys<{ uid: number; gid: number }> {
  const user = file.owner && file.owner !== 'root' ? yield* getpwnam(file.owner) : null;
  const group = file.group && file.group !== 'root' ? yield* getgrnam(file.group) : null;
  for (const [kind, name, found] of [
    ['user', file.owner, user],
    ['group', file.group, group],
  ] as const) {
    if (name && name !== 'root' && !found)
      yield* err(`warning: ${kind} ${name} does not exist - using root\n`);
  }
  return { uid: user?.uid ?? 0, gid: group?.gid ?? 0 };
}

function* unpack(file: PackageFile): Sys<void> {
  yield* makeDirectories(file.path);
  const { uid, gid } = yield* ids(file);
  if (file.path.endsWith('/')) {
    const path = file.path.slice(0, -1);
    yield* mkdir(path, file.mode ?? 0o755);
    yield* chown(path, uid, gid);
    yield* chmod(path, file.mode ?? 0o755);
    return;
  }
  if (file.config && !failed(yield* stat(file.path))) return;
  if (file.target !== undefined) {
    yield* symlink(file.target, file.path);
    return;
  }
  const temporary = `${file.path};5d2a7f00`;
  yield* writeFile(temporary, file.content ?? '', 0o600);
  yield* chown(temporary, uid, gid);
  yield* chmod(temporary, file.mode ?? 0o644);
  yield* rename(temporary, file.path);
}

function* erase(file: PackageFile): Sys<void> {
  if (file.path.endsWith('/')) yield* rmdir(file.path.slice(0, -1));
  else yield* unlink(file.path);
}

export function* carryOut(step: Step): Sys<void> {
  if (step.type === 'script') yield* scriptlet(step.command);
  if (step.type === 'unpack') yield* unpack(step.file);
  if (step.type === 'erase') yield* erase(step.file);
  if (step.type === 'recorded') yield* record(step.package.name, step.installed);
}
