/**
 * The head of a lesson and the blocks inside it: lines of `key: value`, and lists of `- item` below a key.
 *
 * Models: nothing; the part of YAML that a lesson needs, with every other line refused by its number
 */
import { usageError } from '../host/usage.ts';

export type Fields = Readonly<Record<string, readonly string[]>>;

/** Every value is a list: a key may stand more than once (`hint:`), or have items below it. */
export function fieldsOf(text: string, where: string): Fields {
  const fields: Record<string, string[]> = {};
  let last: string[] | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const [, item] = /^\s*- (.*)$/.exec(line) ?? [];
    const [, key, value = ''] = /^([a-z]+):\s*(.*)$/.exec(line) ?? [];
    if (item !== undefined && last !== null) last.push(item.trim());
    else if (key !== undefined) {
      last = Object.hasOwn(fields, key) ? (fields[key] ?? []) : [];
      fields[key] = last;
      if (value.trim() !== '') last.push(value.trim());
    } else {
      throw usageError(
        `${where}, line ${index + 1}: expected \`key: value\` or \`- item\`, found: ${line.trim()}`,
      );
    }
  }
  return fields;
}

export const listed = (fields: Fields, key: string): readonly string[] =>
  Object.hasOwn(fields, key) ? (fields[key] ?? []) : [];

export const one = (fields: Fields, key: string): string | null => listed(fields, key)[0] ?? null;

export function needed(fields: Fields, key: string, where: string): string {
  const value = one(fields, key);
  if (value === null) throw usageError(`${where} needs a line \`${key}: ...\`.`);
  return value;
}

/** `3`, or `2-5` for any of these. */
export function range(text: string, where: string): readonly [number, number] {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined)
    throw usageError(`${where}: expected a number or a range like 2-5, found: ${text}`);
  return [Number(from), Number(to ?? from)];
}
