/**
 * sed: edit a stream line by line.
 *
 * Models: GNU sed 4.2.2 sed/sed.c main, execute.c output_file, closedown (for -i)
 * Leaves out: -l, -u, -z, --posix, --debug.
 */
import { failed } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { chmod, chown, err, readFile, rename, stat, writeFile } from '../../libc/sys.ts';
import { type Input, linesOf, optionsOf, readInput, show } from './input.ts';
import type { Lines } from './sed-address.ts';
import type { SedCommand } from './sed-command.ts';
import { type Result, runSed } from './sed-run.ts';
import { compileSed } from './sed-script.ts';

const spec = {
  short: 'nrEe:f:i::s',
  long: {
    quiet: 'none',
    silent: 'none',
    'regexp-extended': 'none',
    expression: 'required',
    file: 'required',
    'in-place': 'optional',
    separate: 'none',
  },
} as const;
const long = {
  quiet: 'n',
  silent: 'n',
  'regexp-extended': 'r',
  E: 'r',
  expression: 'e',
  file: 'f',
  'in-place': 'i',
  separate: 's',
};

const USAGE = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n`;

const toLines = (text: string): Lines => ({
  lines: linesOf(text),
  newlineAtEnd: text === '' || text.endsWith('\n'),
});

/** Files that `r` names, read before the run: the editor itself makes no system calls. */
function* textsOf(commands: readonly SedCommand[]): Sys<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const c of commands) {
    if (c.name !== 'r') continue;
    const text = yield* readFile(c.text);
    if (typeof text === 'string') texts.set(c.text, text);
  }
  return texts;
}

function* scriptOf(
  given: ReturnType<typeof optionsOf>['given'],
  operands: string[],
): Sys<string | { error: string }> {
  const parts = [...given.all('e')];
  for (const file of given.all('f')) {
    const input = yield* readInput(file);
    if (!('text' in input)) return { error: `sed: couldn't open file ${file}: ${input.error}\n` };
    parts.push(input.text.replace(/\n$/, ''));
  }
  if (given.has('e') || given.has('f')) return parts.join('\n');
  return operands.shift() ?? { error: USAGE };
}

/** -i: the new text takes the old file's place, with its rights. */
function* replace(name: string, text: string, suffix: string): Sys<void> {
  const st = yield* stat(name);
  if (suffix !== '')
    yield* rename(name, suffix.includes('*') ? suffix.replace('*', name) : name + suffix);
  const temporary = `${name.replace(/[^/]*$/, '')}sedXXXXXX`;
  const written = yield* writeFile(temporary, text, 0o600);
  if (failed(written)) {
    yield* err(`sed: couldn't open temporary file ${temporary}: Permission denied\n`);
    return;
  }
  if (!failed(st)) {
    yield* chown(
      temporary,
      st.uid,
      st.gid,
      'sed 4.2.2 sed/execute.c output_missing_newline, closedown',
    );
    yield* chmod(temporary, st.mode, 'sed 4.2.2 sed/execute.c closedown');
  }
  yield* rename(temporary, name);
}

function* readAllInputs(
  names: readonly string[],
  inPlace: boolean,
): Sys<{ inputs: Input[]; failed: boolean }> {
  const inputs: Input[] = [];
  let anyFailed = false;
  for (const name of names) {
    const st = name === '-' ? null : yield* stat(name);
    const directory = st !== null && !failed(st) && st.type === 'dir';
    const input = directory ? { error: 'Is a directory' } : yield* readInput(name);
    if ('text' in input) inputs.push(input);
    else {
      anyFailed = true;
      const text = directory
        ? inPlace
          ? `couldn't edit ${name}: not a regular file`
          : `couldn't read ${name}: Is a directory`
        : `can't read ${name}: ${input.error}`;
      yield* err(
        `sed: ${directory && !inPlace ? `read error on ${name}: Is a directory` : text}\n`,
      );
    }
  }
  return { inputs, failed: anyFailed };
}

function* finish(
  results: readonly Result[],
  inputs: readonly Input[],
  suffix: string | null,
): Sys<void> {
  for (const [n, { output }] of results.entries()) {
    const name = inputs[n]?.name ?? '-';
    if (suffix === null) yield* show(output);
    else yield* replace(name, output, suffix);
  }
  for (const [file, text] of results.at(-1)?.written ?? []) yield* writeFile(file, text);
}

export const sed = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf(spec, long, ['sed', ...argv.slice(1)]);
  if (error !== null) {
    yield* err(`${error}\n${USAGE}`);
    return 1;
  }
  const files = [...operands];
  const script = yield* scriptOf(given, files);
  if (typeof script !== 'string') {
    yield* err(script.error);
    return 1;
  }
  const quietFirst = script.startsWith('#n\n');
  const compiled = compileSed(script, given.has('r') ? 'extended' : 'basic');
  if ('error' in compiled) {
    yield* err(`sed: ${compiled.error}\n`);
    return 1;
  }
  const inPlace = given.has('i');
  const { inputs, failed: unread } = yield* readAllInputs(
    files.length === 0 ? ['-'] : files,
    inPlace,
  );
  const texts = yield* textsOf(compiled.commands);
  const separate = inPlace || given.has('s');
  const joined = inputs.map((input, n) =>
    n < inputs.length - 1 && input.text !== '' && !input.text.endsWith('\n')
      ? `${input.text}\n`
      : input.text,
  );
  const runs = separate ? inputs.map((input) => toLines(input.text)) : [toLines(joined.join(''))];
  const results = runSed(
    compiled.commands,
    runs,
    given.has('n') || quietFirst,
    (file) => texts.get(file) ?? '',
  );
  yield* finish(results, inputs, inPlace ? (given.value('i') ?? '') : null);
  return results.find((r) => r.exit !== null)?.exit ?? (unread ? 2 : 0);
});
