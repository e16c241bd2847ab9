/**
 * pushd, popd and dirs: a stack of directories whose top is where the shell is.
 *
 * Models: GNU bash 5.2 builtins/pushd.def pushd_builtin, popd_builtin, dirs_builtin
 * Leaves out: `+N`, `-N`, and every option but `-c`, `-l`, `-p`, `-v`.
 */
import { builtinError, type Shell, unsupported, write } from '../shell.ts';
import { getVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { cd } from './host.ts';

const withTilde = (shell: Shell, path: string): string => {
  const home = getVariable(shell, 'HOME') ?? '';
  const inside = home !== '' && (path === home || path.startsWith(`${home}/`));
  return inside ? `~${path.slice(home.length)}` : path;
};

function show(shell: Shell): number {
  const all = [shell.cwd, ...shell.directories];
  write(shell, 1, `${all.map((path) => withTilde(shell, path)).join(' ')}\n`);
  return 0;
}

const pushd: Builtin = (shell, [, to], written) => {
  if (to !== undefined && /^[-+]/.test(to)) return unsupported(shell, `pushd ${to}`);
  const before = shell.cwd;
  const [next, ...rest] = shell.directories;
  if (to === undefined && next === undefined) {
    builtinError(shell, 'pushd: no other directory');
    return 1;
  }
  if (cd(shell, ['cd', to ?? next ?? ''], written) !== 0) return 1;
  shell.directories = to === undefined ? [before, ...rest] : [before, ...shell.directories];
  return show(shell);
};

const popd: Builtin = (shell, [, which], written) => {
  if (which !== undefined) return unsupported(shell, `popd ${which}`);
  const [next, ...rest] = shell.directories;
  if (next === undefined) {
    builtinError(shell, 'popd: directory stack empty');
    return 1;
  }
  if (cd(shell, ['cd', next], written) !== 0) return 1;
  shell.directories = rest;
  return show(shell);
};

const dirs: Builtin = (shell, [, option]) => {
  const all = [shell.cwd, ...shell.directories];
  switch (option) {
    case undefined:
      return show(shell);
    case '-c':
      shell.directories = [];
      return 0;
    case '-l':
      write(shell, 1, `${all.join(' ')}\n`);
      return 0;
    case '-p':
      write(shell, 1, all.map((path) => `${withTilde(shell, path)}\n`).join(''));
      return 0;
    case '-v':
      write(
        shell,
        1,
        all.map((path, n) => `${String(n).padStart(2)}  ${withTilde(shell, path)}\n`).join(''),
      );
      return 0;
    default:
      return unsupported(shell, `dirs ${option}`);
  }
};

export const directoryBuiltins: Readonly<Record<string, Builtin>> = { pushd, popd, dirs };
