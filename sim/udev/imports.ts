/**
 * PROGRAM and IMPORT: matches that look beyond the device.
 *
 * Models: systemd v219 src/udev/udev-rules.c import_property_from_string, udev_rules_apply_to_event TK_M_PROGRAM to
 *   TK_M_IMPORT_PARENT; v252 get_property_from_string, udev_rule_apply_token_to_event, src/basic/proc-cmdline.c
 * Leaves out: quotes on the kernel command line.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';
import { runBuiltin } from './builtinRun.ts';
import { lookUpBuiltin, runsOnce } from './builtins.ts';
import { ALLOWED_INPUT, replaceChars } from './chars.ts';
import { readDb } from './database.ts';
import { parentOf, propertiesOf, setProperty } from './device.ts';
import { note, noteRule, type Place, type UdevEvent } from './event.ts';
import { fnmatch } from './fnmatch.ts';
import type { Token } from './rule.ts';
import { runProgram } from './spawn.ts';
import { LINE_SIZE, PATH_SIZE, substitute } from './substitute.ts';

/** One KEY=value line: the pair, null for a comment or nothing, 'bad' for the rest. */
export function propertyLine(line: string): readonly [string, string] | null | 'bad' {
  const text = line.trimStart();
  if (text === '' || text.startsWith('#')) return null;
  const [, key = '', raw = ''] = /^([^=]*)=([\s\S]*)$/.exec(text) ?? [];
  const value = raw.trim();
  if (key.trim() === '' || value === '') return 'bad';
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return [key.trim(), value];
  if (value.length === 1 || !value.endsWith(quote)) return 'bad';
  return [key.trim(), value.slice(1, -1)];
}

function importLines(event: UdevEvent, place: Place, text: string, from: string): void {
  for (const line of text.split('\n')) {
    const pair = propertyLine(line);
    if (pair === 'bad' && event.switches.version !== 219) {
      const what = `Failed to parse key and value from '${from || line.replace(/=.*/s, '')}', ignoring`;
      noteRule(event, place, 'debug', `${what}: Invalid argument`);
    }
    if (pair !== null && pair !== 'bad') setProperty(event.device, pair[0], pair[1]);
  }
}

export function* matchProgram(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const v219 = event.switches.version === 219;
  event.result = null;
  const { text } = yield* substitute(event, token.value, v219 ? PATH_SIZE : LINE_SIZE);
  noteRule(event, place, 'debug', v219 ? `PROGRAM '${text}'` : `Running PROGRAM '${text}'`);
  const end = yield* runProgram(event, text, true);
  if (end === null || end.code !== 0) {
    if (!v219 && end) {
      noteRule(event, place, 'debug', `Command "${text}" returned ${end.code} (error)`);
    }
    return token.op === '!=';
  }
  const output = end.output.replace(/\n+$/, '');
  const escapes = !v219 || event.escaping !== 'none';
  const replaced = escapes ? replaceChars(output, ALLOWED_INPUT) : { text: output, count: 0 };
  if (replaced.count > 0) {
    if (v219) note(event, 'debug', `${replaced.count} character(s) replaced`);
    else {
      const what = `Replaced ${replaced.count} character(s) in result of "${text}"`;
      noteRule(event, place, 'debug', what);
    }
  }
  event.result = replaced.text;
  return token.op !== '!=';
}

function* importProgram(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const v219 = event.switches.version === 219;
  const { text } = yield* substitute(event, token.value, v219 ? PATH_SIZE : LINE_SIZE);
  const what = v219 ? `IMPORT '${text}'` : `Importing properties from results of '${text}'`;
  noteRule(event, place, 'debug', what);
  const end = yield* runProgram(event, text, true);
  if (end === null || end.code !== 0) {
    if (!v219 && end) {
      noteRule(event, place, 'debug', `Command "${text}" returned ${end.code} (error), ignoring`);
    }
    return false;
  }
  importLines(event, place, end.output, '');
  return true;
}

