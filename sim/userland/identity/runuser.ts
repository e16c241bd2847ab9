/**
 * runuser and su: a command or a shell as another user.
 *
 * Models: util-linux 2.23 login-utils/runuser.c, su.c, su-common.c
 * Leaves out: passwords (su from a non-root user is refused, as with a wrong one), PAM sessions.
 *
 * A command given with -c is the user's shell's business: `bash -c` on the host, see userland/bash.ts.
 */

import type { Credentials } from '../../kernel/credentials.ts';
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Start, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { getgrnam, getpwnam, type User } from '../../libc/nss.ts';
import { err, getcred, out, stat } from '../../libc/sys.ts';
import { asRefusal } from '../beyond.ts';
import { isModern } from '../switches.ts';
import { identityOf, runAs } from './become.ts';

const long = {
  user: 'required',
  command: 'required',
  shell: 'required',
  login: 'none',
  group: 'required',
  'supp-group': 'required',
  'preserve-environment': 'none',
} as const;

type Tool = 'su' | 'runuser';

/** login.defs ENV_PATH and ENV_SUPATH as Debian has them; elsewhere the path stays. */
const loginPath = (user: User): string =>
  user.uid === 0
    ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    : '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games';

/** modify_environment. */
function* environment(start: Start, user: User, shell: string, login: boolean) {
  const own = { HOME: user.home, SHELL: shell, USER: user.name, LOGNAME: user.name };
  const path = start.env['PATH'] ?? '/usr/bin:/usr/sbin';
  if (login) return { ...own, PATH: (yield* isModern()) ? loginPath(user) : path };
  return { ...start.env, ...own, PATH: path };
}

function* refuse(text: string, code = 1): Sys<number> {
  yield* err(`${text}\n`);
  return code;
}

type Asked = Readonly<{
  value: (...names: string[]) => string | null;
  all: (...names: string[]) => string[];
  has: (...names: string[]) => boolean;
  login: boolean;
  /** Of `-u`, for which everything else is a command. */
  user: string | null;
  operands: readonly string[];
}>;

/** The options before the user's name and behind it; a complaint. */
function asked(tool: Tool, argv: readonly string[]): Asked | string {
  const letters = tool === 'runuser' ? 'u:c:s:lg:G:mp' : 'c:s:lg:G:mp';
  const strict = getopt({ short: `+${letters}`, long }, [tool, ...argv]);
  const chosen = strict.options.find(([name]) => name === 'u' || name === 'user')?.[1] ?? null;
  // Behind -u there is a command, whose options are its own.
  const {
    options,
    operands: words,
    error,
  } = chosen === null ? getopt({ short: letters, long }, [tool, ...argv]) : strict;
  if (error !== null) return asRefusal(error);
  const dash = words[0] === '-';
  const operands = dash ? words.slice(1) : words;
  const all = (...names: string[]) =>
    options.flatMap(([n, value]) => (names.includes(n) ? [value ?? ''] : []));
  const has = (...names: string[]) => options.some(([n]) => names.includes(n));
  return {
    all,
    has,
    value: (...names) => all(...names).at(-1) ?? null,
    login: dash || has('l', 'login'),
    user: chosen,
    operands: chosen === null && operands.length === 0 ? ['root'] : operands,
  };
}

/** -g and -G: the first group named is the primary one, and none of the user's own are left. */
function* groupsOf(tool: Tool, given: Asked, user: User): Sys<Credentials | string> {
  const own = yield* identityOf(user);
  const [primary, ...others] = [
    ...given.all('g', 'group').slice(-1),
    ...given.all('G', 'supp-group'),
  ];
  if (primary === undefined) return own;
  const gids: number[] = [];
  for (const name of [primary, ...others]) {
    const found = yield* getgrnam(name);
    if (found === null) return `${tool}: group ${name} does not exist`;
    gids.push(found.gid);
  }
  return { ...own, gid: gids[0] ?? own.gid, groups: gids };
}

function* become(tool: Tool, start: Start): Sys<number> {
  const given = asked(tool, start.argv.slice(1));
  if (typeof given === 'string')
    return yield* refuse(`${given}\nTry '${tool} --help' for more information.`);
  const me = yield* getcred();
  if (tool === 'runuser' && me.uid !== 0)
    return yield* refuse('runuser: may not be used by non-root users');
  const { value, login, user: chosen } = given;
  const [first = '', ...rest] = given.operands;
  if (chosen !== null && ['c', 'command', 's', 'shell', 'l', 'login'].some((o) => given.has(o)))
    return yield* refuse(
      `${tool}: options --{shell,fast,command,session-command,login} and --user are mutually exclusive`,
    );
  if (chosen !== null && first === '') return yield* refuse(`${tool}: no command was specified`);
  const name = chosen ?? first;
  const user = yield* getpwnam(name);
  if (user === null) {
    const more = ' or the user entry does not contain all the required fields';
    return yield* refuse(`${tool}: user ${name} does not exist${(yield* isModern()) ? more : ''}`);
  }
  // Nobody types a password.
  if (me.uid !== 0) return yield* refuse(`Password: ${tool}: Authentication failure`);
  const credentials = yield* groupsOf(tool, given, user);
  if (typeof credentials === 'string') return yield* refuse(credentials);
  const kept = given.has('m', 'p', 'preserve-environment') && !login;
  const shell = value('s', 'shell') ?? ((kept && start.env['SHELL']) || user.shell);
  const env = kept ? start.env : yield* environment(start, user, shell, login);
  if (chosen !== null) {
    const as = yield* environment(start, user, start.env['SHELL'] ?? user.shell, false);
    return yield* runAs(tool, given.operands, credentials, as, { unstarted: 1 });
  }
  if (shell.endsWith('nologin')) {
    yield* out('This account is currently not available.\n');
    return 1;
  }
  const text = value('c', 'command');
  if (text === null && rest.length === 0)
    return yield* refuse(
      `${tool}: an interactive shell is not modelled here; use ${tool} -c COMMAND ${name}`,
    );
  const home = yield* stat(user.home);
  if (login && failed(home))
    yield* err(
      `${tool}: warning: cannot change directory to ${user.home}: ${strerror(home.errno)}\n`,
    );
  const cwd = login && !failed(home) ? user.home : undefined;
  const words = text === null ? [shell, ...rest] : [shell, '-c', text];
  return yield* runAs(tool, words, credentials, env, { cwd });
}

export const runuser = command((start) => become('runuser', start));
export const su = command((start) => become('su', start));
