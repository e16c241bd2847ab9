/**
 * `a=(1 2 [5]=x)`, as an assignment and as one word of a builtin such as declare.
 *
 * Models: GNU bash 4.2 arrayfunc.c assign_array_from_string
 */
import type { Word } from 'unbash';
import { expandText, expandWord } from './expand.ts';
import type { Shell } from './shell.ts';
import { parseText } from './source.ts';
import { cellKey, setCell, setVariable, writable } from './variables.ts';

/** The cells of a list; `[key]=value` says where to go on. */
export function assignList(
  shell: Shell,
  name: string,
  words: readonly Word[],
  append: boolean,
): void {
  const variable = writable(shell, name);
  if (variable.kind === 'plain') variable.kind = 'array';
  const elements = words.flatMap((word) => elementsOf(shell, word));
  if (!append) variable.cells.clear();
  variable.emptied = true;
  let next = Math.max(-1, ...[...variable.cells.keys()].map(Number)) + 1;
  for (const { key, text } of elements) {
    const at = key === null ? String(next) : cellKey(shell, name, key);
    setCell(shell, name, at, text);
    if (variable.kind !== 'assoc') next = Number(at) + 1;
  }
}

function elementsOf(shell: Shell, word: Word): { key: string | null; text: string }[] {
  if (!/^\[[^\]]*\]=/.test(word.text)) {
    return expandWord(shell, word).map((text) => ({ key: null, text }));
  }
  const text = expandText(shell, word);
  const end = text.indexOf(']=');
  return [{ key: text.slice(1, end), text: text.slice(end + 2) }];
}

/** The words of `(a b c)`; null for a plain value. */
function listIn(name: string, value: string): readonly Word[] | null {
  if (!/^\([\s\S]*\)$/.test(value)) return null;
  const command = parseText(`${name}=${value}`).commands[0]?.command;
  const assignment = command?.type === 'Command' ? command.prefix[0] : undefined;
  if (assignment?.type !== 'Assignment') return null;
  return assignment.value.type === 'ArrayValue' ? assignment.value.elements : null;
}

export function assignText(shell: Shell, name: string, value: string, append: boolean): void {
  const words = listIn(name, value);
  if (words) assignList(shell, name, words, append);
  else setVariable(shell, name, value, append);
}
