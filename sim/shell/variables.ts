/**
 * Reading and writing variables, with the special parameters.
 *
 * Models: GNU bash 4.2 variables.c find_variable, bind_variable; subst.c parameter_brace_find_indir
 * Leaves out: namerefs, most of bash's own dynamic variables (RANDOM: the model has no dice).
 */
import { evaluate, isRefused } from './arithmetic.ts';
import {
  complain,
  fatalUnset,
  leave,
  lineOf,
  type Options,
  type Shell,
  unsupported,
  type Variable,
} from './shell.ts';

export const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

const letters: readonly (readonly [keyof Options, string])[] = [
  ['allexport', 'a'],
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['noexec', 'n'],
  ['nounset', 'u'],
  ['verbose', 'v'],
  ['xtrace', 'x'],
  ['noclobber', 'C'],
  ['errtrace', 'E'],
  ['functrace', 'T'],
];

export const optionLetters = letters;

const endings = { stdin: 'hBs', argument: 'hBc', file: 'hB' };

export const flagText = (shell: Shell): string =>
  letters
    .filter(([name]) => shell.options[name])
    .map(([, letter]) => letter)
    .join('') + (shell.interactive ? 'himBH' : endings[shell.origin]);

const onNow = ({ options }: Shell): string[] =>
  Object.entries(options).flatMap(([name, on]) => (on ? [name] : []));

/** What dash knows nothing of. */
const bashOnly = new Set(
  'FUNCNAME BASH_SUBSHELL BASH_COMMAND BASHPID EPOCHSECONDS EPOCHREALTIME RANDOM SRANDOM SECONDS UID EUID SHELLOPTS'.split(
    ' ',
  ),
);

/** `$?`, `$#`, `$1` ...; undefined for what is not set or no special parameter. */
function special(shell: Shell, name: string): string | undefined {
  if (shell.dash && bashOnly.has(name)) return undefined;
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.args[Number(name) - 1];
  switch (name) {
    case '?':
      return String(shell.status);
    case '#':
      return String(shell.args.length);
    case '$':
      return String(shell.session.pid());
    case '!':
      return shell.lastJob === null ? undefined : String(shell.lastJob);
    case '-':
      return flagText(shell);
    case '_':
      return shell.lastWord;
    case 'SHELLOPTS':
      return ['braceexpand', 'hashall', 'interactive-comments', ...onNow(shell)].sort().join(':');
    case 'BASH_SUBSHELL':
      return String(shell.subshells);
    case 'BASH_COMMAND':
      return shell.command;
    case 'BASHPID':
      return shell.subshells > 0
        ? unsupported(shell, 'BASHPID of a subshell, which is no process here')
        : String(shell.session.pid());
    case 'EPOCHSECONDS':
      return String(Math.floor(shell.session.world.now / 1000));
    case 'RANDOM':
    case 'SRANDOM':
    case 'EPOCHREALTIME':
      return unsupported(shell, `${name}: nothing here is left to chance`);
    case 'LINENO':
      return String(lineOf(shell));
    case 'SECONDS':
      return String(shell.session.seconds());
    case 'PPID':
      return String(shell.session.parent());
    case 'UID':
    case 'EUID':
      return String(shell.session.uid(shell));
    default:
      return undefined;
  }
}

export function getVariable(shell: Shell, name: string): string | undefined {
  const variable = shell.vars.get(name);
  if (variable) return variable.cells.get('0');
  return special(shell, name) ?? ownList(shell, name)?.[0];
}

/** All values, in index order; for `${a[@]}` and `"$@"`. */
export function allValues(shell: Shell, name: string): string[] {
  if (name === '@' || name === '*') return [...shell.args];
  return cellsOf(shell, name).map(([, value]) => value);
}

/** Arrays that bash keeps itself. */
function ownList(shell: Shell, name: string): readonly string[] | null {
  if (shell.dash) return null;
  switch (name) {
    case 'PIPESTATUS':
      return shell.pipestatus.map(String);
    case 'FUNCNAME':
      // A script that is in no function has none.
      return shell.frames.length === 1 && shell.frames[0]?.name === 'main'
        ? []
        : shell.frames.map(({ name }) => name);
    case 'BASH_SOURCE':
      return shell.frames.map(({ file }) => file);
    case 'BASH_LINENO':
      return shell.frames.map(({ line }) => String(line));
    case 'GROUPS':
      return shell.session.groups(shell).map(String);
    case 'BASH_VERSINFO':
      return shell.session.bash === '4.2'
        ? ['4', '2', '46', '2', 'release', 'x86_64-redhat-linux-gnu']
        : ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];
    default:
      return null;
  }
}

