/**
 * What text filters read: named files or standard input, and how a file that cannot be read is told.
 *
 * Models: the argument loops of GNU coreutils 8.22, grep 2.20, sed 4.2.2
 */
import { failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { getopt, type OptionSpec, type Parsed } from '../../libc/getopt.ts';
import { err, out } from '../../libc/sys.ts';
import { asRefusal } from '../beyond.ts';
import { quotedIfNeeded } from '../coreutils/quote.ts';
import { linesOf, textOf } from '../input.ts';
import { isModern } from '../switches.ts';

export { linesOf };

export type Input = Readonly<{ name: string; text: string }>;

/** A file's text; `-` is standard input. The answer of a failure is strerror's sentence. */
export function* readInput(name: string): Sys<Input | Readonly<{ error: string }>> {
  const text = yield* textOf(name);
  return failed(text) ? { error: strerror(text.errno) } : { name, text };
}

export type Speech = (name: string, error: string) => string;

/** All inputs, standard input when none is named; complaints go out as they arise. */
export function* readInputs(
  names: readonly string[],
  say: Speech,
): Sys<{ inputs: Input[]; failed: boolean }> {
  const inputs: Input[] = [];
  let anyFailed = false;
  for (const name of names.length === 0 ? ['-'] : names) {
    const input = yield* readInput(name);
    if ('text' in input) inputs.push(input);
    else {
      anyFailed = true;
      const shown = (yield* isModern()) ? quotedIfNeeded(name) : name;
      yield* err(`${say(shown, input.error)}\n`);
    }
  }
  return { inputs, failed: anyFailed };
}

/** `cut: x: No such file or directory`. */
export const plainly =
  (program: string): Speech =>
  (name, error) =>
    `${program}: ${name}: ${error}`;

/** What read(2) answers and open(2) does not: the file is a directory, or a device that cannot be read. */
export const isOfReading = (error: string): boolean =>
  error === strerror('EISDIR') || error === strerror('EINVAL');

/** head and tail. */
export const cannotOpen =
  (program: string, quote = "'"): Speech =>
  (name, error) =>
    isOfReading(error)
      ? `${program}: error reading ${quote}${name}${quote}: ${error}`
      : `${program}: cannot open ${quote}${name}${quote} for reading: ${error}`;

export function* show(text: string): Sys<void> {
  if (text !== '') yield* out(text);
}

/** getopt's complaint and the pointer to --help that GNU tools add. */
export function* usage(program: string, complaint: string, code: number): Sys<number> {
  yield* err(`${complaint}\nTry '${program} --help' for more information.\n`);
  return code;
}

/** Options as a map from letter to argument; the last of several counts. */
export type Options = Readonly<{
  has: (letter: string) => boolean;
  value: (letter: string) => string | null;
  all: (letter: string) => string[];
}>;

/** `long` maps long names to letters. */
export function optionsOf(
  spec: OptionSpec,
  long: Readonly<Record<string, string>>,
  argv: readonly string[],
): Parsed & { given: Options } {
  const read = getopt(spec, argv);
  const parsed = { ...read, error: read.error === null ? null : asRefusal(read.error) };
  const pairs = parsed.options.map(([name, value]) => [long[name] ?? name, value] as const);
  const all = (letter: string) =>
    pairs.flatMap(([l, value]) => (l === letter ? [value ?? ''] : []));
  const given: Options = {
    has: (letter) => pairs.some(([l]) => l === letter),
    value: (letter) => all(letter).at(-1) ?? null,
    all,
  };
  return { ...parsed, given };
}
