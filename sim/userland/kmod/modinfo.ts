/**
 * modinfo and insmod: one module's file, looked at or loaded as it is.
 *
 * Models: kmod 20 tools/modinfo.c modinfo_do, tools/insmod.c do_insmod, mod_strerror
 *
 * A simulated module file holds the text of its .modinfo section, `key=value` a line.
 */

import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { own } from '../../kernel/own.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { err, initModule, out, readFile } from '../../libc/sys.ts';
import { moduleDirectory, moduleFiles, nameOf, resolve } from './moduleFiles.ts';

const long = {
  author: 'none',
  description: 'none',
  license: 'none',
  parameters: 'none',
  filename: 'none',
  field: 'required',
  null: 'none',
} as const;

const fieldOf: Readonly<Record<string, string>> = {
  a: 'author',
  d: 'description',
  l: 'license',
  p: 'parm',
  parameters: 'parm',
  n: 'filename',
};

/** The file that a name, alias or path stands for; null when there is none. */
function* fileOf(given: string): Sys<readonly string[] | null> {
  if (given.includes('/') || given.endsWith('.ko') || given.endsWith('.ko.xz')) return [given];
  const files = yield* moduleFiles();
  if (files === null) return null;
  const directory = yield* moduleDirectory();
  const names = resolve(files, given);
  return names.length === 0 ? null : names.map((n) => `${directory}/${own(files.file, n) ?? n}`);
}

function* show(path: string, field: string | null, end: string): Sys<boolean> {
  const text = yield* readFile(path);
  if (failed(text)) {
    yield* err(`modinfo: ERROR: Module ${path} not found.\n`);
    return false;
  }
  const pairs = text
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line): [string, string] => [
      line.slice(0, line.indexOf('=')),
      line.slice(line.indexOf('=') + 1),
    ]);
  const all: [string, string][] = [['filename', path], ...pairs];
  if (field !== null) {
    for (const [key, value] of all) if (key === field) yield* out(value + end);
    return true;
  }
  for (const [key, value] of all) yield* out(`${`${key}:`.padEnd(16)}${value}${end}`);
  return true;
}

export const modinfo = command(function* ({ argv }) {
  const { options, operands, error } = getopt({ short: 'adlpnF:0', long }, argv);
  if (error !== null || operands.length === 0) {
    yield* err(error === null ? 'modinfo: ERROR: missing module or filename.\n' : `${error}\n`);
    return 1;
  }
  const end = options.some(([o]) => o === '0' || o === 'null') ? '\0' : '\n';
  let field: string | null = null;
  for (const [o, value] of options) if (o !== '0' && o !== 'null') field = value ?? fieldOf[o] ?? o;
  let status = 0;
  for (const given of operands) {
    const paths = yield* fileOf(given);
    if (paths === null) {
      yield* err(`modinfo: ERROR: Module ${given} not found.\n`);
      status = 1;
    }
    for (const path of paths ?? []) if (!(yield* show(path, field, end))) status = 1;
  }
  return status;
});

function insertError(failure: Failure): string {
  if (failure.errno === 'ENOEXEC') return 'Invalid module format';
  if (failure.errno === 'ENOENT') return 'Unknown symbol in module';
  if (failure.errno === 'EINVAL') return 'Invalid parameters';
  return strerror(failure.errno);
}

export const insmod = command(function* ({ argv }) {
  const { operands, error } = getopt({ short: '+psf' }, argv);
  const [path, ...words] = operands;
  if (error !== null || path === undefined) {
    yield* err(error === null ? 'insmod: ERROR: missing filename.\n' : `${error}\n`);
    return 1;
  }
  const text = yield* readFile(path);
  if (failed(text)) {
    yield* err(`insmod: ERROR: could not load module ${path}: ${strerror(text.errno)}\n`);
    return 1;
  }
  const params = words.map((word): [string, string] => {
    const [key = '', ...rest] = word.split('=');
    return [key, rest.join('=')];
  });
  const done = yield* initModule(nameOf(path), Object.fromEntries(params));
  if (!failed(done)) return 0;
  yield* err(`insmod: ERROR: could not insert module ${path}: ${insertError(done)}\n`);
  return 1;
});