export function cellsOf(shell: Shell, name: string): [string, string][] {
  const dynamic = ownList(shell, name);
  if (dynamic) return dynamic.map((value, i) => [String(i), value]);
  const variable = shell.vars.get(name);
  if (variable === undefined) return [];
  const cells = [...variable.cells];
  return variable.kind === 'assoc' ? cells : cells.sort((a, b) => Number(a[0]) - Number(b[0]));
}

/** The key of an array's cell: an expression, or text for an associative array. */
export function cellKey(shell: Shell, name: string, index: string): string {
  const variable = shell.vars.get(name);
  if (variable?.kind === 'assoc') return index;
  const n = Number(calculate(shell, index));
  if (n >= 0) return String(n);
  const keys = ownList(shell, name)?.keys() ?? variable?.cells.keys() ?? [];
  const top = Math.max(-1, ...[...keys].map(Number));
  return String(top + 1 + n);
}

export function getCell(shell: Shell, name: string, index: string): string | undefined {
  const key = cellKey(shell, name, index);
  const dynamic = ownList(shell, name);
  return dynamic ? dynamic[Number(key)] : shell.vars.get(name)?.cells.get(key);
}

export const blankVariable = (): Variable => ({
  cells: new Map(),
  kind: 'plain',
  exported: false,
  readonly: false,
  integer: false,
  folds: null,
  emptied: false,
});

/** The variable, made if it is not there; complains and stops if it may not be written. */
export function writable(shell: Shell, name: string): Variable {
  const known = shell.vars.get(name);
  if (known?.readonly) {
    complain(shell, `${name}: readonly variable`);
    leave({ leaving: 'discard', status: 1 });
  }
  if (known) return known;
  const made = blankVariable();
  if (shell.options.allexport) made.exported = true;
  shell.vars.set(name, made);
  return made;
}

export function setVariable(shell: Shell, name: string, value: string, append = false): void {
  setCell(shell, name, '0', value, append);
}

const folded = ({ folds }: Variable, text: string): string =>
  folds === 'upper' ? text.toUpperCase() : folds === 'lower' ? text.toLowerCase() : text;

export function setCell(
  shell: Shell,
  name: string,
  key: string,
  value: string,
  append = false,
): void {
  const variable = writable(shell, name);
  if (name === 'PATH') shell.hashed.clear();
  const old = append ? (variable.cells.get(key) ?? '') : '';
  if (variable.integer) {
    const sum = calculate(shell, value) + (append ? calculate(shell, old) : 0n);
    variable.cells.set(key, String(sum));
  } else variable.cells.set(key, folded(variable, old + value));
  if (key !== '0' && variable.kind === 'plain') variable.kind = 'array';
}

export function unsetVariable(shell: Shell, name: string): boolean {
  if (shell.vars.get(name)?.readonly) return false;
  shell.vars.delete(name);
  return true;
}

/** The value of an arithmetic expression; an error is told and ends the script's command. */
export function calculate(shell: Shell, expression: string): bigint {
  try {
    return evaluate(expression, {
      get: (name, index) =>
        (index === null ? getVariable(shell, name) : getCell(shell, name, index)) ??
        unsetIn(shell, name),
      set: (name, index, value) =>
        setCell(shell, name, index === null ? '0' : cellKey(shell, name, index), value),
    });
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown;
    complain(shell, thrown.refused);
    return leave({ leaving: 'discard', status: 1 });
  }
}

function unsetIn(shell: Shell, name: string): string {
  return shell.options.nounset ? fatalUnset(shell, `${name}: unbound variable`) : '';
}

/** Make a name local to the function being run. */
export function makeLocal(shell: Shell, name: string): Variable {
  const scope = shell.locals.at(-1);
  const hidden = shell.vars.get(name);
  if (scope && !scope.has(name)) {
    scope.set(name, hidden);
    const made = blankVariable();
    made.exported = hidden?.exported ?? false;
    shell.vars.set(name, made);
    return made;
  }
  return writable(shell, name);
}

/** What a program is given as its environment. */
export function environment(shell: Shell): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, variable] of shell.vars) {
    const value = variable.cells.get('0');
    if (variable.exported && value !== undefined) env[name] = value;
  }
  return env;
}
