/**
 * One command of a sed script.
 *
 * Models: GNU sed 4.2.2 sed/sed.h struct sed_cmd, struct addr
 */
export type Address =
  | Readonly<{ kind: 'line'; n: number }>
  | Readonly<{ kind: 'last' }>
  | Readonly<{ kind: 'step'; first: number; step: number }>
  /** null: the last expression used. */
  | Readonly<{ kind: 'regexp'; regexp: RegExp | null }>
  | Readonly<{ kind: 'plus' | 'multiple'; n: number }>;

export type Substitution = Readonly<{
  regexp: RegExp | null;
  replacement: string;
  global: boolean;
  print: boolean;
  nth: number;
  file: string | null;
}>;

export type SedCommand = Readonly<{
  from: Address | null;
  to: Address | null;
  negated: boolean;
  name: string;
  /** Text of a, i, c; label of b, t, T, :; file of r, w; exit code of q. */
  text: string;
  substitution: Substitution | null;
  map: ReadonlyMap<string, string> | null;
  /** For `{`: the index after its `}`. */
  end: number;
}>;
