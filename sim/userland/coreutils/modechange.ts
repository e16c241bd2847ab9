/**
 * chmod's modes: octal, or symbolic clauses such as `ug=rw,o-x`.
 *
 * Models: gnulib modechange.c mode_compile, mode_adjust (coreutils 8.22)
 *
 * A clause without `ugoa` obeys the umask. An octal mode leaves the set-id bits of a directory alone
 * unless it names them with five digits or more.
 */
export type ModeClause = Readonly<{
  op: '+' | '-' | '=';
  /** The bits of the classes named; null: all that the umask allows. */
  affected: number | null;
  /** Bits given by letter, or the class to copy from. */
  value: number | 'u' | 'g' | 'o';
  /** An octal number, which speaks of the set-id bits of directories too. */
  exact: boolean;
  /** X: execute where somebody may execute already, and for directories. */
  conditionalExecute: boolean;
}>;

export type ModeChange =
  | Readonly<{ octal: number; digits: number }>
  | Readonly<{ clauses: readonly ModeClause[] }>;

const classes: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };

const letters: Readonly<Record<string, number>> = {
  r: 0o444,
  w: 0o222,
  x: 0o111,
  s: 0o6000,
  t: 0o1000,
};

/** One operator and its permissions: `+rw`, `=u`, `-644`. */
const action = /([-+=])([ugo](?![rwxXst])|[0-7]+|[rwxXst]*)/g;

function clausesOf(text: string): ModeClause[] | null {
  const [, who = '', actions = ''] =
    /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))*(?:[-+=](?:[ugo]|[0-7]+|[rwxXst]*)))$/.exec(text) ??
    [];
  if (actions === '') return null;
  const [, digits] = /[-+=]([0-7]+)$/.exec(actions) ?? [];
  if (digits !== undefined && (who !== '' || Number.parseInt(digits, 8) > 0o7777)) return null;
  const named = [...who].reduce((bits, c) => bits | (classes[c] ?? 0), 0);
  return [...actions.matchAll(action)].map(([, op = '+', perms = '']) => ({
    op: op as ModeClause['op'],
    affected: /^[0-7]/.test(perms) ? 0o7777 : who === '' ? null : named,
    exact: /^[0-7]/.test(perms),
    value: /^[0-7]/.test(perms)
      ? Number.parseInt(perms, 8)
      : /^[ugo]$/.test(perms)
        ? (perms as 'u' | 'g' | 'o')
        : [...perms].reduce((bits, c) => bits | (letters[c] ?? 0), 0),
    conditionalExecute: perms.includes('X'),
  }));
}

/** null: not a mode. */
export function parseMode(text: string): ModeChange | null {
  if (/^[0-7]+$/.test(text)) {
    const octal = Number.parseInt(text, 8);
    return octal <= 0o7777 ? { octal, digits: text.length } : null;
  }
  const clauses = text.split(',').map(clausesOf);
  return clauses.includes(null) ? null : { clauses: clauses.flatMap((c) => c ?? []) };
}

function copied(mode: number, from: 'u' | 'g' | 'o'): number {
  const triplet = (mode >> { u: 6, g: 3, o: 0 }[from]) & 7;
  return triplet * 0o111;
}

/** The mode after the change. */
export function changedMode(
  old: number,
  isDirectory: boolean,
  umask: number,
  change: ModeChange,
): number {
  if ('octal' in change) {
    const kept = isDirectory && change.digits < 5 ? old & 0o6000 : 0;
    return change.octal | kept;
  }
  let mode = old;
  for (const { op, affected, exact, value, conditionalExecute } of change.clauses) {
    const executable = conditionalExecute && (isDirectory || (mode & 0o111) !== 0);
    const given =
      (typeof value === 'number' ? value : copied(mode, value)) | (executable ? 0o111 : 0);
    const omit = isDirectory ? 0o6000 : 0;
    const special = exact ? 0 : value === 0 || typeof value !== 'number' ? omit : omit & ~value;
    const reach = (affected ?? 0o7777) & ~special;
    const bits = given & reach & (affected === null ? ~umask : ~0);
    if (op === '+') mode |= bits;
    else if (op === '-') mode &= ~bits;
    else mode = (mode & ~reach) | bits;
  }
  return mode;
}
