/**
 * Run a program as somebody else: what su, runuser, setpriv and sudo have in common.
 *
 * Models: util-linux 2.23 login-utils/su-common.c init_groups, change_identity, run_shell
 */
import { allCapabilities, type Credentials } from '../../kernel/credentials.ts';
import { failed, strerror } from '../../kernel/errno.ts';
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

/** Start argv with these credentials, wait; its exit status, or 127/126 with the tool's complaint. */
export function* runAs(
  tool: string,
  argv: readonly string[],
  credentials: Credentials,
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Sys<number> {
  const [name = ''] = argv;
  const path = yield* findProgram(name, env['PATH'] ?? PATH);
  const started =
    path === null
      ? ({ errno: 'ENOENT' } as const)
      : yield* spawn(path, argv, { credentials, env, ...(cwd === undefined ? {} : { cwd }) });
  if (failed(started)) {
    yield* err(`${tool}: failed to execute ${name}: ${strerror(started.errno)}\n`);
    return started.errno === 'ENOENT' ? 127 : 126;
  }
  const status = yield* wait(started);
  if (failed(status)) return 1;
  return status.signal === null ? status.code : (SIGNALS[status.signal] ?? 143);
}
