/**
 * What a shell puts into its own environment when it starts: where it is, where it was, how deep it is.
 *
 * Models: GNU bash 5.2 variables.c initialize_shell_variables, set_pwd, adjust_shell_level; dash 0.5.12 cd.c getpwd
 */
import type { Shell } from './shell.ts';
import { blankVariable, getVariable } from './variables.ts';

/** config-top.h DEFAULT_PATH_VALUE of Debian's bash; dash's defpathvar. */
const BASH_PATH = '/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.';
const DASH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function settle(shell: Shell): void {
  const put = (name: string, value: string | null, exported = true) =>
    shell.vars.set(name, {
      ...blankVariable(),
      exported,
      cells: new Map(value === null ? [] : [['0', value]]),
    });
  const unlessGiven = (name: string, value: string) => {
    if (!shell.vars.has(name)) put(name, value, false);
  };
  if (shell.origin === 'file') shell.frames = [{ name: 'main', file: shell.name, line: 0 }];
  put('PWD', shell.cwd);
  put('IFS', ' \t\n', false);
  put('OPTIND', '1', false);
  unlessGiven('PS4', '+ ');
  if (!shell.vars.has('PATH')) put('PATH', shell.dash ? DASH_PATH : BASH_PATH, false);
  if (shell.dash) return;
  put('SHLVL', String((Number(getVariable(shell, 'SHLVL') ?? '0') || 0) + 1));
  if (!shell.vars.has('OLDPWD')) put('OLDPWD', null);
  const debian = shell.session.bash === '5.2';
  put('BASH', '/usr/bin/bash', false);
  put('BASH_VERSION', debian ? '5.2.15(1)-release' : '4.2.46(2)-release', false);
  put('OPTERR', '1', false);
  put('OSTYPE', 'linux-gnu', false);
  put('HOSTTYPE', 'x86_64', false);
  put('MACHTYPE', debian ? 'x86_64-pc-linux-gnu' : 'x86_64-redhat-linux-gnu', false);
  unlessGiven('HOSTNAME', shell.session.world.kernel.nodename);
  unlessGiven('TERM', 'dumb');
}
