/**
 * xargs: command lines from standard input.
 *
 * Models: findutils 4.5.11 xargs/xargs.c main, read_line, do_exec
 * Leaves out: -P (one at a time, as without it), -p, -E, limits on the length of a command line.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, open, spawn, wait } from '../../libc/sys.ts';
import { findProgram } from '../exec.ts';
import { linesOf, optionsOf, readInput, usage } from './input.ts';

/** Words as xargs reads them: blanks separate, quotes and backslashes protect. */
function wordsOf(text: string): string[] | { error: string } {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"' || c === "'") {
      const end = text.indexOf(c, i + 1);
      const inside = text.slice(i + 1, end < 0 ? undefined : end);
      if (end < 0 || inside.includes('\n')) {
        const kind = c === '"' ? 'double' : 'single';
        return {
          error: `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
        };
      }
      word = (word ?? '') + inside;
      i = end;
    } else if (c === '\\') word = (word ?? '') + text.charAt(++i);
    else if (/\s/.test(c)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + c;
  }
  if (word !== null) words.push(word);
  return words;
}

const spec = {
  short: '+0d:I:i::L:l::n:P:rta:',
  long: {
    null: 'none',
    delimiter: 'required',
    replace: 'optional',
    'max-lines': 'required',
    'max-args': 'required',
    'max-procs': 'required',
    'no-run-if-empty': 'none',
    verbose: 'none',
    'arg-file': 'required',
  },
} as const;
const long = {
  null: '0',
  delimiter: 'd',
  replace: 'I',
  'max-lines': 'L',
  'max-args': 'n',
  'max-procs': 'P',
  'no-run-if-empty': 'r',
  verbose: 't',
  'arg-file': 'a',
};

/** One run; what it contributes to xargs' own status, negative to stop at once. */
function* runOne(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  verbose: boolean,
): Sys<number> {
  if (verbose) yield* err(`${argv.join(' ')}\n`);
  const [name = ''] = argv;
  const path = yield* findProgram(name, env['PATH'] ?? '/bin:/usr/bin');
  const nothing = yield* open('/dev/null', ['read']);
  const started =
    path === null
      ? ({ errno: 'ENOENT' } as const)
      : yield* spawn(path, argv, { env, fds: failed(nothing) ? {} : { 0: nothing } });
  if (failed(started)) {
    yield* err(`xargs: ${name}: ${strerror(started.errno)}\n`);
    return started.errno === 'ENOENT' ? -127 : -126;
  }
  const ended = yield* wait(started);
  if (failed(ended)) return 0;
  if (ended.signal !== null) {
    yield* err(`xargs: ${name}: terminated by signal ${ended.signal === 'SIGKILL' ? 9 : 15}\n`);
    return -125;
  }
  if (ended.code === 255) {
    yield* err(`xargs: ${name}: exited with status 255; aborting\n`);
    return -124;
  }
  return ended.code === 0 ? 0 : 123;
}

function groupsOf(items: readonly string[], size: number): string[][] {
  const groups: string[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
}

export const xargs = command(function* ({ argv, env }) {
  const { given, operands, error } = optionsOf(spec, long, ['xargs', ...argv.slice(1)]);
  if (error !== null) return yield* usage('xargs', error, 1);
  const base = operands.length === 0 ? ['echo'] : operands;
  const input = yield* readInput(given.value('a') ?? '-');
  if (!('text' in input)) {
    yield* err(`xargs: Cannot open input file '${given.value('a')}': ${input.error}\n`);
    return 1;
  }
  const number = given.value('n') ?? given.value('P') ?? given.value('L');
  if (number !== null && !(Number(number) >= (given.has('P') ? 0 : 1))) {
    const option = given.has('n') ? 'n' : given.has('P') ? 'P' : 'L';
    const least = option === 'P' ? 0 : 1;
    const why = /^-?\d+$/.test(number)
      ? `value ${number} for -${option} option should be >= ${least}`
      : `invalid number "${number}" for -${option} option`;
    return yield* usage('xargs', `xargs: ${why}`, 1);
  }
  const delimiter = given.has('0')
    ? '\0'
    : given.value('d')?.replace('\\n', '\n').replace('\\0', '\0');
  const replaces = given.has('I') ? given.value('I') : given.has('i') ? given.value('i') : null;
  const replace = replaces === null ? null : replaces || '{}';
  const byLine = replace !== null || given.has('L');
  const split = (text: string) =>
    delimiter === undefined
      ? byLine
        ? linesOf(text)
            .map((l) => l.trimStart())
            .filter((l) => l !== '')
        : wordsOf(text)
      : text.split(delimiter);
  const items = split(
    delimiter !== undefined && input.text.endsWith(delimiter)
      ? input.text.slice(0, -1)
      : input.text,
  );
  if ('error' in items) {
    yield* err(`xargs: ${items.error}\n`);
    return 1;
  }
  const list = input.text === '' ? [] : items;
  const size = Number(
    given.value('n') ??
      (given.has('L') ? given.value('L') : null) ??
      String(Math.max(1, list.length)),
  );
  const lines: (readonly string[])[] =
    replace !== null
      ? list.map((item) => base.map((word) => word.replaceAll(replace, item)))
      : groupsOf(list, size).map((group): readonly string[] => [
          ...base,
          ...(given.has('L') ? group.flatMap((l) => l.split(/[ \t]+/)) : group),
        ]);
  if (lines.length === 0 && !given.has('r') && replace === null) lines.push(base);
  let status = 0;
  for (const line of lines) {
    const ended = yield* runOne(line, env, given.has('t'));
    if (ended < 0) return -ended;
    status = Math.max(status, ended);
  }
  return status;
});
