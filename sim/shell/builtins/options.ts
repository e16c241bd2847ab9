/**
 * `set` and `shopt`.
 *
 * Models: GNU bash 4.2 builtins/set.def set_builtin, shopt.def
 * Leaves out: every option but those of variables.ts and pipefail; those are refused, or accepted where
 *   they only matter at a prompt.
 */

import { quoteForTrace } from '../quote.ts';
import { builtinError, type Options, type Shell, unsupported, write } from '../shell.ts';
import { mayTurn, shopts } from '../shopts.ts';
import { optionLetters } from '../variables.ts';
import type { Builtin } from './builtin.ts';

const names: readonly (keyof Options)[] = [...optionLetters.map(([name]) => name), 'pipefail'];

const ofNoEffect = new Set(['m', 'b', 'h', 'B', 'H']);

/** What a script has besides, in the order of `set -o`; those here only matter at a prompt. */
const others: Readonly<Record<string, boolean>> = {
  braceexpand: true,
  emacs: false,
  hashall: true,
  histexpand: false,
  history: false,
  ignoreeof: false,
  'interactive-comments': true,
  keyword: false,
  monitor: false,
  nolog: false,
  notify: false,
  onecmd: false,
  physical: false,
  posix: false,
  privileged: false,
  vi: false,
};

function setLong(shell: Shell, name: string, on: boolean): number {
  const known = names.find((n) => n === name);
  if (known === undefined) {
    if (/^(monitor|notify|hashall|braceexpand|emacs|vi|posix)$/.test(name)) return 0;
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

/** `set -o` for people, `set +o` to be read again. */
function listOptions(shell: Shell, again: boolean): number {
  const all = { ...others, ...shell.options };
  for (const [name, on] of Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
    write(
      shell,
      1,
      again ? `set ${on ? '-' : '+'}o ${name}\n` : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`,
    );
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
  if (rest.length === 1 && (rest[0] === '-o' || rest[0] === '+o'))
    return listOptions(shell, rest[0] === '+o');
  const used = takeOptions(shell, rest);
  if (used < 0) return -used;
  if (rest[used] === '--') shell.args = rest.slice(used + 1);
  else if (rest[used] === '-') shell.args = rest.slice(used + 1);
  else if (used < rest.length) shell.args = rest.slice(used);
  return 0;
};

const SHOPT_USAGE = 'shopt: usage: shopt [-pqsu] [-o] [optname ...]\n';

function turn(shell: Shell, names: readonly string[], on: boolean): number {
  let status = 0;
  for (const name of names) {
    if (!shopts.includes(name)) {
      builtinError(shell, `shopt: ${name}: invalid shell option name`);
      status = 1;
    } else if (shell.shopts.has(name) === on) continue;
    else if (!mayTurn(name)) return unsupported(shell, `shopt ${on ? '-s' : '-u'} ${name}`);
    else {
      const all = new Set(shell.shopts);
      if (on) all.add(name);
      else all.delete(name);
      shell.shopts = all;
    }
  }
  return status;
}

const shopt: Builtin = (shell, words) => {
  const letters = words.slice(1).filter((word) => word.startsWith('-'));
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  const odd = letters
    .join('')
    .replace(/-/g, '')
    .match(/[^pqsu]/);
  if (odd?.[0] === 'o') return unsupported(shell, 'shopt -o');
  if (odd) {
    builtinError(shell, `shopt: -${odd[0]}: invalid option`);
    write(shell, 2, SHOPT_USAGE);
    return 2;
  }
  const has = (letter: string) => letters.some((word) => word.includes(letter));
  if (names.length > 0 && (has('s') || has('u'))) return turn(shell, names, has('s'));
  const wanted = has('s') ? true : has('u') ? false : null;
  let status = 0;
  for (const name of names.length > 0 ? names : shopts) {
    const on = shell.shopts.has(name);
    if (!shopts.includes(name)) {
      builtinError(shell, `shopt: ${name}: invalid shell option name`);
      status = 1;
      continue;
    }
    if (names.length > 0 && !on) status = 1;
    if (has('q') || (wanted !== null && wanted !== on)) continue;
    const text = has('p')
      ? `shopt ${on ? '-s' : '-u'} ${name}`
      : `${name.padEnd(15)}\t${on ? 'on' : 'off'}`;
    write(shell, 1, `${text}\n`);
  }
  return status;
};

export const optionBuiltins: Readonly<Record<string, Builtin>> = { set, shopt };
