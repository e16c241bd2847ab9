/**
 * The keys of the v219 rules language: what each allows, and the token it becomes.
 *
 * Models: systemd v219 src/udev/udev-rules.c add_rule, get_key_attribute
 *
 * Lenient where one would not expect it: `MODE=="0666"` assigns, `OWNER=""` is root, `NAMEFOO` is NAME,
 * and OPTIONS is searched for words, so that `link_priority=1,nowatch` is two options.
 */
import { lookUpBuiltin } from './builtins.ts';
import { add, type Draft, resolve } from './draft.ts';
import { say } from './log.ts';
import { atoi, strtoul } from './numbers.ts';
import type { Pair } from './pair.ts';
import { isMatchOp, type Operator, type TokenType } from './rule.ts';

type Handler = (draft: Draft, pair: Pair) => boolean;

const error = (draft: Draft, text: string): false => {
  say(draft.log, 'err', text);
  return false;
};

const where = (draft: Draft) => `${draft.path}:${draft.line}`;

/** get_key_attribute: null without braces, and also, with a complaint, without the closing one. */
function attribute(draft: Draft, key: string): string | null {
  const open = key.indexOf('{');
  if (open < 0) return null;
  const close = key.indexOf('}', open);
  if (close < 0) error(draft, 'missing closing brace for format');
  return close < 0 ? null : key.slice(open + 1, close);
}

const badOperation = (draft: Draft, key: string) => error(draft, `invalid ${key} operation`);

const matchOnly: Handler = (draft, { key, op, value }) => {
  if (!isMatchOp(op)) return badOperation(draft, key);
  const isSubsystem = key === 'SUBSYSTEM' && ['subsystem', 'bus', 'class'].includes(value);
  if (isSubsystem && value !== 'subsystem') {
    error(draft, `'${value}' must be specified as 'subsystem' please fix it in ${where(draft)}`);
  }
  add(draft, key as TokenType, op, isSubsystem ? 'subsystem|class|bus' : value);
  return true;
};

const attr: Handler = (draft, { key, op, value }) => {
  const name = key.slice(0, key.indexOf('{'));
  if (name === 'ATTRS' && !isMatchOp(op)) return badOperation(draft, name);
  const file = attribute(draft, key);
  if (file === null) return error(draft, `error parsing ${name} attribute`);
  if (op === '-=') return badOperation(draft, name);
  if (name === 'ATTRS' && file.startsWith('device/')) {
    const text = "the 'device' link may not be available in a future kernel";
    error(draft, `${text}, please fix it in ${where(draft)}`);
  } else if (name === 'ATTRS' && file.includes('../')) {
    const text = 'do not reference parent sysfs directories directly, it may break with a future';
    error(draft, `${text} kernel, please fix it in ${where(draft)}`);
  }
  const assigns = name === 'SECLABEL' || !isMatchOp(op);
  add(draft, (assigns ? `set ${name}` : name) as TokenType, op, value, file);
  return true;
};

const unsettable =
  'ACTION SUBSYSTEM DEVTYPE MAJOR MINOR DRIVER IFINDEX DEVNAME DEVLINKS DEVPATH TAGS'.split(' ');

const env: Handler = (draft, { key, op, value }) => {
  const name = attribute(draft, key);
  if (name === null) return error(draft, 'error parsing ENV attribute');
  if (op === '-=') return badOperation(draft, 'ENV');
  if (!isMatchOp(op) && unsettable.includes(name)) {
    return error(draft, `invalid ENV attribute, '${name}' can not be set ${where(draft)}`);
  }
  add(draft, isMatchOp(op) ? 'ENV' : 'set ENV', op, value, name);
  return true;
};

const tag: Handler = (draft, { op, value }) => {
  add(draft, isMatchOp(op) ? 'TAG' : 'set TAG', op, value);
  return true;
};

const program: Handler = (draft, { op, value }) => {
  if (op === '-=') return badOperation(draft, 'PROGRAM');
  add(draft, 'PROGRAM', op, value);
  return true;
};

const importKey: Handler = (draft, { key, op, value }) => {
  const type = attribute(draft, key);
  if (type === null) {
    error(draft, `IMPORT{} type missing, ignoring IMPORT ${where(draft)}`);
    return true;
  }
  if (op === '-=') return badOperation(draft, 'IMPORT');
  const builtin = lookUpBuiltin(value, draft.switches);
  if (type === 'program' && !value.startsWith('/') && builtin !== null) {
    say(draft.log, 'debug', `IMPORT found builtin '${value}', replacing ${where(draft)}`);
    add(draft, 'IMPORT{builtin}', op, value);
  } else if (type === 'builtin' && builtin === null) {
    error(draft, `IMPORT{builtin}: '${value}' unknown ${where(draft)}`);
  } else if (['program', 'builtin', 'file', 'db', 'cmdline', 'parent'].includes(type)) {
    add(draft, `IMPORT{${type}}` as TokenType, op, value);
  } else {
    error(draft, `IMPORT{} unknown type, ignoring IMPORT ${where(draft)}`);
  }
  return true;
};

const test: Handler = (draft, { key, op, value }) => {
  if (!isMatchOp(op)) return badOperation(draft, 'TEST');
  const mode = attribute(draft, key);
  const octal = mode === null ? null : Number.parseInt(/^\s*[0-7]+/.exec(mode)?.[0] ?? '0', 8);
  add(draft, 'TEST', op, value, null, octal);
  return true;
};

