/**
 * A command line taken apart, with the complaint that GNU tools make about a wrong one.
 *
 * Models: coreutils 8.22 src/system.h, emit_try_help; parse_long_options (--version)
 * Leaves out: --help, whose texts are long: the tools say that they are not modelled.
 */
import type { Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, out } from '../libc/sys.ts';
import { asRefusal } from './beyond.ts';
import { tryHelp } from './coreutils/quote.ts';
import { userlandSwitches } from './switches.ts';

export type Given = Readonly<{
  name: string;
  /** Letter -> its last argument, or null. */
  options: ReadonlyMap<string, string | null>;
  /** In the order given. */
  order: readonly (readonly [string, string | null])[];
  operands: readonly string[];
}>;

/**
 * Long word -> the short letter it stands for; without a letter it keeps its own name. A word that ends
 * in `:` takes an argument, one that ends in `?` may take one.
 */
export type LongWords = Readonly<Record<string, string>>;

function kindOf(short: string, word: string, letter: string): 'none' | 'required' | 'optional' {
  if (word.endsWith(':')) return 'required';
  if (word.endsWith('?')) return 'optional';
  const at = letter.length === 1 ? short.indexOf(letter) : -1;
  if (at < 0 || short[at + 1] !== ':') return 'none';
  return short[at + 2] === ':' ? 'optional' : 'required';
}

/** The options and operands; a number when the tool is to end with that status. */
export function* given(
  argv: readonly string[],
  short: string,
  words: LongWords = {},
  wrongUsage = 1,
  hint?: (argv: readonly string[]) => Sys<string>,
): Sys<Given | number> {
  const name = argv[0] ?? '';
  const plain = Object.entries(words).map(([w, l]) => [w.replace(/[:?]$/, ''), l] as const);
  const kinds = Object.entries(words).map(
    ([w, l]) => [w.replace(/[:?]$/, ''), kindOf(short, w, l)] as const,
  );
  const long = { ...Object.fromEntries(kinds), help: 'none', version: 'none' } as const;
  const { options, operands, error } = getopt({ short, long }, argv);
  const letters = new Map(plain);
  const order = options.map(([o, value]) => [letters.get(o) || o, value] as const);
  const known = new Map(order);
  if (known.has('version')) {
    yield* out(
      `${name.replace(/.*\//, '')} (GNU coreutils) ${(yield* userlandSwitches()).coreutils}\n`,
    );
    return 0;
  }
  if (known.has('help')) return yield* unmodelled(name, '--help');
  if (error !== null) {
    const said = asRefusal(error);
    const more = hint === undefined ? '' : yield* hint(argv);
    yield* err(`${said}\n${said === error ? more + tryHelp(name) : ''}`);
    return wrongUsage;
  }
  return { name, options: known, order, operands };
}

export const ended = (result: Given | number): result is number => typeof result === 'number';

/** Loud, where a real tool would do something that is not modelled. */
export function* unmodelled(name: string, what: string): Sys<number> {
  yield* err(`kvmlab: ${name.replace(/.*\//, '')} ${what} is not modelled\n`);
  return 2;
}

/** `name: text`, and the status of failure. */
export function* complain(name: string, text: string): Sys<1> {
  yield* err(`${name}: ${text}\n`);
  return 1;
}

/** A complaint about the operands, with the pointer to --help. */
export function* misuse(name: string, text: string): Sys<1> {
  yield* err(`${name}: ${text}\n${tryHelp(name)}`);
  return 1;
}
