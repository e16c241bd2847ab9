/**
 * What a running awk program holds: variables, the current record and its fields, open files.
 *
 * Models: GNU awk 4.0.2 field.c, io.c, symbol tables
 */

import type { AwkProgram } from './awkSyntax.ts';
import { toNumber, toText, type Value } from './awkValue.ts';
import { longest } from './longest.ts';
import { toRegExp } from './regex.ts';

/** A name: a scalar, or an array once it is used as one. */
export type Slot = { value: Value; array: Map<string, Value> | null; origin: Slot | null };

export type Source = { text: string; at: number };

export type Awk = {
  program: AwkProgram;
  globals: Map<string, Slot>;
  frames: Map<string, Slot>[];
  record: string;
  fields: string[];
  /** A field that was assigned may be a number; others are input. */
  assigned: Map<number, Value>;
  split: boolean;
  output: string;
  /** By file name or command: what is to be written there. */
  outputs: Map<string, { operator: string; text: string; begun: boolean }>;
  inputs: Map<string, Source>;
  /** Named files and assignments still to come. */
  pending: string[];
  main: Source | null;
  env: Readonly<Record<string, string>>;
  /** A range pattern that has begun, by its rule's number. */
  ranges: Set<number>;
  failed: boolean;
};

export const blankSlot = (): Slot => ({ value: undefined, array: null, origin: null });

export function slotOf(awk: Awk, name: string): Slot {
  const frame = awk.frames.at(-1);
  const local = frame?.get(name);
  if (local) return local;
  const known = awk.globals.get(name);
  if (known) return known;
  const made = blankSlot();
  awk.globals.set(name, made);
  return made;
}

/** The array of a name; a parameter that was never set makes one for its caller too. */
export function arrayOf(awk: Awk, name: string): Map<string, Value> {
  const slot = slotOf(awk, name);
  if (slot.array) return slot.array;
  const made = slot.origin?.array ?? new Map<string, Value>();
  for (let at: Slot | null = slot; at; at = at.origin) at.array = made;
  return made;
}

export const textVariable = (awk: Awk, name: string): string =>
  toText(awk.globals.get(name)?.value, '%.6g');

export const format = (awk: Awk): string => textVariable(awk, 'CONVFMT');

export function setGlobal(awk: Awk, name: string, value: Value): void {
  const slot = awk.globals.get(name) ?? blankSlot();
  slot.value = value;
  awk.globals.set(name, slot);
}

export function separator(source: string): RegExp | null {
  if (source === ' ') return null;
  if (source.length === 1 && source !== '\\')
    return new RegExp(source.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const compiled = toRegExp(source, 'extended', '');
  return 'regexp' in compiled ? compiled.regexp : null;
}

/** def_parse_field and its kin: " " splits at blanks, one character at itself, more as an expression. */
export function splitText(text: string, by: string): string[] {
  if (by === '') return [...text];
  if (by === ' ') return text.split(/[ \t\n]+/).filter((part) => part !== '');
  if (text === '') return [];
  const pattern = separator(by);
  const parts: string[] = [];
  if (pattern === null) return [text];
  let at = 0;
  const global = longest(pattern.source, 'g');
  for (const hit of text.matchAll(global)) {
    if (hit[0] === '') continue;
    parts.push(text.slice(at, hit.index));
    at = hit.index + hit[0].length;
  }
  return [...parts, text.slice(at)];
}

export function setRecord(awk: Awk, text: string): void {
  awk.record = text;
  awk.split = false;
}

export function fieldsOf(awk: Awk): string[] {
  if (!awk.split) {
    awk.fields = splitText(awk.record, textVariable(awk, 'FS'));
    awk.assigned = new Map();
    awk.split = true;
  }
  return awk.fields;
}

export function getField(awk: Awk, index: number): Value {
  if (index === 0) return { input: awk.record };
  const text = fieldsOf(awk)[index - 1];
  if (text === undefined) return undefined;
  return awk.assigned.has(index) ? awk.assigned.get(index) : { input: text };
}

function rebuild(awk: Awk): void {
  awk.record = awk.fields.join(textVariable(awk, 'OFS'));
}

export function setField(awk: Awk, index: number, value: Value): void {
  const text = toText(value, format(awk));
  if (index === 0) {
    setRecord(awk, text);
    return;
  }
  const fields = fieldsOf(awk);
  while (fields.length < index) fields.push('');
  fields[index - 1] = text;
  awk.assigned.set(index, value);
  rebuild(awk);
}

export function getVariable(awk: Awk, name: string): Value {
  if (name === 'NF' && !awk.frames.at(-1)?.has('NF')) return fieldsOf(awk).length;
  return slotOf(awk, name).value;
}

export function setVariable(awk: Awk, name: string, value: Value): void {
  if (name === 'NF' && !awk.frames.at(-1)?.has('NF')) {
    const fields = fieldsOf(awk);
    const wanted = Math.max(0, Math.trunc(toNumber(value)));
    while (fields.length < wanted) fields.push('');
    fields.length = wanted;
    rebuild(awk);
    return;
  }
  // A new separator holds from the next record on.
  if (name === 'FS') fieldsOf(awk);
  slotOf(awk, name).value = value;
}
