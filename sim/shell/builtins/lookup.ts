/**
 * Builtins that say what a name is, or run it past a function: type, command, builtin, hash.
 *
 * Models: GNU bash 4.2 builtins/type.def describe_command, command.def, builtin.def, hash.def
 */
import { findProgram } from '../findProgram.ts';
import { withDescriptors } from '../program.ts';
import { builtinError, type Shell, unsupported, write } from '../shell.ts';
import type { Builtin } from './builtin.ts';

const keywords = new Set(
  'if then else elif fi case esac for select while until do done in function time { } ! [[ ]]'.split(
    ' ',
  ),
);

type Found = Readonly<{
  kind: 'keyword' | 'function' | 'builtin' | 'file';
  path: string;
  hashed?: true;
}>;

function find(shell: Shell, name: string): Found | null {
  if (keywords.has(name)) return { kind: 'keyword', path: name };
  if (shell.functions.has(name)) return { kind: 'function', path: name };
  if (shell.session.isBuiltin(name)) return { kind: 'builtin', path: name };
  const known = shell.hashed.get(name);
  if (known !== undefined) return { kind: 'file', path: known, hashed: true };
  const path = findProgram(shell, name);
  return path === null ? null : { kind: 'file', path };
}

const sentences: Readonly<Record<Found['kind'], (name: string, path: string) => string>> = {
  keyword: (name) => `${name} is a shell keyword`,
  function: (name) => `${name} is a function`,
  builtin: (name) => `${name} is a shell builtin`,
  file: (name, path) => `${name} is ${path}`,
};

const sentence = (name: string, { kind, path, hashed }: Found): string =>
  hashed ? `${name} is hashed (${path})` : sentences[kind](name, path);

const hash: Builtin = (shell, words) => {
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  if (words[1] === '-r') shell.hashed.clear();
  else if (words[1]?.startsWith('-')) return unsupported(shell, `hash ${words[1]}`);
  else if (names.length === 0) {
    if (shell.hashed.size > 0) return unsupported(shell, 'the table of hash');
    write(shell, 1, 'hash: hash table empty\n');
  }
  let status = 0;
  for (const name of names) {
    const path = findProgram(shell, name);
    if (path !== null) shell.hashed.set(name, path);
    else {
      builtinError(shell, `hash: ${name}: not found`);
      status = 1;
    }
  }
  return status;
};

const type: Builtin = (shell, words) => {
  const options = words
    .slice(1)
    .filter((word) => /^-[tpPaf]+$/.test(word))
    .join('');
  let status = 0;
  for (const name of words.slice(1).filter((word) => !/^-[tpPaf]+$/.test(word))) {
    const found = find(shell, name);
    if (found === null) {
      if (options === '') builtinError(shell, `type: ${name}: not found`);
      status = 1;
    } else if (options.includes('t')) write(shell, 1, `${found.kind}\n`);
    else if (options.includes('p') || options.includes('P')) {
      if (found.kind === 'file') write(shell, 1, `${found.path}\n`);
    } else {
      if (found.kind === 'function') unsupported(shell, 'showing the text of a function');
      write(shell, 1, `${sentence(name, found)}\n`);
    }
  }
  return status;
};

function commandV(shell: Shell, names: readonly string[], verbose: boolean): number {
  let status = 1;
  for (const name of names) {
    const found = find(shell, name);
    if (found === null) {
      if (verbose) builtinError(shell, `command: ${name}: not found`);
    } else {
      status = 0;
      const text = verbose ? sentence(name, found) : found.path;
      write(shell, 1, `${text}\n`);
    }
  }
  return status;
}

const command: Builtin = (shell, words, written) => {
  const [, option = '', ...rest] = words;
  if (option === '-v' || option === '-V') {
    return withDescriptors(shell, written.planned, () => commandV(shell, rest, option === '-V'));
  }
  const run = option === '-p' || option === '--' ? rest : words.slice(1);
  return run.length === 0 ? 0 : shell.session.runWords(shell, run, written);
};

const builtin: Builtin = (shell, words, written) => {
  const [, name] = words;
  if (name === undefined) return 0;
  if (!shell.session.isBuiltin(name)) {
    builtinError(shell, `builtin: ${name}: not a shell builtin`);
    return 1;
  }
  return shell.session.runWords(shell, words.slice(1), written);
};

export const lookupBuiltins: Readonly<Record<string, Builtin>> = {
  type,
  command,
  builtin,
  hash,
};
