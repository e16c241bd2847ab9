/**
 * alias and unalias, and what a script hears who asks for a prompt's comforts: history, suspend, logout.
 *
 * Models: GNU bash 5.2 builtins/alias.def, history.def, suspend.def, exit.def logout_builtin
 *
 * A script's aliases are kept and shown but not expanded: for that there is `shopt -s expand_aliases`, which is
 * refused, as are aliases at a prompt.
 */
import { builtinError, unsupported, write } from '../shell.ts';
import type { Builtin } from './builtin.ts';

const shown = (name: string, value: string) =>
  `alias ${name}='${value.replaceAll("'", "'\\''")}'\n`;

const alias: Builtin = (shell, words) => {
  const names = words.slice(1).filter((word) => word !== '-p');
  if (names.length === 0) {
    for (const [name, value] of [...shell.aliases].sort(([a], [b]) => (a < b ? -1 : 1)))
      write(shell, 1, shown(name, value));
    return 0;
  }
  let status = 0;
  for (const word of names) {
    const at = word.indexOf('=', 1);
    const value = at < 0 ? shell.aliases.get(word) : undefined;
    if (at > 0 && shell.interactive) return unsupported(shell, 'aliases at a prompt');
    if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1));
    else if (value !== undefined) write(shell, 1, shown(word, value));
    else {
      builtinError(shell, `alias: ${word}: not found`);
      status = 1;
    }
  }
  return status;
};

const unalias: Builtin = (shell, words) => {
  if (words[1] === '-a') {
    shell.aliases.clear();
    return 0;
  }
  if (words.length === 1) {
    write(shell, 2, 'unalias: usage: unalias [-a] name [name ...]\n');
    return 2;
  }
  let status = 0;
  for (const word of words.slice(1)) {
    if (shell.aliases.delete(word)) continue;
    builtinError(shell, `unalias: ${word}: not found`);
    status = 1;
  }
  return status;
};

export const aliasBuiltins: Readonly<Record<string, Builtin>> = {
  alias,
  unalias,
  history: () => 0,
  suspend: (shell) => {
    builtinError(shell, 'suspend: cannot suspend: no job control');
    return 1;
  },
  logout: (shell) => {
    builtinError(shell, "logout: not login shell: use `exit'");
    return 1;
  },
};
