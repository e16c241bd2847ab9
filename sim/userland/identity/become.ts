/**
 * Run a program as somebody else: what su, runuser, setpriv and sudo have in common.
 *
 * Models: util-linux 2.23 login-utils/su-common.c init_groups, change_identity, run_shell
 */
import { allCapabilities, type Credentials } from '../../kernel/credentials.ts';
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { getgrouplist, type User } from '../../libc/nss.ts';
import { err, type Sys, spawn, wait } from '../../libc/sys.ts';
import { findProgram } from '../exec.ts';

export function* identityOf(user: User): Sys<Credentials> {
  const groups = yield* getgrouplist(user.name, user.gid);
  return { uid: user.uid, gid: user.gid, groups, caps: user.uid === 0 ? allCapabilities : [] };
}

const PATH = '/usr/local/bin:/usr/bin:/usr/local/sbin:/usr/sbin';

const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGKILL: 137,
  SIGTERM: 143,
};

/** execvp: a directory of PATH that may not be searched makes it EACCES. */
function* nowhere(name: string, path: string, credentials: Credentials): Sys<Failure> {
  let refused: Failure = { errno: 'ENOENT' };
  for (const directory of path.split(':')) {
    const tried = yield* spawn(`${directory}/${name}`, [name], { credentials, env: {} });
    if (failed(tried) && tried.errno === 'EACCES') refused = tried;
  }
  return refused;
}

/** Start argv with these credentials, wait; its exit status, or 127/126 with the tool's complaint. */
export function* runAs(
  tool: string,
  argv: readonly string[],
  credentials: Credentials,
  env: Readonly<Record<string, string>>,
  how: Readonly<{
    cwd?: string | undefined;
    /** Its status when the program cannot be started. */
    unstarted?: number;
    /** PR_SET_KEEPCAPS: the program is looked for with root's capabilities. */
    keepsCaps?: true;
  }> = {},
): Sys<number> {
  const { cwd, unstarted, keepsCaps } = how;
  const [name = ''] = argv;
  const path = yield* findProgram(name, env['PATH'] ?? PATH);
  const started =
    path === null && keepsCaps
      ? ({ errno: 'ENOENT' } as const)
      : path === null
        ? yield* nowhere(name, env['PATH'] ?? PATH, credentials)
        : yield* spawn(path, argv, { credentials, env, ...(cwd === undefined ? {} : { cwd }) });
  if (failed(started)) {
    yield* err(`${tool}: failed to execute ${name}: ${strerror(started.errno)}\n`);
    return unstarted ?? (started.errno === 'ENOENT' ? 127 : 126);
  }
  const status = yield* wait(started);
  if (failed(status)) return 1;
  return status.signal === null ? status.code : (SIGNALS[status.signal] ?? 143);
}
