/**
 * Builtins that make, mark and remove variables: export, readonly, local, declare, unset, shift.
 *
 * Models: GNU bash 4.2 builtins/setattr.def, declare.def, set.def unset_builtin, shift.def
 * Leaves out: `declare -n -t`, `export -f`.
 */

import { assignText } from '../assignText.ts';
import { builtinError, fatal, type Shell, unsupported, type Variable, write } from '../shell.ts';
import { declared, marksOf as marksIn } from '../show.ts';
import { traceAssignment } from '../trace.ts';
import { isName, makeLocal, unsetVariable, writable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

type Marks = { letters: Set<string>; off: Set<string>; operands: string[] };

function marksOf(words: readonly string[]): Marks {
  const marks: Marks = { letters: new Set(), off: new Set(), operands: [] };
  let open = true;
  for (const word of words.slice(1)) {
    if (open && word === '--') open = false;
    else if (open && /^[-+][a-zA-Z]+$/.test(word)) {
      for (const letter of word.slice(1))
        (word.startsWith('-') ? marks.letters : marks.off).add(letter);
    } else marks.operands.push(word);
  }
  return marks;
}

function showAll(shell: Shell, fits: (variable: Variable) => boolean): number {
  for (const name of [...shell.vars.keys()].sort()) {
    const variable = shell.vars.get(name);
    if (variable && fits(variable)) write(shell, 1, `${declared(shell, name, variable)}\n`);
  }
  return 0;
}

function mark(variable: Variable, marks: Marks): void {
  if (marks.letters.has('x')) variable.exported = true;
  if (marks.off.has('x')) variable.exported = false;
  if (marks.letters.has('i')) variable.integer = true;
  if (marks.off.has('i')) variable.integer = false;
  if (marks.letters.has('a') && variable.kind === 'plain') variable.kind = 'array';
  if (marks.letters.has('A')) variable.kind = 'assoc';
  if (marks.letters.has('u')) variable.folds = 'upper';
  if (marks.letters.has('l')) variable.folds = 'lower';
  if (marks.off.has('u') || marks.off.has('l')) variable.folds = null;
}

/** One `name`, `name=value` or `name=(...)`; answers false after a complaint. */
function declareOne(
  shell: Shell,
  builtin: string,
  word: string,
  marks: Marks,
  make: (name: string) => Variable,
): boolean {
  const [, name = '', append, value] = /^([^=[+]*)(\+?)(?:=([\s\S]*))?$/.exec(word) ?? [];
  if (!isName(name)) {
    builtinError(shell, `${builtin}: \`${word}': not a valid identifier`);
    return false;
  }
  if (value !== undefined && shell.vars.get(name)?.readonly) {
    builtinError(shell, `${builtin === 'local' ? 'local: ' : ''}${name}: readonly variable`);
    return false;
  }
  const variable = make(name);
  mark(variable, marks);
  if (value !== undefined) {
    assignText(shell, name, value, append === '+');
    if (builtin === 'export' || builtin === 'readonly')
      traceAssignment(shell, name, value, append === '+');
  }
  if (marks.letters.has('r')) variable.readonly = true;
  return true;
}

function declareAll(shell: Shell, words: readonly string[], marks: Marks, local: boolean): number {
  const [builtin = ''] = words;
  const make = (name: string) =>
    local ? makeLocal(shell, name) : (shell.vars.get(name) ?? writable(shell, name));
  const done = marks.operands.map((word) => declareOne(shell, builtin, word, marks, make));
  return done.every(Boolean) ? 0 : 1;
}

const marking =
  (letter: 'x' | 'r'): Builtin =>
  (shell, words) => {
    const marks = marksOf(words);
    if (marks.letters.has('f')) return unsupported(shell, `${words[0]} -f`);
    if (marks.operands.length === 0) {
      return showAll(shell, (v) => (letter === 'x' ? v.exported : v.readonly));
    }
    if (marks.letters.has('n')) marks.off.add(letter);
    else marks.letters.add(letter);
    return declareAll(shell, words, marks, false);
  };

function printed(shell: Shell, builtin: string, names: readonly string[]): number {
  let status = 0;
  for (const name of names) {
    const variable = shell.vars.get(name);
    if (variable) write(shell, 1, `${declared(shell, name, variable)}\n`);
    else {
      builtinError(shell, `${builtin}: ${name}: not found`);
      status = 1;
    }
  }
  return status;
}

const declare: Builtin = (shell, words) => {
  const marks = marksOf(words);
  const [builtin = ''] = words;
  const odd = [...marks.letters, ...marks.off].find((letter) => !'aAirxpgfFul'.includes(letter));
  if (odd) return unsupported(shell, `${builtin} -${odd}`);
  if (marks.letters.has('f') || marks.letters.has('F')) {
    const missing = marks.operands.filter((name) => !shell.functions.has(name));
    if (marks.letters.has('f')) return unsupported(shell, `${builtin} -f`);
    for (const name of marks.operands) if (shell.functions.has(name)) write(shell, 1, `${name}\n`);
    if (marks.operands.length === 0)
      for (const name of [...shell.functions.keys()].sort())
        write(shell, 1, `declare -f ${name}\n`);
    return missing.length > 0 ? 1 : 0;
  }
  if (marks.letters.has('p') && marks.operands.length > 0)
    return printed(shell, builtin, marks.operands);
  if (marks.operands.length === 0) {
    return showAll(shell, (v) =>
      [...marks.letters].every((l) => l === 'p' || marksIn(v).includes(l)),
    );
  }
  return declareAll(shell, words, marks, shell.locals.length > 0 && !marks.letters.has('g'));
};

const local: Builtin = (shell, words) => {
  if (shell.locals.length === 0) {
    if (shell.dash) return fatal(shell, 'local: not in a function', 2);
    builtinError(shell, 'local: can only be used in a function');
    return 1;
  }
  return declareAll(shell, words, marksOf(words), true);
};

function unsetOne(shell: Shell, word: string, functionsOnly: boolean, varsOnly: boolean): boolean {
  const [, name = '', index] = /^([^[]*)(?:\[(.*)\])?$/.exec(word) ?? [];
  if (index !== undefined && !functionsOnly) {
    shell.vars.get(name)?.cells.delete(index);
    return true;
  }
  if (!functionsOnly && shell.vars.has(name)) {
    if (unsetVariable(shell, name)) return true;
    builtinError(shell, `unset: ${name}: cannot unset: readonly variable`);
    return false;
  }
  const complains = varsOnly || shell.session.bash === '4.2';
  if (!functionsOnly && complains && !isName(name)) {
    builtinError(shell, `unset: \`${word}': not a valid identifier`);
    return false;
  }
  if (!varsOnly) shell.functions.delete(name);
  return true;
}

const unset: Builtin = (shell, words) => {
  const marks = marksOf(words);
  const [f, v] = [marks.letters.has('f'), marks.letters.has('v')];
  return marks.operands.map((word) => unsetOne(shell, word, f, v)).every(Boolean) ? 0 : 1;
};

const shift: Builtin = (shell, [, given = '1']) => {
  const count = Number(given);
  if (!Number.isInteger(count)) {
    builtinError(shell, `shift: ${given}: numeric argument required`);
    return 1;
  }
  if (count < 0) {
    builtinError(shell, `shift: ${given}: shift count out of range`);
    return 1;
  }
  if (count > shell.args.length) return 1;
  shell.args = shell.args.slice(count);
  return 0;
};

export const declareBuiltins: Readonly<Record<string, Builtin>> = {
  export: marking('x'),
  readonly: marking('r'),
  declare,
  typeset: declare,
  local,
  unset,
  shift,
};
