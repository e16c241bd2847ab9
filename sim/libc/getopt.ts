/**
 * Options of a command line, with GNU's permutation, abbreviations and exact complaints.
 *
 * Models: glibc 2.17 posix/getopt.c _getopt_internal_r (the simulated programs' own parser; kvmlab's
 *   own command line uses a library)
 */

export type OptionSpec = Readonly<{
  /**
   * As getopt's optstring: 'ab:c::'. A leading '+' stops at the first operand; a leading '-' hands each
   * operand on among the options, in its place, as the option OPERAND.
   */
  short: string;
  /** Long name -> 'none', 'required' or 'optional' argument. */
  long?: Readonly<Record<string, 'none' | 'required' | 'optional'>>;
}>;

export type Parsed = Readonly<{
  /** In the order given: short letter or full long name, and the argument or null. */
  options: readonly (readonly [string, string | null])[];
  operands: readonly string[];
  /** getopt's first complaint, with the program's name before it; null when there is none. */
  error: string | null;
}>;

/** The option letter that stands for an operand when the optstring begins with '-'. */
export const OPERAND = '\x01';

type Step = { options: [string, string | null][]; used: number } | { error: string };

function longOption(spec: OptionSpec, name: string, args: readonly string[], at: number): Step {
  const [word = '', ...rest] = (args[at] ?? '').slice(2).split('=');
  const value = rest.length > 0 ? rest.join('=') : null;
  const all = Object.keys(spec.long ?? {});
  const fits = all.includes(word) ? [word] : all.filter((l) => l.startsWith(word));
  const [full] = fits;
  if (full === undefined) return { error: `${name}: unrecognized option '--${word}'` };
  if (fits.length > 1) {
    const list = fits.map((l) => `'--${l}'`).join(' ');
    return { error: `${name}: option '--${word}' is ambiguous; possibilities: ${list}` };
  }
  const kind = spec.long?.[full];
  if (kind === 'none' && value !== null) {
    return { error: `${name}: option '--${full}' doesn't allow an argument` };
  }
  if (kind !== 'required' || value !== null) return { options: [[full, value]], used: 1 };
  const next = args[at + 1];
  if (next === undefined) return { error: `${name}: option '--${full}' requires an argument` };
  return { options: [[full, next]], used: 2 };
}

function shortOptions(spec: OptionSpec, name: string, args: readonly string[], at: number): Step {
  const options: [string, string | null][] = [];
  const word = args[at] ?? '';
  for (let i = 1; i < word.length; i++) {
    const letter = word.charAt(i);
    const found = /[:+-]/.test(letter) ? -1 : spec.short.indexOf(letter);
    if (found < 0) return { error: `${name}: invalid option -- '${letter}'` };
    if (spec.short[found + 1] !== ':') {
      options.push([letter, null]);
      continue;
    }
    const attached = word.slice(i + 1);
    if (attached !== '' || spec.short[found + 2] === ':') {
      options.push([letter, attached === '' ? null : attached]);
      return { options, used: 1 };
    }
    const next = args[at + 1];
    if (next === undefined) return { error: `${name}: option requires an argument -- '${letter}'` };
    options.push([letter, next]);
    return { options, used: 2 };
  }
  return { options, used: 1 };
}

/** argv[0] is the name that the complaints begin with. */
export function getopt(spec: OptionSpec, argv: readonly string[]): Parsed {
  const [name = '', ...args] = argv;
  const options: (readonly [string, string | null])[] = [];
  const operands: string[] = [];
  for (let at = 0; at < args.length; ) {
    const word = args[at] ?? '';
    if (word === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      if (spec.short.startsWith('-')) options.push([OPERAND, word]);
      else operands.push(word);
      at++;
      if (spec.short.startsWith('+')) {
        operands.push(...args.slice(at));
        break;
      }
      continue;
    }
    const parse = word.startsWith('--') ? longOption : shortOptions;
    const step = parse(spec, name, args, at);
    if ('error' in step) return { options, operands, error: step.error };
    options.push(...step.options);
    at += step.used;
  }
  return { options, operands, error: null };
}