function* importFile(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const { text: path } = yield* substitute(event, token.value, PATH_SIZE);
  const v219 = event.switches.version === 219;
  if (!v219) noteRule(event, place, 'debug', `Importing properties from '${path}'`);
  const text = yield* readFile(path);
  if (failed(text)) {
    if (!v219 && text.errno !== 'ENOENT') {
      noteRule(event, place, 'err', `Failed to open '${path}': ${strerror(text.errno)}`);
    }
    return false;
  }
  importLines(event, place, text, '');
  return true;
}

function* importBuiltin(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const v219 = event.switches.version === 219;
  const builtin = lookUpBuiltin(token.value, event.switches);
  if (builtin === null) return false;
  const before = event.ranBuiltins.get(builtin);
  if (runsOnce(builtin) && before !== undefined) {
    const skip = v219
      ? `IMPORT builtin skip '${builtin}'`
      : `Skipping builtin '${builtin}' in IMPORT key`;
    noteRule(event, place, 'debug', skip);
    return before;
  }
  const { text } = yield* substitute(event, token.value, v219 ? PATH_SIZE : LINE_SIZE);
  const what = v219
    ? `IMPORT builtin '${builtin}'`
    : `Importing properties from results of builtin command '${text}'`;
  noteRule(event, place, 'debug', what);
  const error = yield* runBuiltin(event, builtin, text);
  event.ranBuiltins.set(builtin, error === null);
  if (error !== null) {
    if (v219) note(event, 'debug', `IMPORT builtin '${builtin}' returned non-zero`);
    else noteRule(event, place, 'debug', `Failed to run builtin '${text}': ${strerror(error)}`);
  }
  return error === null;
}

function importDb(event: UdevEvent, token: Token): boolean {
  const value = event.old ? propertiesOf(event.old).get(token.value) : undefined;
  if (value === undefined) return false;
  setProperty(event.device, token.value, value);
  return true;
}

/** A flag becomes `1`. v219 takes the first place where the letters occur, in whatever word. */
export function cmdlineValue(cmdline: string, key: string, version: 219 | 252): string | null {
  if (version === 219) {
    const at = cmdline.indexOf(key);
    const [, value] =
      /^(?:=(\S*))?(?=\s|$)/.exec(at < 0 ? ' x' : cmdline.slice(at + key.length)) ?? [];
    if (at < 0 || !/^(\s|=|$)/.test(cmdline.slice(at + key.length))) return null;
    return value ?? '1';
  }
  let found: string | null = null;
  for (const word of cmdline.trim().split(/\s+/)) {
    if (word === key) found = '1';
    else if (word.startsWith(`${key}=`)) found = word.slice(key.length + 1);
  }
  return found;
}

function* importCmdline(event: UdevEvent, token: Token): Sys<boolean> {
  const cmdline = yield* readFile('/proc/cmdline');
  if (failed(cmdline)) return false;
  const value = cmdlineValue(cmdline, token.value, event.switches.version);
  if (value === null) return false;
  setProperty(event.device, token.value, value);
  return true;
}

/** v252 counts an existing parent as success, whether anything fitted or not; so does v219. */
function* importParent(event: UdevEvent, token: Token): Sys<boolean> {
  const { text: filter } = yield* substitute(event, token.value, PATH_SIZE);
  const parent = yield* parentOf(event.device);
  if (parent === null) return false;
  yield* readDb(parent);
  for (const [key, value] of propertiesOf(parent)) {
    if (fnmatch(filter, key)) setProperty(event.device, key, value);
  }
  return true;
}

/** Does the IMPORT hold? `!=` turns its success around. */
export function* matchImport(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const succeeded = yield* imported(event, token, place);
  if (event.switches.version === 219) return succeeded || token.op === '!=';
  return succeeded === (token.op === '==');
}

function* imported(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  switch (token.type) {
    case 'IMPORT{file}':
      return yield* importFile(event, token, place);
    case 'IMPORT{program}':
      return yield* importProgram(event, token, place);
    case 'IMPORT{builtin}':
      return yield* importBuiltin(event, token, place);
    case 'IMPORT{db}':
      return importDb(event, token);
    case 'IMPORT{cmdline}':
      return yield* importCmdline(event, token);
    default:
      return yield* importParent(event, token);
  }
}