const run: Handler = (draft, { key, op, value }) => {
  const type = attribute(draft, key) ?? 'program';
  if (op === '-=') return badOperation(draft, 'RUN');
  if (type === 'builtin' && lookUpBuiltin(value, draft.switches) === null) {
    error(draft, `RUN{builtin}: '${value}' unknown ${where(draft)}`);
  } else if (type === 'builtin' || type === 'program') {
    add(draft, `set RUN{${type}}`, op, value);
  } else {
    error(draft, `RUN{} unknown type, ignoring RUN ${where(draft)}`);
  }
  return true;
};

const waitFor: Handler = (draft, { op, value }) => {
  if (op === '-=') return badOperation(draft, 'WAIT_FOR/WAIT_FOR_SYSFS');
  add(draft, 'WAIT_FOR', '==', value);
  return true;
};

const jump: Handler = (draft, { key, op, value }) => {
  if (op === '-=') return badOperation(draft, key);
  if (key === 'LABEL') draft.label = value;
  else draft.gotos.push(value);
  return true;
};

const name: Handler = (draft, { op, value }) => {
  if (op === '-=') return badOperation(draft, 'NAME');
  if (isMatchOp(op)) {
    add(draft, 'NAME', op, value);
  } else if (value === '%k') {
    const text = 'NAME="%k" is ignored, because it breaks kernel supplied names';
    error(draft, `${text}, please remove it from ${where(draft)}\n`);
    return true;
  } else if (value === '') {
    const text = 'NAME="" is ignored, because udev will not delete any device nodes';
    say(draft.log, 'debug', `${text}, please remove it from ${where(draft)}\n`);
    return true;
  } else {
    add(draft, 'set NAME', op, value);
  }
  draft.traits.add('node');
  return true;
};

const symlink: Handler = (draft, { op, value }) => {
  if (op === '-=') return badOperation(draft, 'SYMLINK');
  add(draft, isMatchOp(op) ? 'SYMLINK' : 'set SYMLINK', op, value);
  draft.traits.add('node');
  return true;
};

const owner: Handler = (draft, { key, op, value }) => {
  if (op === '-=') return badOperation(draft, key);
  const id = strtoul(value, 10);
  const byName = draft.resolve === 'early' && !/^[$%]/.test(value);
  if (id !== null || byName) {
    const number = id ?? resolve(draft, key === 'OWNER' ? 'user' : 'group', value);
    add(draft, `set ${key}_ID` as TokenType, op, '', null, number);
  } else if (draft.resolve !== 'never') {
    add(draft, `set ${key}` as TokenType, op, value);
  }
  draft.traits.add('node');
  return true;
};

const mode: Handler = (draft, { op, value }) => {
  if (op === '-=') return badOperation(draft, 'MODE');
  const octal = strtoul(value, 8);
  if (octal === null) add(draft, 'set MODE', op, value);
  else add(draft, 'set MODE_ID', op, '', null, octal);
  draft.traits.add('node');
  return true;
};

/** What follows a word in an OPTIONS value, up to its end; null when the word is not there. */
const after = (value: string, word: string): string | null => {
  const at = value.indexOf(word);
  return at < 0 ? null : value.slice(at + word.length);
};

function addOptions(draft: Draft, op: Operator, value: string): void {
  const priority = after(value, 'link_priority=');
  if (priority !== null) add(draft, 'set link_priority', op, '', null, atoi(priority));
  const escaping = /^(none|replace)/.exec(after(value, 'string_escape=') ?? '')?.[1];
  if (escaping !== undefined) add(draft, `set string_escape=${escaping}` as TokenType, op, '');
  if (value.includes('db_persist')) add(draft, 'set db_persist', op, '');
  if (value.includes('watch')) {
    add(draft, 'set watch', op, '', null, value.includes('nowatch') ? 0 : 1);
  }
  const node = after(value, 'static_node=');
  if (node !== null) {
    add(draft, 'set static_node', op, node);
    draft.traits.add('static');
  }
}

const options: Handler = (draft, { op, value }) => {
  if (op === '-=') return badOperation(draft, 'OPTIONS');
  addOptions(draft, op, value);
  return true;
};

/** In add_rule's order: the first that fits decides; some keys are recognized by how they begin. */
const handlers: readonly (readonly [RegExp, Handler])[] = [
  [/^(ACTION|DEVPATH|KERNEL|SUBSYSTEM|DRIVER)$/, matchOnly],
  [/^(ATTR|SECLABEL|ATTRS)\{/, attr],
  [/^(KERNELS|SUBSYSTEMS|DRIVERS|TAGS|RESULT)$/, matchOnly],
  [/^ENV\{/, env],
  [/^TAG$/, tag],
  [/^PROGRAM$/, program],
  [/^IMPORT/, importKey],
  [/^TEST/, test],
  [/^RUN/, run],
  [/^WAIT_FOR(_SYSFS)?$/, waitFor],
  [/^(LABEL|GOTO)$/, jump],
  [/^NAME/, name],
  [/^SYMLINK$/, symlink],
  [/^(OWNER|GROUP)$/, owner],
  [/^MODE$/, mode],
  [/^OPTIONS$/, options],
];

/** False: the line is dropped. */
export function parsePair219(draft: Draft, pair: Pair): boolean {
  const handler = handlers.find(([pattern]) => pattern.test(pair.key))?.[1];
  return handler
    ? handler(draft, pair)
    : error(draft, `unknown key '${pair.key}' in ${where(draft)}`);
}
