/**
 * `set` and `shopt`.
 *
 * Models: GNU bash 4.2 builtins/set.def set_builtin, shopt.def
 * Leaves out: every option but the nine of variables.ts and pipefail; those are refused, or accepted where
 *   they only matter at a prompt.
 */

import { quoteForTrace } from '../quote.ts';
import { builtinError, type Options, type Shell, unsupported, write } from '../shell.ts';
import { optionLetters } from '../variables.ts';
import type { Builtin } from './builtin.ts';

const names: readonly (keyof Options)[] = [...optionLetters.map(([name]) => name), 'pipefail'];

const ofNoEffect = new Set(['m', 'b', 'h', 'B', 'H', 'E', 'T']);

function setLong(shell: Shell, name: string, on: boolean): number {
  const known = names.find((n) => n === name);
  if (known === undefined) {
    if (/^(monitor|notify|hashall|braceexpand|errtrace|functrace|emacs|vi|posix)$/.test(name))
      return 0;
    builtinError(shell, `set: ${name}: invalid option name`);
    return 1;
  }
  shell.options[known] = on;
  return 0;
}

function setLetters(shell: Shell, word: string): number {
  for (const letter of word.slice(1)) {
    const option = optionLetters.find(([, l]) => l === letter);
    if (option) shell.options[option[0]] = word.startsWith('-');
    else if (!ofNoEffect.has(letter)) {
      builtinError(shell, `set: -${letter}: invalid option`);
      write(shell, 2, 'set: usage: set [-abefhkmnptuvxBCHP] [-o option-name] [--] [arg ...]\n');
      return 2;
    }
  }
  return 0;
}

function listOptions(shell: Shell): number {
  for (const name of [...names].sort()) {
    write(shell, 1, `${name.padEnd(15)}\t${shell.options[name] ? 'on' : 'off'}\n`);
  }
  return 0;
}

/** Options from words; answers how many were used, or a failure's status as a negative number. */
export function takeOptions(shell: Shell, words: readonly string[]): number {
  let at = 0;
  for (; /^[-+]./.test(words[at] ?? ''); at++) {
    const word = words[at] ?? '';
    if (word === '--') break;
    const status = /^[-+][a-zA-Z]*o$/.test(word)
      ? setLetters(shell, word.slice(0, -1)) ||
        setLong(shell, words[++at] ?? '', word.startsWith('-'))
      : setLetters(shell, word);
    if (status !== 0) return -status;
  }
  return at;
}

const set: Builtin = (shell, words) => {
  const rest = words.slice(1);
  if (rest.length === 0) {
    for (const name of [...shell.vars.keys()].sort()) {
      const value = shell.vars.get(name)?.cells.get('0');
      if (value !== undefined) write(shell, 1, `${name}=${quoteForTrace(value)}\n`);
    }
    return 0;
  }
  if (rest.length === 1 && (rest[0] === '-o' || rest[0] === '+o')) return listOptions(shell);
  const used = takeOptions(shell, rest);
  if (used < 0) return -used;
  if (rest[used] === '--') shell.args = rest.slice(used + 1);
  else if (rest[used] === '-') shell.args = rest.slice(used + 1);
  else if (used < rest.length) shell.args = rest.slice(used);
  return 0;
};

const shopt: Builtin = (shell, words) => {
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  const harmless = /^(checkwinsize|expand_aliases|histappend|cmdhist|sourcepath|extglob)$/;
  const odd = names.find((name) => !harmless.test(name));
  return odd === undefined ? 0 : unsupported(shell, `shopt ${odd}`);
};

export const optionBuiltins: Readonly<Record<string, Builtin>> = { set, shopt };
