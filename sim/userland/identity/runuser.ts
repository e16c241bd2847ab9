/**
 * runuser and su: a command or a shell as another user.
 *
 * Models: util-linux 2.23 login-utils/runuser.c, su.c, su-common.c
 * Leaves out: passwords (su from a non-root user is refused, as with a wrong one), PAM sessions.
 *
 * A command given with -c is the user's shell's business: `bash -c` on the host, see userland/bash.ts.
 */

import { failed } from '../../kernel/errno.ts';
import { command, type Start, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { getpwnam, type User } from '../../libc/nss.ts';
import { err, getcred, stat } from '../../libc/sys.ts';
import { asRefusal } from '../beyond.ts';
import { isModern } from '../switches.ts';
import { identityOf, runAs } from './become.ts';

const long = {
  user: 'required',
  command: 'required',
  shell: 'required',
  login: 'none',
  group: 'required',
  'preserve-environment': 'none',
} as const;

function environment(start: Start, user: User, login: boolean): Record<string, string> {
  const own = { HOME: user.home, SHELL: user.shell, USER: user.name, LOGNAME: user.name };
  const path = start.env['PATH'] ?? '/usr/bin:/usr/sbin';
  return login ? { ...own, PATH: path } : { ...start.env, ...own, PATH: path };
}

function* refuse(text: string, code = 1): Sys<number> {
  yield* err(`${text}\n`);
  return code;
}

function* become(tool: 'su' | 'runuser', start: Start): Sys<number> {
  const parsed = getopt({ short: '+u:c:s:lg:mp', long }, [tool, ...start.argv.slice(1)]);
  if (parsed.error !== null)
    return yield* refuse(`${asRefusal(parsed.error)}\nTry '${tool} --help' for more information.`);
  const value = (...names: string[]) =>
    parsed.options.find(([name]) => names.includes(name))?.[1] ?? null;
  const me = yield* getcred();
  if (tool === 'runuser' && me.uid !== 0)
    return yield* refuse('runuser: may not be used by non-root users');
  const operands = parsed.operands[0] === '-' ? parsed.operands.slice(1) : parsed.operands;
  const login =
    parsed.operands[0] === '-' || parsed.options.some(([name]) => name === 'l' || name === 'login');
  const chosen = value('u', 'user');
  const [name = 'root', ...rest] = chosen === null ? operands : [chosen, ...operands];
  const after = getopt({ short: '+c:s:', long }, [tool, ...rest]);
  const user = yield* getpwnam(name);
  if (user === null) {
    const more = ' or the user entry does not contain all the required fields';
    return yield* refuse(`${tool}: user ${name} does not exist${(yield* isModern()) ? more : ''}`);
  }
  if (me.uid !== 0 && me.uid !== user.uid) return yield* refuse(`${tool}: Authentication failure`);
  const credentials = yield* identityOf(user);
  const env = environment(start, user, login);
  if (chosen !== null) return yield* runAs(tool, rest, credentials, env);
  const text =
    value('c', 'command') ??
    after.options.find(([option]) => option === 'c' || option === 'command')?.[1] ??
    null;
  const shell =
    value('s', 'shell') ??
    after.options.find(([option]) => option === 's' || option === 'shell')?.[1] ??
    user.shell;
  if (shell.endsWith('nologin')) return yield* refuse('This account is currently not available.');
  if (text === null)
    return yield* refuse(
      `${tool}: an interactive shell is not modelled here; use ${tool} -c COMMAND ${name}`,
    );
  const home = yield* stat(user.home);
  const cwd = login && !failed(home) ? user.home : undefined;
  return yield* runAs(tool, [shell, '-c', text], credentials, env, cwd);
}

export const runuser = command((start) => become('runuser', start));
export const su = command((start) => become('su', start));
