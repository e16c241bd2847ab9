/**
 * awk: the program of GNU awk's users, most of POSIX awk and what scripts use of gawk.
 *
 * Models: GNU awk 4.0.2 main.c
 * Leaves out: --posix, --lint, -i, profiling, rand (no dice), sorted `for in`: arrays are walked in the
 *   order in which their elements were made.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { err } from '../../libc/sys.ts';
import { textOf } from '../input.ts';
import { flush } from './awk-io.ts';
import { parseAwk } from './awk-parse.ts';
import { runAwk } from './awk-run.ts';
import { type Awk, setGlobal } from './awk-state.ts';
import type { AwkProgram } from './awk-syntax.ts';
import type { Wrong } from './awk-tokens.ts';
import type { Value } from './awk-value.ts';
import { undoEscapes } from './format.ts';

const isWrong = (thrown: unknown): thrown is Wrong =>
  typeof thrown === 'object' && thrown !== null && 'awk' in thrown;

/** The line of the program, and a mark under the place. */
function* complain(source: string, wrong: Wrong): Sys<void> {
  if (wrong.at < 0) {
    const own = wrong.awk.startsWith('kvmlab: ');
    yield* err(own ? `${wrong.awk}\n` : `awk: cmd. line:${wrong.line}: ${wrong.awk}\n`);
    return;
  }
  const from = source.lastIndexOf('\n', wrong.at - 1) + 1;
  const end = source.indexOf('\n', wrong.at);
  const text = source.slice(from, end < 0 ? undefined : end);
  const before = `awk: cmd. line:${wrong.line}: `;
  yield* err(
    `${before}${text}\n${before}${' '.repeat(Math.max(0, wrong.at - from))}^ ${wrong.awk}\n`,
  );
}

const defaults: Readonly<Record<string, Value>> = {
  FS: ' ',
  OFS: ' ',
  RS: '\n',
  ORS: '\n',
  NR: 0,
  FNR: 0,
  CONVFMT: '%.6g',
  OFMT: '%.6g',
  SUBSEP: '\x1c',
  RSTART: 0,
  RLENGTH: -1,
  FILENAME: '',
};

function newAwk(
  program: AwkProgram,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Awk {
  const awk: Awk = {
    program,
    globals: new Map(),
    frames: [],
    record: '',
    fields: [],
    assigned: new Map(),
    split: false,
    output: '',
    outputs: new Map(),
    inputs: new Map(),
    pending: [...argv],
    main: null,
    env,
    ranges: new Set(),
    failed: false,
  };
  const array = (entries: readonly (readonly [string, string])[]) => ({
    value: undefined,
    array: new Map<string, Value>(entries.map(([k, v]) => [k, { input: v }])),
    origin: null,
  });
  for (const [name, value] of Object.entries(defaults)) setGlobal(awk, name, value);
  setGlobal(awk, 'ARGC', argv.length + 1);
  awk.globals.set('ARGV', array(['awk', ...argv].map((word, n) => [String(n), word])));
  awk.globals.set('ENVIRON', array(Object.entries(env)));
  if (!argv.some((word) => !/^[A-Za-z_]\w*=/.test(word))) awk.pending.push('-');
  return awk;
}

const USAGE =
  "Usage: awk [POSIX or GNU style options] -f progfile [--] file ...\nUsage: awk [POSIX or GNU style options] [--] 'program' file ...\n";

function* programText(files: readonly string[], operands: string[]): Sys<string | null> {
  if (files.length === 0) return operands.shift() ?? null;
  const texts: string[] = [];
  for (const file of files) {
    const text = yield* textOf(file);
    if (failed(text)) {
      yield* err(
        `awk: fatal: can't open source file \`${file}' for reading (${strerror(text.errno)})\n`,
      );
      return null;
    }
    texts.push(text);
  }
  return texts.join('\n');
}

function* runProgram(awk: Awk, source: string): Sys<number> {
  try {
    return yield* runAwk(awk);
  } catch (thrown) {
    if (!isWrong(thrown)) throw thrown;
    yield* flush(awk);
    yield* complain(source, thrown);
    return 2;
  }
}

export const awk = command(function* ({ argv, env }) {
  const spec = {
    short: '+F:v:f:',
    long: { 'field-separator': 'required', assign: 'required', file: 'required' },
  } as const;
  const { options, operands, error } = getopt(spec, ['awk', ...argv.slice(1)]);
  if (error !== null) {
    yield* err(`${error}\n${USAGE}`);
    return 2;
  }
  const values = (...names: string[]) =>
    options.flatMap(([name, value]) => (names.includes(name) ? [value ?? ''] : []));
  const rest = [...operands];
  const files = values('f', 'file');
  const source = yield* programText(files, rest);
  if (source === null) {
    if (files.length === 0) yield* err(USAGE);
    return 2;
  }
  let program: AwkProgram;
  try {
    program = parseAwk(source);
  } catch (thrown) {
    if (!isWrong(thrown)) throw thrown;
    yield* complain(source, thrown);
    return 1;
  }
  const running = newAwk(program, rest, env);
  const fs = values('F', 'field-separator').at(-1);
  if (fs !== undefined)
    setGlobal(running, 'FS', fs === 't' ? '\t' : undoEscapes(fs, 'format').text);
  for (const given of values('v', 'assign')) {
    const [, name = '', value = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(given) ?? [];
    if (name === '') {
      yield* err(`awk: fatal: \`${given.split('=')[0]}' is not a legal variable name\n`);
      return 2;
    }
    setGlobal(running, name, { input: undoEscapes(value, 'format').text });
  }
  return yield* runProgram(running, source);
});
